import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { Writable } from "node:stream";
import { type Command, Option } from "commander";
import { connectPublisher } from "../../simulators/connect-publisher.ts";
import { dryRun } from "../../simulators/dry-run.ts";
import { type RunOptions, type RunProgress, runSimulation } from "../../simulators/run-simulation.ts";
import { SCENARIOS, findScenario } from "../../simulators/scenarios/find-scenario.ts";
import { type Simulation, createSimulation } from "../../simulators/simulation.ts";
import { systemClock } from "../../simulators/system-clock.ts";
import type { TruthRow } from "../../simulators/world/world.ts";
import { parseDurationMs, parseSeed, parseSpeed } from "./simulate-options.ts";

type SimulateDeps = {
  stdout: Writable;
  stderr: Writable;
  /** Aborted when the process is asked to end: publishing stops and what is open is waited for. */
  signal: AbortSignal;
};

type SimulateOptions = {
  scenario: string;
  seed: number;
  speed: number;
  duration?: number;
  truth?: string;
  truthEvery: number;
  masterData?: string;
  mqttUrl: string;
  mqttUsername?: string;
  mqttPassword?: string;
  root: string;
  dryRun?: boolean;
  json?: boolean;
};

const DRY_RUN_DEFAULT_MS = 10 * 60_000;
const PROGRESS_EVERY_MS = 2000;

export function registerSimulate(program: Command): void {
  program
    .command("simulate")
    .description(
      "publish a simulated chain of stores to an MQTT broker; it knows what is really on its shelves",
    )
    .option("--scenario <name>", `one of: ${SCENARIOS.map((scenario) => scenario.name).join(", ")}`, "demo")
    .option("--seed <n>", "the same seed and scenario give the same chain and the same day", parseSeed, 1)
    .option("--speed <x>", "simulated seconds per second", parseSpeed, 1)
    .option("--duration <time>", "end after so much simulated time, such as 90s or 2h", parseDurationMs)
    .option("--truth <file>", "write what is really there, NDJSON: {at, locationId, gtin, zoneId, units}")
    .option(
      "--truth-every <time>",
      "how often, in simulated time; always at the end too",
      parseDurationMs,
      60_000,
    )
    .option("--master-data <file>", "write locations, products and readers of the chain as JSON")
    .addOption(mqttOption("--mqtt-url <url>", "broker", "MQTT_URL").default("mqtt://127.0.0.1:1883"))
    .addOption(mqttOption("--mqtt-username <name>", "device id at the broker", "MQTT_USERNAME"))
    .addOption(mqttOption("--mqtt-password <key>", "device key at the broker", "MQTT_PASSWORD"))
    .addOption(mqttOption("--root <topic>", "first part of the topics", "MQTT_ROOT").default("onhand"))
    .option("--dry-run", "publish nothing: messages as NDJSON on stdout, in simulated time (10m unless told)")
    .option("--json", "print the summary as JSON")
    .action((options: SimulateOptions) => runUntilAsked(options));
}

/** Ctrl-C ends the run in order; a second one at once. */
async function runUntilAsked(options: SimulateOptions): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.once("SIGINT", abort).once("SIGTERM", abort);
  try {
    await simulate(options, { stdout: process.stdout, stderr: process.stderr, signal: stop.signal });
  } finally {
    process.off("SIGINT", abort).off("SIGTERM", abort);
  }
}

async function simulate(options: SimulateOptions, deps: SimulateDeps): Promise<void> {
  const scenario = findScenario(options.scenario);
  if (!scenario.ok) throw new Error(scenario.detail);
  const durationMs = options.duration ?? (options.dryRun === true ? DRY_RUN_DEFAULT_MS : undefined);
  const simulation = createSimulation({
    scenario: scenario.value,
    seed: options.seed,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(options.truth === undefined ? {} : { truthEveryMs: options.truthEvery }),
  });
  if (options.masterData !== undefined) {
    const { locations, products, readers } = simulation;
    await writeFile(options.masterData, `${JSON.stringify({ locations, products, readers }, null, 1)}\n`);
  }
  const truth = options.truth === undefined ? null : createWriteStream(options.truth);
  if (truth !== null) await once(truth, "open");
  try {
    if (options.dryRun === true) await printDryRun(simulation, options, deps, truth);
    else await publishLive(simulation, options, deps, truth);
  } finally {
    if (truth !== null) await endStream(truth);
  }
}

async function printDryRun(
  simulation: Simulation,
  options: SimulateOptions,
  deps: SimulateDeps,
  truth: Writable | null,
): Promise<void> {
  for (const line of dryRun(simulation, options.root)) {
    if (deps.signal.aborted) return;
    if (line.kind === "truth") {
      if (truth !== null) await write(truth, truthLines(line.atUnixMs, line.rows));
      continue;
    }
    const at = new Date(line.atUnixMs).toISOString();
    await write(deps.stdout, `{"at":"${at}","topic":"${line.topic}","payload":${line.payload}}\n`);
  }
}

async function publishLive(
  simulation: Simulation,
  options: SimulateOptions,
  deps: SimulateDeps,
  truth: Writable | null,
): Promise<void> {
  const publisher = await connectPublisher({
    url: options.mqttUrl,
    username: options.mqttUsername,
    password: options.mqttPassword,
  }).catch((error: unknown) => {
    throw new Error(
      `The broker at ${options.mqttUrl} did not take the connection (${String(error)}). Nothing was published. ` +
        "Check --mqtt-url, --mqtt-username and --mqtt-password, and that the broker runs.",
      { cause: error },
    );
  });
  const startedMs = systemClock.now();
  let shownMs = startedMs;
  const runOptions: RunOptions = {
    simulation,
    root: options.root,
    publish: (topic, payload) => publisher.publish(topic, payload),
    clock: systemClock,
    speed: options.speed,
    signal: deps.signal,
    onTruth: (atUnixMs, rows) => truth?.write(truthLines(atUnixMs, rows)),
    onProgress: (now) => {
      if (systemClock.now() - shownMs < PROGRESS_EVERY_MS) return;
      shownMs = systemClock.now();
      deps.stderr.write(`${describe(now, shownMs - startedMs)}\n`);
    },
  };
  let progress: RunProgress;
  try {
    progress = await runSimulation(runOptions);
  } finally {
    await publisher.close();
  }
  // A run that ends by itself has told its last truth already.
  if (deps.signal.aborted) truth?.write(truthLines(systemClock.now(), simulation.truth()));
  const seconds = (systemClock.now() - startedMs) / 1000;
  const summary = { scenario: simulation.scenario.name, seed: simulation.seed, seconds, ...progress };
  deps.stdout.write(
    options.json === true ? `${JSON.stringify(summary)}\n` : `${describe(progress, seconds * 1000)}\n`,
  );
}

function describe({ messages, reads, lagMs, acknowledgedMs }: RunProgress, elapsedMs: number): string {
  const perSecond = Math.round((reads * 1000) / Math.max(1, elapsedMs));
  const behind = lagMs > 1000 ? `, ${(lagMs / 1000).toFixed(1)} s behind` : "";
  return `${(acknowledgedMs / 1000).toFixed(0)} s simulated: ${messages} messages, ${reads} reads (${perSecond}/s)${behind}`;
}

function truthLines(atUnixMs: number, rows: readonly TruthRow[]): string {
  const at = new Date(atUnixMs).toISOString();
  return rows.map((row) => `${JSON.stringify({ at, ...row })}\n`).join("");
}

function mqttOption(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).env(variable);
}

async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}

async function endStream(stream: Writable): Promise<void> {
  stream.end();
  await once(stream, "finish");
}
