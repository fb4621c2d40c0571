import type { ProductWords } from "../live/product-words.ts";
import type { RowCell, StockRow } from "../live/row-store.ts";
import type { SortColumn, StockFilter } from "./stock-filter.ts";

/** All rows by product name, then by location. Made anew only when rows come or go, or names change: it costs the most. */
export function orderByProduct(cells: Iterable<RowCell>, words: ProductWords): RowCell[] {
  const byGtin = new Map<string, RowCell[]>();
  for (const cell of cells) {
    const group = byGtin.get(cell.row.gtin);
    if (group === undefined) byGtin.set(cell.row.gtin, [cell]);
    else group.push(cell);
  }
  const groups = [...byGtin].map(([gtin, group]) => ({ rank: words.rank(gtin), group }));
  const byLocation = (a: RowCell, b: RowCell) => compareText(a.row.locationId, b.row.locationId);
  return groups.sort((a, b) => a.rank - b.rank).flatMap(({ group }) => group.sort(byLocation));
}

/**
 * The rows that pass the filter, in the order asked for. `ordered` is the answer of {@link orderByProduct}; rows that are equal in
 * the column sorted by keep its order, in both directions.
 */
export function selectRows(ordered: readonly RowCell[], filter: StockFilter, words: ProductWords): RowCell[] {
  const matching = words.matching(filter.search, gtinsOf(ordered, filter));
  const shown = ordered.filter(
    ({ row }) =>
      (filter.locationId === "" || row.locationId === filter.locationId) &&
      (filter.gtin === "" || row.gtin === filter.gtin) &&
      (filter.reason === "" || row.reasonCode === filter.reason) &&
      (matching === null || matching.has(row.gtin)),
  );
  if (filter.sort === "product") return filter.isDescending ? descendByProduct(shown) : shown;
  const compare = comparator(filter.sort);
  return shown.sort(filter.isDescending ? (a, b) => compare(b.row, a.row) : (a, b) => compare(a.row, b.row));
}

/** True when a change of numbers may change which rows are shown, or their order. */
export function dependsOnNumbers(filter: StockFilter): boolean {
  return filter.reason !== "" || (filter.sort !== "product" && filter.sort !== "location");
}

function gtinsOf(cells: readonly RowCell[], filter: StockFilter): Set<string> {
  return filter.search === "" ? new Set() : new Set(cells.map((cell) => cell.row.gtin));
}

/** The products from the last to the first; the locations of each stay as they are. */
function descendByProduct(cells: readonly RowCell[]): RowCell[] {
  const answer: RowCell[] = [];
  let end = cells.length;
  for (let at = cells.length - 1; at >= 0; at -= 1) {
    if (at > 0 && cells[at - 1]?.row.gtin === cells[at]?.row.gtin) continue;
    for (const cell of cells.slice(at, end)) answer.push(cell);
    end = at;
  }
  return answer;
}

function comparator(sort: Exclude<SortColumn, "product">): (a: StockRow, b: StockRow) => number {
  switch (sort) {
    case "location":
      return (a, b) => compareText(a.locationId, b.locationId);
    case "lastSeen":
      return (a, b) => (a.seenAtMs ?? 0) - (b.seenAtMs ?? 0);
    case "confidence":
      return (a, b) => (a.confidence ?? -1) - (b.confidence ?? -1);
    case "onHand":
    case "sellable":
    case "reserved":
    case "available":
      return (a, b) => a[sort] - b[sort];
    default:
      return sort satisfies never;
  }
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
