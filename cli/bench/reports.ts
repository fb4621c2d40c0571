import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createReportRunner, type ReportRunner } from "../../server/reports/report-runner.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import { type DuckDb, openDuckDb } from "./reports/duckdb.ts";
import { DUCKDB_QUESTIONS, type DuckDbQuestion } from "./reports/duckdb-questions.ts";
import { writeChainYear, YEAR } from "./reports/write-chain-year.ts";
import { inTurns, seriesOf } from "./series.ts";
import { median, percentile, rounded } from "./statistics.ts";

const LINES = 10_000_000;
const AIM = { ms: 300, meanRatio: 0.5, worstRatio: 1.25 };
const QUESTION =
  "How long do reports of sales take on ten million order lines of 500 stores, beside DuckDB with the same questions on the same lines?";

type Row = Record<string, unknown>;
type Timed = { ms: number; rows: Row[] };

/**
 * DuckDB has the lines in one flat table, as the view says they are, and one question after the other. Both run in this process with all
 * cores. An answer that differs makes the measurement void.
 */
export const reports: Benchmark = { name: "reports", question: QUESTION, run: measureReports };

async function measureReports(context: BenchContext): Promise<BenchmarkResult> {
  const duck = await openDuckDb(join(context.folder, "lines.duckdb"));
  const db = await openDatabase({ dataDirectory: join(context.folder, "data") });
  try {
    await migrate(db);
    await writeChainYear(db, LINES, context.log);
    const runner = createReportRunner({ db, nowMs: () => Date.parse(YEAR.to), maxAgeMs: 3_600_000 });
    const copying = await timed(async () => {
      await runner.prepare("repeat-purchase", YEAR, null);
      return [];
    });
    context.log("giving DuckDB the same lines");
    await copyLines(db, duck, join(context.folder, "lines.parquet"));

    const details: BenchmarkResult["details"] = { copySeconds: rounded(copying.ms / 1_000) };
    const ratios: number[] = [];
    const oursMs: number[] = [];
    const theirsMs: number[] = [];
    for (const question of DUCKDB_QUESTIONS) {
      context.log(question.report);
      assertSame(question, await ask(runner, question), await askDuck(duck, question));
      const runs = await inTurns(context, {
        reference: () => askDuck(duck, question),
        subject: () => ask(runner, question),
      });
      const ours = runs.subject.map(({ ms }) => ms);
      const theirs = runs.reference.map(({ ms }) => ms);
      const ratio = median(ours) / median(theirs);
      ratios.push(ratio);
      oursMs.push(median(ours));
      theirsMs.push(median(theirs));
      details[question.report] =
        `p50 ${rounded(median(ours))} ms, p95 ${rounded(percentile(ours, 95))} ms, ${rounded(ratio)} × DuckDB`;
    }
    const meanRatio = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    return {
      name: "reports",
      question: QUESTION,
      subject: seriesOf("ms (median of each report)", oursMs),
      reference: seriesOf("ms (median of each question)", theirsMs),
      ratio: rounded(meanRatio),
      aim: `each under ${AIM.ms} ms, ratio ≤ ${AIM.meanRatio} on average, none over ${AIM.worstRatio}`,
      isAimMet:
        Math.max(...oursMs) < AIM.ms && meanRatio <= AIM.meanRatio && Math.max(...ratios) <= AIM.worstRatio,
      n: { lines: LINES, reports: DUCKDB_QUESTIONS.length },
      warmUp: "each question once on each side, with the answers compared",
      repetitions: context.repetitions,
      details,
    };
  } finally {
    duck.close();
    await db.close();
  }
}

async function copyLines(db: Database, duck: DuckDb, file: string): Promise<void> {
  const parquet = db.export({
    name: "bench/lines",
    sql: "SELECT * REPLACE (toUnixTimestamp64Milli(ordered_at) AS ordered_at) FROM report_lines",
    format: "Parquet",
  });
  await pipeline(Readable.from(parquet), createWriteStream(file));
  await duck.run(
    `CREATE TABLE lines AS SELECT * REPLACE (make_timestamp(ordered_at * 1000) AS ordered_at) FROM read_parquet('${file}')`,
  );
}

async function timed(work: () => Promise<Row[]>): Promise<Timed> {
  const startMs = performance.now();
  const rows = await work();
  return { ms: performance.now() - startMs, rows };
}

const askDuck = (duck: DuckDb, { sql }: DuckDbQuestion): Promise<Timed> => timed(() => duck.rows(sql));

async function ask(runner: ReportRunner, { report, asked }: DuckDbQuestion): Promise<Timed> {
  return await timed(async () => {
    const prepared = await runner.prepare(report, { ...YEAR, ...asked }, null);
    if (!prepared.ok) throw new Error(`${report}: ${prepared.detail}`);
    const rows: Row[] = [];
    for await (const chunk of runner.rows(prepared.value.query)) rows.push(...chunk);
    return rows;
  });
}

/** Rows in the same order with the same values in the columns that both have. */
function assertSame({ report, same }: DuckDbQuestion, ours: Timed, theirs: Timed): void {
  const valuesOf = ({ rows }: Timed) =>
    JSON.stringify(rows.map((row) => same.map((column) => Number(Number(row[column]).toPrecision(12)))));
  if (valuesOf(ours) === valuesOf(theirs)) return;
  throw new Error(
    `${report}: DuckDB answers otherwise, the measurement is void. Ours: ${valuesOf(ours).slice(0, 300)} DuckDB: ${valuesOf(theirs).slice(0, 300)}`,
  );
}
