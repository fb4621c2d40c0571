import { writeFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { TRUTH_SCENARIOS, type TruthScenario } from "../../../simulators/scenarios/truth/truth-scenarios.ts";
import { measureTruth, type TruthRun } from "./measure-truth.ts";
import { summarize, type TruthFigures } from "./summarize.ts";
import { truthTable } from "./truth-table.ts";

/** Seeds 1 to 99 are for tuning; what is reported comes from seeds that nothing was tuned to. */
const REPORTED_SEEDS = [101, 102, 103];
const READ_RATES = [0.65, 0.95];

type TruthOptions = {
  scenario?: TruthScenario[];
  seeds: number[];
  readRates: number[];
  json?: boolean;
  misses?: string;
};

/** `onhand bench truth`: how right the ledger is, against simulated stores whose truth is known. */
export function registerTruth(bench: Command): void {
  const names = TRUTH_SCENARIOS.map(({ scenario }) => scenario.name).join(", ");
  bench
    .command("truth")
    .description("compare the ledger with the truth of simulated stores, beside a ledger without RFID")
    .option("--scenario <names>", `some of: ${names}`, parseScenarios)
    .option(
      "--seeds <numbers>",
      "101 and up are reported, 1 to 99 are for tuning",
      parseNumbers,
      REPORTED_SEEDS,
    )
    .option("--read-rates <numbers>", "chance that one look sees a tag, 0 to 1", parseRates, READ_RATES)
    .option("--json", "figures in all and by seed as JSON")
    .option("--misses <file>", "write every SKU-location that was wrong, and why, as NDJSON")
    // `bench` has a --json too, and takes it first.
    .action((_, command: Command) => benchTruth(command.optsWithGlobals<TruthOptions>()));
}

async function benchTruth(options: TruthOptions): Promise<void> {
  const figures: (TruthFigures & { bySeed: TruthFigures[] })[] = [];
  let misses = "";
  for (const scenario of options.scenario ?? TRUTH_SCENARIOS) {
    for (const readRate of options.readRates) {
      const runs: TruthRun[] = [];
      for (const seed of options.seeds) {
        const run = await measureTruth(scenario, seed, readRate);
        runs.push(run);
        misses += missesOf(run);
        process.stderr.write(`${run.scenario}, seed ${seed}, ${readRate}: ${run.reads} reads\n`);
      }
      figures.push({ ...summarize(runs), bySeed: runs.map((run) => summarize([run])) });
    }
  }
  if (options.misses !== undefined) await writeFile(options.misses, misses);
  const json = (): string => `${JSON.stringify({ figures }, null, 1)}\n`;
  process.stdout.write(options.json === true ? json() : truthTable(figures));
}

function missesOf({ scenario, seed, readRate, ledger }: TruthRun): string {
  return ledger.misses.map((miss) => `${JSON.stringify({ scenario, seed, readRate, ...miss })}\n`).join("");
}

function parseScenarios(text: string): TruthScenario[] {
  return text.split(",").map((name) => {
    const found = TRUTH_SCENARIOS.find(({ scenario }) => scenario.name === name);
    if (found === undefined)
      throw new InvalidArgumentError(`There is no scenario "${name}" with known truth.`);
    return found;
  });
}

function parseNumbers(text: string): number[] {
  const numbers = text.split(",").map(Number);
  if (numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) return numbers;
  throw new InvalidArgumentError("Seeds are whole numbers from 0, such as 101,102.");
}

function parseRates(text: string): number[] {
  const rates = text.split(",").map(Number);
  if (rates.every((rate) => rate > 0 && rate < 1)) return rates;
  throw new InvalidArgumentError("Read rates are numbers between 0 and 1, such as 0.65,0.95.");
}
