import type { Projection } from "../projection/projection.ts";

/** New products show up in lists within so long. */
const REBUILD_AFTER_MS = 1_000;

/**
 * The GTINs that have a position at any of the locations, ordered, for paging. Made when asked for, kept until positions
 * were added (they never go); sorting a million takes some 100 ms, so it happens at most once a second per set of locations.
 */
export function createSortedGtins(deps: { projection: Projection; nowMs(): number }) {
  const lists = new Map<string, { gtins: Float64Array; size: number; madeAtMs: number }>();
  const MAX_LISTS = 20;

  return (locations: readonly string[] | undefined): Float64Array => {
    const table = deps.projection.table();
    const key = locations?.toSorted().join(" ") ?? "*";
    const known = lists.get(key);
    const nowMs = deps.nowMs();
    if (known !== undefined && (known.size === table.size || nowMs - known.madeAtMs < REBUILD_AFTER_MS)) {
      return known.gtins;
    }
    const found = new Set<number>();
    for (const locationId of locations ?? table.locationIds) {
      for (const row of table.rowsOf(locationId)) found.add(table.gtinAt(row));
    }
    const gtins = Float64Array.from(found).sort();
    lists.delete(key);
    if (lists.size >= MAX_LISTS) {
      const oldest = lists.keys().next();
      if (oldest.done === false) lists.delete(oldest.value);
    }
    lists.set(key, { gtins, size: table.size, madeAtMs: nowMs });
    return gtins;
  };
}

/** Index of the first element above `value`. */
export function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
