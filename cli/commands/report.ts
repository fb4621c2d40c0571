import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  COMPARISONS,
  type Comparison,
  REPORT_FORMATS,
  type ReportAnswer,
  reportAnswerSchema,
  type ReportFormat,
  type ReportHeader,
  type ReportRow,
  reportsSchema,
} from "../../domain/reports/report.ts";
import { reportContent } from "../../server/reports/report-content.ts";
import { createReportRunner } from "../../server/reports/report-runner.ts";
import type { SystemConnection } from "../platform/connect-to-system.ts";
import { cell, formatTable } from "./print-rows.ts";

type Flags = { param: string[]; format: "table" | ReportFormat; compare?: Comparison };

/** `onhand report [NAME]`: runs a report here, or on the system that runs on this data folder. */
export function registerReport(
  program: Command,
  deps: { connect: () => Promise<SystemConnection>; stdout?: Writable },
): void {
  program
    .command("report")
    .description("run a report: a table, JSON, CSV, Arrow or Parquet; without a name, say which there are")
    .argument("[name]", "such as customer-value")
    .option("--param <name=value>", "a parameter, such as from=2026-01-01; may be repeated", collect, [])
    .addOption(
      new Option("--format <format>", "how it is printed")
        .choices(["table", ...REPORT_FORMATS])
        .default("table"),
    )
    .addOption(new Option("--compare <with>", "also of another window").choices(COMPARISONS))
    .action(async (name: string | undefined, flags: Flags, command: Command) => {
      if (flags.compare !== undefined && flags.format !== "table" && flags.format !== "json") {
        command.error("A comparison is printed as table or json alone.", { exitCode: 2 });
      }
      const { connect, stdout = process.stdout } = deps;
      const system = await connect();
      try {
        if (name === undefined) stdout.write(listText(await readCatalogue(system)));
        else await print(name, flags, system, stdout);
      } finally {
        await system.close();
      }
    });
}

function collect(value: string, before: readonly string[]): string[] {
  if (!/^[A-Za-z]+=/.test(value)) throw new InvalidArgumentError("It is of the form name=value.");
  return [...before, value];
}

async function print(name: string, flags: Flags, system: SystemConnection, stdout: Writable): Promise<void> {
  const format = flags.format === "table" ? "json" : flags.format;
  const content = await contentOf(name, flags, format, system);
  if (flags.format !== "table") {
    await pipeline(Readable.from(content), stdout, { end: false });
    return;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  const answer: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  stdout.write(answerText(reportAnswerSchema.parse(answer)));
}

async function contentOf(
  name: string,
  { param, compare }: Flags,
  format: ReportFormat,
  system: SystemConnection,
): Promise<AsyncIterable<Uint8Array>> {
  const asked = new Map(
    param.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]),
  );
  if (system.mode === "remote") {
    const query = new URLSearchParams([...asked, ["format", format]]);
    if (compare !== undefined) query.set("compare", compare);
    const response = await ask(system, `/v1/reports/${encodeURIComponent(name)}?${query.toString()}`);
    if (response.body === null) throw new Error("The system answered nothing.");
    return response.body;
  }
  const runner = createReportRunner({ db: system.db, nowMs: Date.now });
  const prepared = await runner.prepare(name, Object.fromEntries(asked), compare ?? null);
  if (!prepared.ok) throw new Error(`${prepared.detail} (${prepared.code}).`);
  return reportContent(runner, prepared.value, format);
}

async function readCatalogue(system: SystemConnection): Promise<ReportHeader[]> {
  if (system.mode === "local") return createReportRunner({ db: system.db, nowMs: Date.now }).catalogue();
  const answer: unknown = await (await ask(system, "/v1/reports")).json();
  return reportsSchema.parse(answer).items;
}

async function ask({ url, token }: { url: string; token: string }, path: string): Promise<Response> {
  const response = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${token}` } });
  if (response.ok) return response;
  throw new Error(`The system answered ${response.status}: ${await response.text()}`);
}

function listText(reports: readonly ReportHeader[]): string {
  const rows = reports.map(({ name, kpis, question }) => [name, kpis.join(" ") || "-", question]);
  return formatTable(["REPORT", "KPI", "QUESTION"], rows);
}

function answerText({ report, rows, window, currency, n, comparison, dataThrough }: ReportAnswer): string {
  const names = report.columns.map((column) => column.name);
  const table = (some: readonly ReportRow[]): string =>
    formatTable(
      names,
      some.map((row) => names.map((name) => cell(rounded(row[name])))),
    );
  const span = ({ from, to, timeZone }: NonNullable<typeof window>): string =>
    `${from ?? "the beginning"} to before ${to}, ${timeZone}`;
  const facts = [
    ...(window === null ? [] : [span(window)]),
    ...(currency === null || currency === "" ? [] : [currency]),
    `${n} rows`,
    `data until ${dataThrough ?? "never"}`,
  ];
  const compared =
    comparison === null ? "" : `\n${comparison.kind}: ${span(comparison.window)}\n${table(comparison.rows)}`;
  return `${report.question}\n${facts.join(" · ")}\n\n${table(rows)}${compared}`;
}

/** Four digits behind the point are enough for eyes; files have them all. */
function rounded(value: unknown): unknown {
  return typeof value === "number" ? Number(value.toFixed(4)) : value;
}
