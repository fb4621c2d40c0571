import type { ReportHeader, ReportParameter } from "../../../../domain/reports/report.ts";
import { COMPARISONS, type Comparison } from "../../../../domain/reports/report.ts";
import { CHART_KINDS, type ChartChoice } from "../chart-choice.ts";

/** How a report is asked, as its address says. Parameters that are not in it have the defaults of the report's header. */
export type ReportAsked = {
  parameters: Readonly<Record<string, string>>;
  compare: Comparison | undefined;
  chart: ChartChoice | null;
};

/** What the page's own names in the address are called: no parameter of a report has a dot in its name. */
const CHART = { kind: "chart.kind", x: "chart.x", y: "chart.y" } as const;

/** Names that the report does not take are left out: the server would refuse them. */
export function readReportAddress(search: URLSearchParams, { parameters }: ReportHeader): ReportAsked {
  const asked = parameters.flatMap(({ name }) => {
    const value = search.get(name);
    return value === null || value === "" ? [] : [[name, value] as const];
  });
  const kind = CHART_KINDS.find((one) => one === search.get(CHART.kind));
  const x = search.get(CHART.x);
  return {
    parameters: Object.fromEntries(asked),
    compare: COMPARISONS.find((one) => one === search.get("compare")),
    chart: kind === undefined || x === null ? null : { kind, x, ys: search.getAll(CHART.y) },
  };
}

export function writeReportAddress({ parameters, compare, chart }: ReportAsked): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== "") search.set(name, value);
  if (compare !== undefined) search.set("compare", compare);
  if (chart !== null) {
    search.set(CHART.kind, chart.kind);
    search.set(CHART.x, chart.x);
    for (const y of chart.ys) search.append(CHART.y, y);
  }
  return search;
}

/** Where the server gives the whole answer as a file. */
export function exportAddress(name: string, { parameters }: ReportAsked, format: string): string {
  const search = new URLSearchParams({ ...parameters, format });
  return `/v1/reports/${encodeURIComponent(name)}?${search.toString()}`;
}

/** Whether a typed value can be one: the server says more, and is asked only for what may be. */
export function isPossible({ type, min, max }: ReportParameter, value: string): boolean {
  if (value === "") return true;
  if (type === "month") return /^\d{4}-(0[1-9]|1[0-2])$/.test(value);
  if (type !== "integer" && type !== "number") return true;
  const number = Number(value);
  return Number.isFinite(number) && number >= (min ?? number) && number <= (max ?? number);
}
