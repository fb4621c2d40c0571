import { REASON_CODES } from "../../../domain/availability/availability-item.ts";

export const SORT_COLUMNS = [
  "product",
  "location",
  "onHand",
  "sellable",
  "reserved",
  "available",
  "confidence",
  "lastSeen",
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** What the stock page shows. All of it lives in the page's address, so that a link shows the same. */
export type StockFilter = {
  search: string;
  locationId: string;
  gtin: string;
  reason: (typeof REASON_CODES)[number] | "";
  sort: SortColumn;
  isDescending: boolean;
};

/** Reads the filter from the address; what it does not know is ignored. */
export function parseStockFilter(search: URLSearchParams): StockFilter {
  const sort = SORT_COLUMNS.find((each) => each === search.get("sort")) ?? "product";
  return {
    search: search.get("q") ?? "",
    locationId: search.get("location") ?? "",
    gtin: search.get("gtin") ?? "",
    reason: REASON_CODES.find((each) => each === search.get("state")) ?? "",
    sort,
    isDescending: search.get("dir") === "desc",
  };
}

/** Writes the filter into the address, leaving out what is as usual and keeping what is not the filter's. */
export function writeStockFilter(search: URLSearchParams, filter: StockFilter): URLSearchParams {
  const next = new URLSearchParams(search);
  const put = (name: string, value: string, usual = ""): void => {
    if (value === usual) next.delete(name);
    else next.set(name, value);
  };
  put("q", filter.search);
  put("location", filter.locationId);
  put("gtin", filter.gtin);
  put("state", filter.reason);
  put("sort", filter.sort, "product");
  put("dir", filter.isDescending ? "desc" : "");
  return next;
}

/** True when something is left out; the sort leaves out nothing. */
export function isFiltering(filter: StockFilter): boolean {
  return filter.search !== "" || filter.locationId !== "" || filter.gtin !== "" || filter.reason !== "";
}
