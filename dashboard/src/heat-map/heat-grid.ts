import type { StockRow } from "../live/row-store.ts";

/** What many rows come to, whole units. `promisable`: rows with something to promise. */
export type HeatSums = { rows: number; promisable: number; available: number };

export type HeatGrid = {
  /** In the order in which they were met. */
  lineIds: readonly string[];
  /** Null where no row is in the cell. */
  at(lineId: string, columnId: string): HeatSums | null;
  /** Of a whole line. */
  line(lineId: string): HeatSums;
};

type Row = Pick<StockRow, "gtin" | "locationId" | "available" | "reasonCode">;

/** Sums of stock rows by line and location. One pass, O(rows); `lineOf` null leaves a row out, as do locations not asked for. */
export function sumHeat(
  cells: Iterable<{ row: Row }>,
  columnIds: readonly string[],
  lineOf: (row: Row) => string | null,
): HeatGrid {
  const columns = new Map(columnIds.map((id, index) => [id, index]));
  const lines = new Map<string, (HeatSums | undefined)[]>();
  for (const { row } of cells) {
    const column = columns.get(row.locationId);
    const lineId = column === undefined ? null : lineOf(row);
    if (column === undefined || lineId === null) continue;
    let line = lines.get(lineId);
    if (line === undefined) {
      line = columnIds.map(() => undefined);
      lines.set(lineId, line);
    }
    let sums = line[column];
    if (sums === undefined) {
      sums = { rows: 0, promisable: 0, available: 0 };
      line[column] = sums;
    }
    sums.rows += 1;
    sums.available += row.available;
    if (row.available > 0) sums.promisable += 1;
  }
  return {
    lineIds: [...lines.keys()],
    at: (lineId, columnId) => lines.get(lineId)?.[columns.get(columnId) ?? -1] ?? null,
    line: (lineId) => total(lines.get(lineId) ?? []),
  };
}

function total(line: readonly (HeatSums | undefined)[]): HeatSums {
  const sum = { rows: 0, promisable: 0, available: 0 };
  for (const one of line) {
    if (one === undefined) continue;
    sum.rows += one.rows;
    sum.promisable += one.promisable;
    sum.available += one.available;
  }
  return sum;
}
