import type { ReportRow } from "../../../domain/reports/report.ts";
import { numberOf } from "../format/figure.ts";

/** A cell of a report: its column in the first row, or in the first one whose cells are those of `where`. */
export type CellPick = string | { column: string; where?: Readonly<Record<string, string | number>> };

export const columnOf = (pick: CellPick): string => (typeof pick === "string" ? pick : pick.column);

/** Picks a cell out of a report's rows; null for what is not there, or not known. */
export function cellOf(pick: CellPick) {
  const wanted = Object.entries(typeof pick === "string" ? {} : (pick.where ?? {}));
  return (rows: readonly ReportRow[]): number | null =>
    numberOf(rows.find((row) => wanted.every(([name, value]) => row[name] === value))?.[columnOf(pick)]);
}
