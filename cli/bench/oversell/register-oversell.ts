import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { parseConfig } from "../../platform/config.ts";
import { findRunningSystem } from "../../platform/data-directory.ts";
import { machineFacts } from "../machine-facts.ts";
import { type ContestedSystem, startOwnSystem, useRunningSystem } from "./contested-system.ts";
import { type OversellPlan, problemOfPlan } from "./plan.ts";
import { describeReport } from "./report.ts";
import { runOversell } from "./run-oversell.ts";

type Options = {
  attempts: number;
  clients: number;
  products: number;
  units: number;
  kills: number;
  kill: boolean;
  url?: string;
  token?: string;
  own?: boolean;
  logs?: string;
  json?: boolean;
};

/** `onhand bench oversell`: many clients fight for the last units while the system is killed. Exit code 1 when anything is wrong. */
export function registerOversell(bench: Command): void {
  bench
    .command("oversell")
    .description(
      "let many clients fight for the last units while the system is killed, and count what was granted",
    )
    .option("--attempts <n>", "attempts to hold one unit, of all clients", parseCount, 100_000)
    .option("--clients <n>", "at once", parseCount, 64)
    .option("--products <n>", "products that are fought for, all at one location", parseCount, 2)
    .option("--units <n>", "units of each product", parseCount, 20)
    .option("--kills <n>", "how often the system is killed (SIGKILL), at even distances", parseCount, 3)
    .option("--no-kill", "do not kill it; a system that runs already is never killed")
    .option("--url <url>", "a running system; without it the one on the data folder, or one of its own")
    .option("--token <token>", "its owner's token or an administrator's key, with --url")
    .option("--own", "start one on a temporary folder, even if a system runs on the data folder")
    .option("--logs <dir>", "keep the clients' logs there, NDJSON; else they are removed")
    .option("--json", "print the report as JSON")
    // `bench` has a --json too, and takes it first.
    .action((_, command: Command) => benchOversell(command.optsWithGlobals<Options>(), command));
}

async function benchOversell(options: Options, command: Command): Promise<void> {
  const { attempts, clients, products, units: unitsPerProduct } = options;
  const running = findSystem(options, command);
  const kills = options.kill && running === null ? options.kills : 0;
  const plan: OversellPlan = { attempts, clients, products, unitsPerProduct, kills };
  const problem = problemOfPlan(plan);
  if (problem !== null) return command.error(problem, { exitCode: 2 });

  const log = (text: string): void => void process.stderr.write(`oversell: ${text}\n`);
  const folder = await mkdtemp(join(tmpdir(), "onhand-oversell-"));
  const logs = options.logs === undefined ? folder : resolve(options.logs);
  await mkdir(logs, { recursive: true });
  const startedAt = new Date();
  const run = `oversell-${startedAt.getTime().toString(36)}`;
  let system: ContestedSystem | null = null;
  // With what it started.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  try {
    if (running === null) {
      log("starting a system of its own");
      system = await startOwnSystem(folder);
    } else {
      log(`using the system at ${running.url}: it gets the location ${run}, and is not killed`);
      system = useRunningSystem(running);
    }
    const report = await runOversell(system, plan, { folder: logs, run, log });
    const whole = {
      command: "onhand bench oversell",
      startedAt: startedAt.toISOString(),
      machine: machineFacts(),
      durability: "every answer waited for fsync; SIGKILL ends the process, not the machine",
      clients,
      products,
      ...report,
    };
    process.stdout.write(
      options.json === true ? `${JSON.stringify(whole, null, 2)}\n` : describeReport(report),
    );
    if (!report.ok) process.exitCode = 1;
  } finally {
    await system?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Null: it starts one of its own. */
function findSystem(options: Options, command: Command): { url: string; token: string } | null {
  const { url, token } = options;
  if (url !== undefined) {
    if (token !== undefined) return { url, token };
    return command.error("Give --token with --url: the owner's token or an administrator's key.", {
      exitCode: 2,
    });
  }
  if (options.own === true) return null;
  const config = parseConfig("database", process.env);
  const running = findRunningSystem(config.ONHAND_DATA_DIR);
  return running === null || running.url === "" ? null : running;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= 100_000_000) return count;
  throw new InvalidArgumentError("It is a whole number from 1.");
}
