import fc from "fast-check";

/** Seed of what a test draws: ONHAND_SEED, or another each time. It is printed, so that a run can be had again. */
export function printedSeed(what: string): number {
  const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 2 ** 31);
  process.stdout.write(`${what}, seed ${seed} (ONHAND_SEED)\n`);
  return seed;
}

/** What one of the draws must have, or a test of it would compare nothing. */
type Need<Stored> = { name: string; isMet: (stored: Stored) => boolean; draws?: number };

const MOST_DRAWS = 1_000;

/**
 * Draws `least` values, stores each, and goes on until every need is met by as many draws as it says (one).
 * Fails, with the needs that are left, when a thousand draws do not meet them.
 */
export async function drawUntilMet<Drawn, Stored>(
  arbitrary: fc.Arbitrary<Drawn>,
  options: {
    seed: number;
    least: number;
    store: (drawn: Drawn, index: number) => Stored | Promise<Stored>;
    needs: readonly Need<Stored>[];
  },
): Promise<Stored[]> {
  const { seed, least, store, needs } = options;
  const all: Stored[] = [];
  const left = new Map(needs.map((need) => [need, need.draws ?? 1]));
  for (let batch = 0; batch === 0 || left.size > 0; batch += 1) {
    if (all.length > MOST_DRAWS)
      throw new Error(
        `${MOST_DRAWS} draws without ${[...left.keys()].map(({ name }) => name)}, seed ${seed}`,
      );
    const drawn = fc.sample(arbitrary, { numRuns: least, seed: seed + batch });
    for (const one of drawn) {
      if (batch > 0 && left.size === 0) break;
      const stored = await store(one, all.length);
      all.push(stored);
      for (const [need, times] of left) {
        if (!need.isMet(stored)) continue;
        if (times > 1) left.set(need, times - 1);
        else left.delete(need);
      }
    }
  }
  return all;
}
