import { ApiProblem } from "../../../client/api-problem.ts";
import type { ReportHeader, ReportRow } from "../../../domain/reports/report.ts";
import type { ReportData } from "../reports/report-data.ts";
import type { ReportQuery } from "../reports/use-report.ts";

const header: ReportHeader = {
  name: "sales-by-period",
  kpis: ["K1"],
  question: "What was sold and came back, week by week?",
  grain: "one row a week",
  parameters: [],
  freshness: "what was recorded when it is asked",
  cost: "one pass over order lines",
  columns: [
    { name: "period", unit: "date", meaning: "its first day" },
    { name: "orders", unit: "count", meaning: "with something bought" },
    { name: "net_sales", unit: "money", meaning: "sales − returns" },
    { name: "pickup_rate", unit: "share", meaning: "orders collected in a store, of all online orders" },
    { name: "to_ready_p50", unit: "minutes", meaning: "until half of them were ready" },
  ],
};

const NET = [18_240, 19_875, 17_310, 22_940, 24_105, 21_660, 26_480, 25_020, 27_930, 29_415, 28_050];
const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2026, 0, 5);

/** Eleven weeks, and one that is not over. */
export const WEEKS: readonly ReportRow[] = [...NET, null].map((net, index) => ({
  period: new Date(FIRST_MS + index * 7 * DAY_MS).toISOString().slice(0, 10),
  is_complete: net === null ? 0 : 1,
  orders: net === null ? null : Math.round(net / 61),
  net_sales: net === null ? null : `${net}.50`,
  web: net === null ? null : Math.round(net / 140),
  app: net === null ? null : Math.round(net / 260),
  store: net === null ? null : Math.round(net / 95),
  pickup_rate: net === null ? null : 0.22 + index * 0.011,
  low: net === null ? null : 0.19 + index * 0.011,
  high: net === null ? null : 0.25 + index * 0.011,
}));

/** The same weeks a year before. */
export const WEEKS_BEFORE: readonly ReportRow[] = WEEKS.map((row, index) => ({
  period: new Date(FIRST_MS + (index - 52) * 7 * DAY_MS).toISOString().slice(0, 10),
  is_complete: 1,
  orders: Math.round(Number(row["orders"] ?? 470) * 0.84),
  net_sales: (15_900 + index * 820 - (index % 3) * 1_150).toFixed(2),
  pickup_rate: 0.18 + index * 0.009,
}));

/** The last full week in one row, with what it is compared with. */
export const WEEK: readonly ReportRow[] = [
  { ...WEEKS.at(-2), pickup_low: 0.301, pickup_high: 0.359, orders_before: 520, to_ready_p50: 41 },
];
export const WEEK_BEFORE: readonly ReportRow[] = [{ ...WEEKS_BEFORE.at(-1), to_ready_p50: 31.67 }];

export const CAUSES: readonly ReportRow[] = [
  { cause: "Not found on the floor", units: 84, before: 96 },
  { cause: "Sold at the till meanwhile", units: 51, before: 47 },
  { cause: "Damaged", units: 17, before: 22 },
  { cause: "Reserved twice", units: 3, before: 9 },
];

export const BINS: readonly ReportRow[] = [4, 18, 41, 66, 52, 31, 17, 9, 4, 2].map((customers, index) => ({
  from: index * 50,
  to: index === 9 ? null : (index + 1) * 50,
  customers,
}));

export const COHORTS: readonly ReportRow[] = ["2026-01", "2026-02", "2026-03", "2026-04"].flatMap(
  (cohort, place) =>
    Array.from({ length: 7 - place }, (_, month) => ({
      cohort,
      month: String(month),
      retained: month === 0 ? 1 : Math.max(0.06, 0.44 - month * 0.061 - place * 0.022),
      customers: 412 - place * 37,
    })),
);

/** A report that was answered. */
export function answered(rows: readonly ReportRow[] = WEEKS, previous?: readonly ReportRow[]): ReportQuery {
  const window = {
    from: "2026-01-05",
    to: "2026-03-30",
    timeZone: "Europe/Berlin",
    fromInstant: "2026-01-04T23:00:00.000Z",
    toInstant: "2026-03-29T22:00:00.000Z",
  };
  const data: ReportData = {
    report: header,
    rows,
    parameters: {
      from: "2026-01-05",
      to: "2026-03-30",
      timeZone: "Europe/Berlin",
      currency: "EUR",
      period: "week",
    },
    window,
    timeZone: window.timeZone,
    currency: "EUR",
    n: rows.length,
    generatedAt: "2026-03-27T09:30:00.000Z",
    dataThrough: "2026-03-27T09:29:54.000Z",
    sql: "SELECT period, orders, net_sales\nFROM …\nWHERE currency = {currency:String}",
    sqlParameters: { currency: "EUR" },
    ...(previous === undefined
      ? {}
      : { previous: { kind: "previous" as const, rows: previous, window, n: previous.length } }),
  };
  return {
    data,
    error: null,
    isPending: false,
    isFetching: false,
    isPlaceholderData: false,
    refetch: nothing,
  };
}

export const LOADING: ReportQuery = {
  data: undefined,
  error: null,
  isPending: true,
  isFetching: true,
  isPlaceholderData: false,
  refetch: nothing,
};
export const FAILED: ReportQuery = {
  ...LOADING,
  error: problem(503, "database_unavailable"),
  isFetching: false,
};
export const FORBIDDEN: ReportQuery = { ...LOADING, error: problem(403, "forbidden"), isFetching: false };
export const STALE: ReportQuery = { ...answered(), error: problem(0, "unreachable") };
export const EMPTY: ReportQuery = answered([]);

function nothing(): void {}

function problem(status: number, code: string): ApiProblem {
  return new ApiProblem({
    type: `urn:onhand:${code}`,
    title: "The database does not answer",
    status,
    detail: "The database does not answer. Stock is counted on; try again in a minute.",
    code,
    members: {},
  });
}
