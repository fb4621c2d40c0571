import { type Comparison, reportAnswerSchema, reportsSchema } from "../domain/reports/report.ts";
import type { Call } from "./http.ts";

type Parameters = Readonly<Record<string, string | number | readonly string[]>>;

/** KPIs and other figures. Whole files (CSV, Arrow, Parquet) are fetched from the same addresses with `format`: docs/reports.md. */
export function createReportCalls(call: Call) {
  const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });
  return {
    /** What each report answers, its parameters and its columns. */
    list: (signal?: AbortSignal) => call("GET", "/v1/reports", reportsSchema, withSignal(signal)),
    /** The rows of one, with its SQL, parameters, window, currency and n; `compare`: also of the window before or a year ago. */
    run: (
      name: string,
      parameters: Parameters = {},
      { compare, signal }: { compare?: Comparison; signal?: AbortSignal } = {},
    ) =>
      call("GET", `/v1/reports/${encodeURIComponent(name)}`, reportAnswerSchema, {
        query: { ...parameters, compare },
        ...withSignal(signal),
      }),
  };
}
