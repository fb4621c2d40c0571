import { COMPARISONS, type Comparison } from "../../../domain/reports/report.ts";

/** Which fields a page's filter has. `window` is from, to and time zone. */
export type FilterField = "window" | "location" | "channel" | "category" | "compare";

/** Windows that are picked by name; the day that is not over yet is in each. */
export const WINDOWS = [
  { id: "7d", from: "6daysAgo", to: "tomorrow" },
  { id: "28d", from: "27daysAgo", to: "tomorrow" },
  { id: "quarter", from: "90daysAgo", to: "tomorrow" },
  { id: "year", from: "364daysAgo", to: "tomorrow" },
  { id: "all", from: "beginning", to: "tomorrow" },
] as const;
export type WindowId = (typeof WINDOWS)[number]["id"];

/** What reports of a page are asked for. It lives in the page's address, so that a link shows the same. Empty: all. */
export type ReportFilter = {
  /** A day such as 2026-03-31, or one of the reports' words. */
  from: string;
  /** The first day after the window. */
  to: string;
  timeZone: string;
  location: string;
  channel: string;
  category: string;
  compare: Comparison | "";
};

const TEXTS = ["from", "to", "timeZone", "location", "channel", "category"] as const;

/** Reads the filter from the address; `usual` is the window where it names none. */
export function parseReportFilter(search: URLSearchParams, usual: WindowId): ReportFilter {
  const window = WINDOWS.find(({ id }) => id === usual) ?? WINDOWS[0];
  return {
    from: search.get("from") ?? window.from,
    to: search.get("to") ?? window.to,
    timeZone: search.get("timeZone") ?? "",
    location: search.get("location") ?? "",
    channel: search.get("channel") ?? "",
    category: search.get("category") ?? "",
    compare: COMPARISONS.find((each) => each === search.get("compare")) ?? "",
  };
}

/** Writes the filter into the address, leaving out what is as usual and keeping what is not the filter's. */
export function writeReportFilter(
  search: URLSearchParams,
  filter: ReportFilter,
  usual: WindowId,
): URLSearchParams {
  const next = new URLSearchParams(search);
  const asUsual = parseReportFilter(new URLSearchParams(), usual);
  for (const name of [...TEXTS, "compare"] as const) {
    if (filter[name] === asUsual[name]) next.delete(name);
    else next.set(name, filter[name]);
  }
  return next;
}

/** The named window that a filter has, null where it was picked by its days. */
export function windowOfFilter({ from, to }: ReportFilter): WindowId | null {
  return WINDOWS.find((each) => each.from === from && each.to === to)?.id ?? null;
}

/** The parameters of a report that takes `fields`; what is empty is left out. */
export function paramsOfFilter(filter: ReportFilter, fields: readonly FilterField[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const field of fields) {
    if (field === "window") {
      params["from"] = filter.from;
      params["to"] = filter.to;
      if (filter.timeZone !== "") params["timeZone"] = filter.timeZone;
    } else if (field !== "compare" && filter[field] !== "") params[field] = filter[field];
  }
  return params;
}
