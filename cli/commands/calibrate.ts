import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { applyPoints } from "../calibrate/apply-points.ts";
import { type CalibratedPoint, calibratePoints } from "../calibrate/calibrate-points.ts";
import { readsOfDatabase } from "../calibrate/reads-of-database.ts";
import { type RawWalkRead, readsOfFile } from "../calibrate/reads-of-file.ts";
import { parseWalkList } from "../calibrate/walk-list.ts";
import type { SystemConnection } from "../platform/connect-to-system.ts";
import { formatTable } from "./print-rows.ts";
import { parseDurationMs } from "./simulate-options.ts";

type CalibrateOptions = {
  near: string;
  reads?: string;
  location?: string;
  reader?: string;
  from?: Date;
  to?: Date;
  windows: number[];
  apply?: boolean;
  json?: boolean;
};

const WINDOWS_MS = [5000, 10_000, 30_000, 60_000];

/** `onhand calibrate`: learns from a walk test how each antenna tells near tags from stray ones. */
export function registerCalibrate(
  program: Command,
  deps: { connect: () => Promise<SystemConnection> },
): void {
  program
    .command("calibrate")
    .description("learn from a walk test how each read point tells near tags from stray ones")
    .requiredOption(
      "--near <file>",
      "CSV of the tags that were really near: epc, and where they are known zoneId, readerId, antenna, from, to",
    )
    .option(
      "--reads <file>",
      "messages as readers sent them, one a line, with their topics or all of --reader; without it, raw reads kept in the database",
    )
    .option("--location <id>", "where the walk was")
    .option("--reader <id>", "this reader alone")
    .option("--from <time>", "begin of the walk, RFC 3339", parseTime)
    .option("--to <time>", "end of the walk, RFC 3339", parseTime)
    .option("--windows <times>", "window lengths to choose from", parseWindows, WINDOWS_MS)
    .option("--apply", "save the rules; they count for reads from then on")
    .option("--json", "print the rules and their scores as JSON")
    .action((options: CalibrateOptions, command: Command) => calibrate(options, command, deps.connect));
}

async function calibrate(
  options: CalibrateOptions,
  command: Command,
  connect: () => Promise<SystemConnection>,
): Promise<void> {
  const near = parseWalkList(await readFile(options.near, "utf8"));
  const needsSystem = options.reads === undefined || options.apply === true;
  const system = needsSystem ? await connect() : null;
  try {
    const reads = await findReads(options, command, system);
    const isChosen = (read: RawWalkRead): boolean =>
      options.reader === undefined || read.readerId === options.reader;
    const points = calibratePoints(reads.filter(isChosen), near, options.windows);
    if (points.length === 0) throw new Error("There is no read of a known tag or reader in the walk test.");
    process.stdout.write(options.json === true ? asJson(points) : asTable(points));
    if (options.apply !== true || system === null) return;
    const learnt = points.filter(({ result }) => result.nearWindows > 0);
    await applyPoints(
      system,
      learnt.map(({ settings }) => settings),
    );
    process.stderr.write(
      `Saved the rules of ${learnt.length} read points; those that no near tag passed are left as they were.\n`,
    );
  } finally {
    await system?.close();
  }
}

async function findReads(
  options: CalibrateOptions,
  command: Command,
  system: SystemConnection | null,
): Promise<RawWalkRead[]> {
  const { location, reader, from, to } = options;
  if (options.reads !== undefined) {
    const isNamed = location !== undefined && reader !== undefined;
    const reads = await readsOfFile(
      options.reads,
      isNamed ? { locationId: location, readerId: reader } : null,
    );
    return location === undefined ? reads : reads.filter((read) => read.locationId === location);
  }
  if (location === undefined || from === undefined || to === undefined) {
    return command.error("Say --location, --from and --to, or give the messages with --reads.", {
      exitCode: 2,
    });
  }
  if (system?.mode !== "local") {
    throw new Error(
      "A system runs on this data folder and has its database to itself. Stop it for the calibration, or give the messages of the walk with --reads.",
    );
  }
  return readsOfDatabase(system.db, { locationId: location, readerId: reader ?? "", from, to });
}

function asJson(points: readonly CalibratedPoint[]): string {
  const readPoints = points.map(({ settings, result }) => {
    const { before, after, nearWindows, strayWindows } = result;
    return { ...settings, before, after, nearWindows, strayWindows };
  });
  return `${JSON.stringify({ readPoints }, null, 1)}\n`;
}

function asTable(points: readonly CalibratedPoint[]): string {
  const share = (value: number): string => value.toFixed(3);
  const rows = points.map(({ settings, result }) => [
    `${settings.locationId}/${settings.readerId}${settings.antenna === null ? "" : `/${settings.antenna}`}`,
    String(settings.minReads),
    `${settings.windowMs / 1000} s`,
    settings.minRssiDbm === null ? "-" : String(settings.minRssiDbm),
    `${share(result.before.precision)} ${share(result.before.recall)} ${share(result.before.f1)}`,
    `${share(result.after.precision)} ${share(result.after.recall)} ${share(result.after.f1)}`,
    `${result.nearWindows} / ${result.strayWindows}`,
  ]);
  const headings = ["READ POINT", "READS", "WITHIN", "DBM", "BEFORE P R F1", "AFTER P R F1", "NEAR / STRAY"];
  return formatTable(headings, rows);
}

function parseTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || !/(?:Z|[+-]\d\d:\d\d)$/i.test(text)) {
    throw new InvalidArgumentError("A time is RFC 3339 with its offset, such as 2026-03-02T09:00:00Z.");
  }
  return time;
}

function parseWindows(text: string): number[] {
  return text.split(",").map(parseDurationMs);
}
