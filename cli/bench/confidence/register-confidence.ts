import { type Command, InvalidArgumentError } from "commander";
import { askChain } from "./ask-chain.ts";
import { CONFIDENCE_CHAINS, type ConfidenceChain } from "./confidence-chains.ts";
import { type ChainTally, confidenceTable } from "./confidence-table.ts";
import { createTally } from "./tally-answers.ts";

/** Seeds below 200 were for tuning; what is reported comes from seeds that nothing was tuned to. */
const REPORTED_SEEDS = [201, 202, 203, 204, 205];

type ConfidenceOptions = { chain?: ConfidenceChain[]; seed: number[]; json?: boolean };

/** `onhand bench confidence`: of the answers "95 %", how many are true, against simulated chains whose truth is known. */
export function registerConfidence(bench: Command): void {
  const names = CONFIDENCE_CHAINS.map(({ name }) => name).join(", ");
  bench
    .command("confidence")
    .description("compare how sure answers are with how often they are true, in simulated chains")
    .option("--chain <names>", `some of: ${names}`, parseChains)
    .option(
      "--seed <numbers>",
      "201 and up are reported, those below are for tuning",
      parseSeeds,
      REPORTED_SEEDS,
    )
    .option("--json", "figures of each chain as JSON")
    // `bench` has a --json too, and takes it first.
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<ConfidenceOptions>();
      const tallies: ChainTally[] = [];
      for (const chain of options.chain ?? CONFIDENCE_CHAINS) {
        const tally = createTally();
        for (const seed of options.seed) {
          await askChain(chain, seed, tally.take);
          process.stderr.write(`${chain.name}, seed ${seed}\n`);
        }
        tallies.push({ chain: chain.name, seeds: options.seed, ...tally.result() });
      }
      const json = (): string => `${JSON.stringify({ chains: tallies }, null, 1)}\n`;
      process.stdout.write(options.json === true ? json() : `${confidenceTable(tallies)}\n`);
    });
}

function parseChains(text: string): ConfidenceChain[] {
  return text.split(",").map((name) => {
    const found = CONFIDENCE_CHAINS.find((chain) => chain.name === name);
    if (found === undefined) throw new InvalidArgumentError(`There is no chain "${name}".`);
    return found;
  });
}

function parseSeeds(text: string): number[] {
  const seeds = text.split(",").map(Number);
  if (seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) return seeds;
  throw new InvalidArgumentError("Seeds are whole numbers from 0, such as 201,202.");
}
