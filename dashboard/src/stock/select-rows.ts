import type { ProductWords } from "../live/product-words.ts";
import type { StockRow } from "../live/row-store.ts";
import type { SortColumn, StockFilter } from "./stock-filter.ts";

/** Sums over the rows shown, in whole units. `medianSeenAtMs` is over the rows ever seen. */
export type StockTotals = {
  rows: number;
  onHand: number;
  reserved: number;
  available: number;
  outOfStock: number;
  unseen: number;
  medianSeenAtMs: number | null;
};

/** The keys of the rows that pass the filter, in the order asked for. Ties go by product, then by location. */
export function selectRows(all: Iterable<StockRow>, filter: StockFilter, words: ProductWords): string[] {
  const candidates: StockRow[] = [];
  const gtins = new Set<string>();
  for (const row of all) {
    if (filter.locationId !== "" && row.locationId !== filter.locationId) continue;
    if (filter.gtin !== "" && row.gtin !== filter.gtin) continue;
    if (filter.reason !== "" && row.reasonCode !== filter.reason) continue;
    candidates.push(row);
    gtins.add(row.gtin);
  }
  const matching = words.matching(filter.search, gtins);
  const ranks = new Map<string, number>();
  for (const gtin of gtins) ranks.set(gtin, words.rank(gtin));
  const rank = (row: StockRow): number => ranks.get(row.gtin) ?? 0;
  const shown = matching === null ? candidates : candidates.filter((row) => matching.has(row.gtin));
  const sign = filter.isDescending ? -1 : 1;
  const compare = comparator(filter.sort, rank);
  shown.sort((a, b) => sign * compare(a, b) || rank(a) - rank(b) || compareText(a.locationId, b.locationId));
  return shown.map((row) => row.key);
}

export function sumRows(keys: readonly string[], getRow: (key: string) => StockRow | undefined): StockTotals {
  const totals = { rows: keys.length, onHand: 0, reserved: 0, available: 0, outOfStock: 0, unseen: 0 };
  const seen = new Float64Array(keys.length);
  let seenCount = 0;
  for (const key of keys) {
    const row = getRow(key);
    if (row === undefined) continue;
    totals.onHand += row.onHand;
    totals.reserved += row.reserved;
    totals.available += row.available;
    if (row.reasonCode === "out_of_stock") totals.outOfStock += 1;
    if (row.seenAtMs === null) totals.unseen += 1;
    else seen[seenCount++] = row.seenAtMs;
  }
  const sorted = seen.subarray(0, seenCount).sort();
  return { ...totals, medianSeenAtMs: sorted[Math.floor(seenCount / 2)] ?? null };
}

/** True when a change of numbers may change which rows are shown, or their order. */
export function dependsOnNumbers(filter: StockFilter): boolean {
  return filter.reason !== "" || (filter.sort !== "product" && filter.sort !== "location");
}

function comparator(sort: SortColumn, rank: (row: StockRow) => number) {
  return (a: StockRow, b: StockRow): number => {
    switch (sort) {
      case "product":
        return rank(a) - rank(b);
      case "location":
        return compareText(a.locationId, b.locationId);
      case "lastSeen":
        return (a.seenAtMs ?? 0) - (b.seenAtMs ?? 0);
      case "onHand":
      case "sellable":
      case "reserved":
      case "available":
        return a[sort] - b[sort];
      default:
        return sort satisfies never;
    }
  };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
