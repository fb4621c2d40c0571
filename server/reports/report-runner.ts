import { z } from "zod";
import type {
  Comparison,
  ReportColumn,
  ReportHeader,
  ReportRow,
  ReportWindow,
} from "../../domain/reports/report.ts";
import {
  type AskedParameters,
  type ReportSurroundings,
  type ResolvedParameters,
  resolveParameters,
} from "../../domain/reports/report-parameters.ts";
import { comparedRange, windowOf } from "../../domain/reports/report-window.ts";
import { sqlParametersOf } from "../../domain/reports/sql-parameters.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { Database, ExportFormat } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { loadReports } from "../../sql/load-reports.ts";
import { createDataThrough } from "./data-through.ts";
import { createOpeningSpans } from "./opening-spans.ts";
import { createReportLines } from "./report-lines.ts";

/** One run of a report's SQL. */
export type ReportQuery = {
  name: string;
  sql: string;
  params: Record<string, unknown>;
  columns: readonly ReportColumn[];
};

/** A report that is ready to be run. */
export type PreparedReport = {
  header: ReportHeader;
  resolved: ResolvedParameters;
  generatedAtMs: number;
  /** The newest that was recorded of what it is made of; null for nothing. */
  dataThrough: string | null;
  query: ReportQuery;
  comparison: { kind: Comparison; window: ReportWindow; query: ReportQuery } | null;
};

export type ReportRunner = ReturnType<typeof createReportRunner>;

/** Time zones and currencies are looked up at most so often. */
const SURROUNDINGS_MS = 30_000;
const MAX_SECONDS = 600;

/** Runs reports on a connection of their own. `maxAgeMs`: how old the lines of sales may be that they read. */
export function createReportRunner({
  db,
  nowMs,
  maxAgeMs,
}: {
  db: Database;
  nowMs(): number;
  maxAgeMs?: number;
}) {
  const lines = createReportLines({ db, maxAgeMs });
  const dataThrough = createDataThrough({ db });
  const openingSpans = createOpeningSpans({ db, nowMs });
  let known: (ReportSurroundings & { atMs: number }) | null = null;

  async function surroundings(): Promise<ReportSurroundings> {
    const atMs = nowMs();
    if (known !== null && known.currencies.length > 0 && Math.abs(atMs - known.atMs) < SURROUNDINGS_MS)
      return { ...known, nowMs: atMs };
    const [row] = await db.query({
      name: "reports/surroundings",
      sql: loadQuery("reports/surroundings"),
      row: z.object({ time_zones: z.array(z.string()), currencies: z.array(z.string()) }),
    });
    const [timeZone = "UTC", ...others] = row?.time_zones ?? [];
    known = {
      atMs,
      nowMs: atMs,
      timeZone: others.length === 0 ? timeZone : "UTC",
      currencies: row?.currencies ?? [],
    };
    return { ...known, nowMs: atMs };
  }

  return {
    catalogue: (): ReportHeader[] => [...loadReports().values()].map(({ header }) => header),

    /** Refused: `report_not_found`, and as `resolveParameters` and `comparedRange`. */
    async prepare(
      name: string,
      asked: AskedParameters,
      compare: Comparison | null,
    ): Promise<Result<PreparedReport>> {
      const report = loadReports().get(name);
      if (report === undefined) return refuse("report_not_found", `There is no report ${name.slice(0, 100)}`);
      const { header, sql } = report;
      // All wait for it: the currencies that may be asked for are those of the copy.
      const copy = await lines.fresh();
      if (sql.includes("opening_clock")) await openingSpans.fresh();
      const around = await surroundings();
      const found = resolveParameters(header, asked, around);
      if (!found.ok) return found;
      const resolved = found.value;
      const queryOf = (window: ReportWindow | null): ReportQuery => ({
        name: `reports/${name}`,
        sql,
        params: sqlParametersOf(sql, resolved, window, around.nowMs),
        columns: header.columns,
      });
      const prepared = {
        header,
        resolved,
        generatedAtMs: around.nowMs,
        dataThrough: await dataThrough.of(sql, copy),
        query: queryOf(resolved.window),
        comparison: null,
      };
      if (compare === null) return ok(prepared);
      const range = comparedRange(resolved.range ?? { fromDay: null, toDay: 0 }, compare);
      if (!range.ok) return range;
      const window = windowOf(range.value, resolved.timeZone);
      return ok({ ...prepared, comparison: { kind: compare, window, query: queryOf(window) } });
    },

    /** Rows in chunks, parsed. */
    rows: ({ name, sql, params, columns }: ReportQuery): AsyncIterable<ReportRow[]> =>
      db.stream({ name, sql, params, row: rowSchema(columns), maxSeconds: MAX_SECONDS }),

    /** The bytes of a file, as ClickHouse writes them. */
    file: ({ name, sql, params }: ReportQuery, format: ExportFormat): AsyncIterable<Uint8Array> =>
      db.export({ name, sql, params, format, maxSeconds: MAX_SECONDS }),
  };
}

/** What the header says that the rows are. Means and quantiles of money are numbers, sums exact texts. */
function rowSchema(columns: readonly ReportColumn[]): z.ZodType<ReportRow> {
  const cells = columns.map(({ name, unit }) => [name, cellSchema(unit)] as const);
  return z.strictObject(Object.fromEntries(cells));
}

function cellSchema(unit: ReportColumn["unit"]): z.ZodType<string | number | null> {
  switch (unit) {
    case "text":
    case "date":
    case "instant":
      return z.string().nullable();
    case "money":
      return z.union([z.string(), z.number()]).nullable();
    case "count":
    case "units":
    case "flag":
      return z.number().int().nullable();
    case "share":
    case "ratio":
    case "points":
    case "seconds":
    case "minutes":
    case "hours":
    case "days":
      return z.number().nullable();
    default:
      return unit satisfies never;
  }
}
