import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Benchmark, BenchmarkResult } from "./benchmark.ts";
import { BENCHMARKS } from "./benchmarks.ts";
import { machineFacts } from "./machine-facts.ts";
import { registerConfidence } from "./confidence/register-confidence.ts";
import { registerOversell } from "./oversell/register-oversell.ts";
import { registerTruth } from "./truth/register-truth.ts";

/** `onhand bench [NAME]`: measures this machine and prints JSON; progress goes to stderr. */
export function registerBench(program: Command): void {
  const names = BENCHMARKS.map((benchmark) => benchmark.name).join(", ");
  const bench = program
    .command("bench")
    .description("run the benchmarks: every speed beside a bare reference measured in the same run")
    .argument("[name]", `one of: ${names}; all of them without it`)
    .option("--repetitions <n>", "how often each side is measured, in turns", parseRepetitions, 3)
    .option("--json", "JSON, which is also the default")
    .action(async (name: string | undefined, options: { repetitions: number }) => {
      const chosen = BENCHMARKS.filter((benchmark) => name === undefined || benchmark.name === name);
      if (chosen.length === 0) throw new Error(`There is no benchmark "${name}". Choose one of: ${names}.`);
      const startedAt = new Date().toISOString();
      const results: BenchmarkResult[] = [];
      for (const benchmark of chosen) results.push(await runInFolder(benchmark, options.repetitions));
      const report = {
        command: `onhand bench${name === undefined ? "" : ` ${name}`}`,
        startedAt,
        machine: machineFacts(),
        results,
      };
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    });
  registerOversell(bench);
  registerTruth(bench);
  registerConfidence(bench);
}

async function runInFolder(benchmark: Benchmark, repetitions: number): Promise<BenchmarkResult> {
  const folder = await mkdtemp(join(tmpdir(), "onhand-bench-"));
  const log = (text: string): void => void process.stderr.write(`${benchmark.name}: ${text}\n`);
  log(benchmark.question);
  try {
    return await benchmark.run({ folder, repetitions, log });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function parseRepetitions(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100) {
    throw new InvalidArgumentError("Repetitions are a whole number from 1 to 100; 3 or more tell something.");
  }
  return count;
}
