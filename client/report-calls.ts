import { type Comparison, reportAnswerSchema, reportsSchema } from "../domain/reports/report.ts";
import { sqlSamplesSchema, sqlTablesSchema } from "../domain/reports/sql-help.ts";
import type { Call } from "./http.ts";

type Parameters = Readonly<Record<string, string | number | readonly string[]>>;

/** KPIs and other figures. Whole files (CSV, Arrow, Parquet) are fetched from the same addresses with `format`: docs/reports.md. */
export function createReportCalls(call: Call) {
  const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });
  return {
    /** What each report answers, its parameters and its columns. */
    list: (signal?: AbortSignal) => call("GET", "/v1/reports", reportsSchema, withSignal(signal)),
    /** Questions with SQL that answers them, to begin from. */
    samples: (signal?: AbortSignal) => call("GET", "/v1/sql/samples", sqlSamplesSchema, withSignal(signal)),
    /** Tables and columns that may be asked in SQL, with what each is and how they join. */
    tables: (signal?: AbortSignal) => call("GET", "/v1/sql/tables", sqlTablesSchema, withSignal(signal)),
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
