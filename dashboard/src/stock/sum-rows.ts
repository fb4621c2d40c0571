import type { RowCell } from "../live/row-store.ts";

/** Sums over the rows shown, in whole units. `medianSeenAtMs` is over the rows ever seen. */
export type StockTotals = {
  rows: number;
  onHand: number;
  reserved: number;
  available: number;
  outOfStock: number;
  medianSeenAtMs: number | null;
};

export function sumRows(cells: readonly RowCell[]): StockTotals {
  const totals = { rows: cells.length, onHand: 0, reserved: 0, available: 0, outOfStock: 0 };
  const seenAtMs = new Float64Array(cells.length);
  let seen = 0;
  for (const { row } of cells) {
    totals.onHand += row.onHand;
    totals.reserved += row.reserved;
    totals.available += row.available;
    if (row.reasonCode === "out_of_stock") totals.outOfStock += 1;
    if (row.seenAtMs !== null) {
      seenAtMs[seen] = row.seenAtMs;
      seen += 1;
    }
  }
  return { ...totals, medianSeenAtMs: seen === 0 ? null : select(seenAtMs.subarray(0, seen), seen >> 1) };
}

/** The value that would stand at `index` if `values` were sorted (quickselect: a sort of all would cost ten times as much). */
function select(values: Float64Array, index: number): number {
  const at = (place: number) => values[place] ?? 0;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = at((low + high) >> 1);
    let left = low;
    let right = high;
    while (left <= right) {
      while (at(left) < pivot) left += 1;
      while (at(right) > pivot) right -= 1;
      if (left > right) break;
      const swapped = at(left);
      values[left] = at(right);
      values[right] = swapped;
      left += 1;
      right -= 1;
    }
    if (index <= right) high = right;
    else if (index >= left) low = left;
    else break;
  }
  return at(index);
}
