import { readFileSync, statSync } from "node:fs";
import { Readable, type Writable } from "node:stream";
import { createReadStream } from "node:fs";
import { basename, resolve } from "node:path";
import { type Command, Option } from "commander";
import { ZONE_KINDS } from "../../domain/location.ts";
import { streamImport } from "../../server/import/import-client.ts";
import { type ImportOptions, parseImportQuery } from "../../server/import/import-options.ts";
import { importRecords } from "../../server/import/import-records.ts";
import { IMPORT_KINDS, type ImportKind, type ImportReport } from "../../server/import/import-report.ts";
import type { SystemConnection } from "../platform/connect-to-system.ts";
import { createProgressLine } from "./import-progress.ts";
import { openRejectedFile, type RejectedFile } from "./rejected-file.ts";

export type ImportCommandDeps = {
  connect: () => Promise<SystemConnection>;
  stdout?: Writable;
  stderr?: Writable & { isTTY?: boolean };
};

type Flags = {
  source?: string;
  map: string[];
  mapping?: string;
  channel?: string;
  method?: string;
  location?: string;
  currency?: string;
  timeZone?: string;
  zones?: string | true;
  nonMerchandise?: string;
  asOf?: string;
  format?: string;
  rejected?: string;
  json?: boolean;
};

/** `onhand import <kind> FILE…`: master data, history of orders, and positions from files. Running it twice changes nothing. */
export function registerImport(program: Command, deps: ImportCommandDeps): void {
  program
    .command("import")
    .description(
      "import records from CSV or NDJSON, plain or packed with gzip, orders also from Parquet and Arrow; twice is once",
    )
    .addArgument(program.createArgument("<kind>", "what the files hold").choices([...IMPORT_KINDS]))
    .argument("<files...>", "files; - is standard input")
    .option("--source <name>", "the records' own name for their system (default: the file's name)")
    .option("--map <field=Column...>", "which column gives a field, where the header does not tell", [])
    .option(
      "--mapping <file>",
      "of orders: a JSON file that says where each field comes from; ClickHouse reads the file",
    )
    .option("--channel <name>", "channel of orders without one, such as web or store")
    .option("--method <name>", "method of orders without one, such as carry_out")
    .option("--location <id>", "location of orders or positions without one")
    .option("--currency <code>", "currency of amounts without one, such as EUR")
    .option("--time-zone <name>", "zone of times without one, such as Europe/London; and of locations")
    .option(
      "--zones [kinds]",
      `zones for locations without any: a list of ${ZONE_KINDS.join(",")} (default: all)`,
    )
    .option("--non-merchandise <codes>", "codes that are no goods, beside POST, BANK CHARGES and their like")
    .option(
      "--as-of <time>",
      "when positions were true, as RFC 3339 (default: when the file was last changed)",
    )
    .addOption(
      new Option("--format <format>", "instead of guessing").choices(["csv", "ndjson", "parquet", "arrow"]),
    )
    .option("--rejected <file>", "write the rows that were not taken to this CSV, with line and reason")
    .option("--json", "print a report per file as a line of JSON")
    .action(async (kind: ImportKind, files: string[], flags: Flags, command: Command) => {
      const jobs = files.map((file) => toJob(kind, file, flags, command));
      process.exitCode = await runJobs(kind, jobs, flags, deps);
    });
}

type Job = { file: string; bytes: number | null; options: ImportOptions };

/** Everything that can be wrong with the words of the command is said before anything is opened. */
function toJob(kind: ImportKind, file: string, flags: Flags, command: Command): Job {
  const stat = file === "-" ? null : statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || stat?.isDirectory() === true) {
    command.error(`There is no file ${file}.`, { exitCode: 2 });
  }
  const asOf =
    flags.asOf ?? (kind === "positions" || kind === "book-stock" ? stat?.mtime.toISOString() : undefined);
  const query = new URLSearchParams();
  const values: Record<string, string | undefined> = {
    source: flags.source ?? sourceOf(file),
    channel: flags.channel,
    method: flags.method,
    location: flags.location,
    currency: flags.currency,
    timeZone: flags.timeZone,
    zones: flags.zones === true ? ZONE_KINDS.join(",") : flags.zones,
    nonMerchandise: flags.nonMerchandise,
    asOf,
    format: flags.format ?? formatOf(kind, file),
  };
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  if (flags.mapping !== undefined) query.set("mapping", readMappingText(flags.mapping, command));
  for (const entry of flags.map) query.append("map", entry);
  const options = parseImportQuery(query);
  if (!options.ok) command.error(options.detail, { exitCode: 2 });
  return { file, bytes: stat?.size ?? null, options: options.value };
}

function readMappingText(file: string, command: Command): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return command.error(`The mapping file ${file} cannot be read: ${String(error)}`, { exitCode: 2 });
  }
}

/** Files of ClickHouse's own formats are known by their names; what they really are is told by their first bytes. */
function formatOf(kind: ImportKind, file: string): string | undefined {
  if (kind !== "orders") return undefined;
  if (/\.parquet$/i.test(file)) return "parquet";
  return /\.(arrow|arrows|feather|ipc)$/i.test(file) ? "arrow" : undefined;
}

async function runJobs(
  kind: ImportKind,
  jobs: readonly Job[],
  flags: Flags,
  { connect, stdout = process.stdout, stderr = process.stderr }: ImportCommandDeps,
): Promise<0 | 1> {
  const rejected = flags.rejected === undefined ? null : await openRejectedFile(flags.rejected);
  const system = await connect();
  let isFailed = false;
  try {
    for (const job of jobs) {
      const report = await runJob(kind, job, system, rejected, stderr);
      stdout.write(
        flags.json === true
          ? `${JSON.stringify({ file: job.file, ...report })}\n`
          : describe(job.file, report, flags),
      );
      isFailed ||= report.failure !== null || (report.rejected > 0 && report.rejected === report.rows);
    }
  } finally {
    await system.close();
    await rejected?.close();
  }
  return isFailed ? 1 : 0;
}

async function runJob(
  kind: ImportKind,
  job: Job,
  system: SystemConnection,
  rejected: RejectedFile | null,
  stderr: Writable & { isTTY?: boolean },
): Promise<ImportReport> {
  const stream: Readable = job.file === "-" ? process.stdin : createReadStream(job.file);
  const progress = createProgressLine({ output: stderr, totalBytes: job.bytes, nowMs: Date.now });
  let shown = 0;
  const listen = {
    onProgress: progress.show,
    writeRejected: async (row: Parameters<RejectedFile["write"]>[1]) => {
      await rejected?.write(job.file, row);
      if (rejected !== null || shown >= MAX_SHOWN) return;
      shown += 1;
      stderr.write(`${job.file}:${row.line}: ${row.code}: ${row.detail}\n`);
    },
  };
  try {
    if (system.mode === "remote") return await streamImport(system, kind, stream, job.options, listen);
    const { db, publishEvent } = system;
    system.noteChange(["products", "locations"]);
    return await importRecords(kind, stream, job.options, {
      db,
      publishEvent,
      now: Date.now,
      ...(job.file === "-" ? {} : { path: resolve(job.file) }),
      ...listen,
    });
  } finally {
    progress.end();
  }
}

/** Rejected rows shown when no file is named for them. */
const MAX_SHOWN = 10;

/** `data/invoices 2011.csv.gz` is `invoices-2011`. */
function sourceOf(file: string): string | undefined {
  const name = basename(file)
    .replace(/\.gz$/i, "")
    .replace(/\.[A-Za-z]{1,6}$/, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64);
  return name === "" ? undefined : name;
}

function describe(file: string, report: ImportReport, flags: Flags): string {
  const number = (value: number) => value.toLocaleString("en-US");
  const parts = [
    `${number(report.accepted)} stored${report.updated > 0 ? ` (${number(report.updated)} of them changed)` : ""}`,
    `${number(report.unchanged)} there already`,
    `${number(report.rejected)} rejected`,
  ];
  if (report.productsCreated > 0) parts.push(`${number(report.productsCreated)} products created`);
  const where =
    report.rejected === 0
      ? ""
      : flags.rejected === undefined
        ? "; see them all with --rejected FILE"
        : `; see ${flags.rejected}`;
  const end = report.failure === null ? "" : `FAILED (${report.failure.code}): ${report.failure.detail}\n`;
  return `${file}: ${report.kind} of ${report.source}: ${number(report.rows)} rows in ${report.seconds.toFixed(1)} s: ${parts.join(", ")}${where}\n${end}`;
}
