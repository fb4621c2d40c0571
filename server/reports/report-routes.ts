import { z } from "zod";
import type { AskedParameters } from "../../domain/reports/report-parameters.ts";
import {
  type Comparison,
  COMPARISONS,
  REPORT_FORMATS,
  reportAnswerSchema,
  type ReportFormat,
  reportsSchema,
} from "../../domain/reports/report.ts";
import { STANDARD_PARAMETERS } from "../../domain/reports/standard-parameters.ts";
import type { Refusal } from "../../domain/result.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { createTurns, type NoTurn } from "../http/turns.ts";
import { HttpProblem, type ProblemCode, PROBLEMS } from "../problems.ts";
import { reportContent } from "./report-content.ts";
import type { ReportRunner } from "./report-runner.ts";
import { toStream } from "./to-stream.ts";

const TAG = "Reports";
const READERS = ["merchandiser", "analyst", "admin"] as const;
/** Each has a connection to ClickHouse of its own. A page asks for a dozen at once: the others wait for their turn. */
const TURNS = { maxRunning: 4, maxOfKey: 60, maxWaiting: 200, maxWaitMs: 60_000 };

const CONTENT_TYPES: Record<ReportFormat, string> = {
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  arrow: "application/vnd.apache.arrow.stream",
  parquet: "application/vnd.apache.parquet",
};

const valueSchema = z.union([z.string(), z.array(z.string())]);
const querySchema = z
  .object({
    format: z.enum(REPORT_FORMATS).default("json"),
    compare: z.enum(COMPARISONS).optional(),
    ...Object.fromEntries(
      STANDARD_PARAMETERS.map(({ name, meaning }) => [name, valueSchema.optional().describe(meaning)]),
    ),
  })
  .catchall(valueSchema);

const LISTS = STANDARD_PARAMETERS.filter(({ type }) => type === "list").map(({ name }) => name);

/** `GET /v1/reports` and `GET /v1/reports/{name}`. */
export function createReportRoutes({ runner }: { runner: ReportRunner }): Route[] {
  const turns = createTurns({ ...TURNS, refuse: tooMany });

  async function begin(
    name: string,
    asked: AskedParameters,
    wish: { compare: Comparison | null; format: ReportFormat; onEnd(): void },
  ): Promise<ReadableStream<Uint8Array>> {
    const prepared = await runner.prepare(name, asked, wish.compare);
    if (!prepared.ok) throw problemOf(prepared);
    return await toStream(reportContent(runner, prepared.value, wish.format), wish.onEnd);
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/reports",
      tag: TAG,
      summary: "The reports: what each answers, its parameters and its columns",
      description: "Each is a file of SQL whose header this is. See docs/reports.md.",
      roles: READERS,
      answer: { schema: reportsSchema, description: "The catalogue" },
      handle: () => ({ body: { items: runner.catalogue() } }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/reports/:name",
      tag: TAG,
      summary: "Runs a report",
      description:
        "Its own parameters are in the catalogue. In JSON the rows come with the SQL, the parameters as they were understood, window, time " +
        "zone, currency and how new the data is; `compare` adds the window before or a year ago. CSV, an Arrow stream and Parquet are sent " +
        "as ClickHouse writes them, of any size. When something fails in the middle the connection is cut, never the rows alone.",
      roles: READERS,
      params: z.object({ name: z.string() }),
      query: querySchema,
      listQueries: LISTS,
      answer: { schema: reportAnswerSchema, description: "The rows, with all that says what they are" },
      problems: [
        "report_not_found",
        "report_parameter_unknown",
        "report_parameter_invalid",
        "report_currency_needed",
        "report_comparison_unbounded",
        "report_comparison_format",
        "reports_busy",
        "database_unavailable",
      ],
      async handle({ params, query, caller }) {
        const { format, compare = null, ...asked } = query;
        if (compare !== null && format !== "json") {
          throw new HttpProblem("report_comparison_format", `${format} has no place for two windows.`);
        }
        const giveBack = await turns.take(caller.keyId);
        const stream = await begin(params.name, asked, { compare, format, onEnd: giveBack }).catch(
          (error: unknown) => {
            giveBack();
            throw error;
          },
        );
        return {
          stream,
          contentType: CONTENT_TYPES[format],
          ...(format === "json"
            ? {}
            : {
                headers: {
                  "content-disposition": `attachment; filename="${params.name}.${format}"`,
                },
              }),
        };
      },
    }),
  ];
}

function tooMany({ of, limit }: NoTurn): HttpProblem {
  const detail =
    of === "key"
      ? `This key has ${limit} reports running or waiting.`
      : `${limit} reports run already, and others wait.`;
  return new HttpProblem("reports_busy", detail, {}, { "retry-after": "5" });
}

function problemOf({ code, detail }: Refusal): HttpProblem {
  const known = (Object.keys(PROBLEMS) as ProblemCode[]).find((one) => one === code);
  if (known === undefined) throw new Error(`${code}: ${detail}`);
  return new HttpProblem(known, `${detail}.`);
}
