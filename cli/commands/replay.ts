import { setImmediate as immediately } from "node:timers/promises";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import type { ReplayOptions, ReplayProgress, ReplayReport } from "../../domain/api/tracking-replays.ts";
import { runReplay } from "../../ingest/replay/run-replay.ts";
import { connectToSystem } from "../platform/connect-to-system.ts";
import { followReplay } from "./follow-replay.ts";
import { parseReplayFlags, type ReplayFlags } from "./replay-options.ts";
import { replayText } from "./replay-text.ts";

const SHOW_EVERY_MS = 1000;

/** `onhand replay`: what would be believed of items and stock with other settings. The ledger is not touched. */
export function registerReplay(program: Command): void {
  const collect = (value: string, previous: string[]) => [...previous, value];
  program
    .command("replay")
    .description("run stored reads and events through changed settings, and show what would differ")
    .requiredOption("--from <time>", "what was taken in from this time on, as RFC 3339")
    .option("--to <time>", "… and before this time (default: now)")
    .option("--location <id>", "only this location; may be given several times", collect, [])
    .option(
      "--set <name=value>",
      "a setting that is to differ, such as minReads=3; several times",
      collect,
      [],
    )
    .option(
      "--read-point <place:rule>",
      "a rule of near and stray that is to differ, such as store-1/reader-1/3:minReads=2,minRssiDbm=-60; several times",
      collect,
      [],
    )
    .option("--warm-up <seconds>", "run what came in so long before, first (default: 3600)")
    .option("--include-imported", "take imported reads of the past, too")
    .option("--examples <count>", "differences of each kind to list (default: 100)")
    .option("--json", "print the report as JSON")
    .action(async (flags: ReplayFlags & { json?: boolean }, command: Command) => {
      const options = parseReplayFlags(flags, new Date());
      if (!options.ok) command.error(options.detail, { exitCode: 2 });
      else await replay(options.value, flags.json === true);
    });
}

async function replay(options: ReplayOptions, isJson: boolean): Promise<void> {
  const system = await connectToSystem();
  const onProgress = createProgress(process.stderr);
  try {
    let report: ReplayReport;
    if (system.mode === "remote") report = await followReplay(system, options, onProgress);
    else {
      const breathe = () => immediately();
      report = await runReplay({ db: system.db, nowMs: Date.now, onProgress, breathe }, options);
    }
    const isChanged = Object.keys(options.set).length + options.readPoints.length > 0;
    process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : replayText(report, isChanged));
  } finally {
    await system.close();
  }
}

function createProgress(output: Writable & { isTTY?: boolean }): (progress: ReplayProgress) => void {
  let shownMs = 0;
  return ({ share, atMs, reads }) => {
    if (output.isTTY !== true || Date.now() - shownMs < SHOW_EVERY_MS) return;
    shownMs = Date.now();
    const text = `${Math.floor(share * 100)} %, ${new Date(atMs).toISOString()}, ${reads} reads`;
    output.write(share >= 1 ? "\r\u001B[2K" : `\r\u001B[2K${text}`);
  };
}
