import { createSeededRandom, type SeededRandom } from "../../domain/comparison/seeded-random.ts";
import type { PurchaseHistory } from "../../domain/lifetime-value/purchase-histories.ts";

/** What is true of simulated shoppers; rates per week. */
export type ShopperTruth = {
  r: number;
  alpha: number;
  /** null: nobody ever goes. */
  dropout: { a: number; b: number } | null;
  spend: { p: number; q: number; v: number };
};

/**
 * Shoppers who come, spend and go as BG/NBD and Gamma-Gamma say, in continuous time; first purchases are spread over `weeks`.
 * Two purchases of one day are two here, as the model has them.
 */
export function simulateShoppers(
  count: number,
  truth: ShopperTruth,
  options: { weeks: number; seed: number },
): PurchaseHistory[] {
  const random = createSeededRandom(options.seed);
  return Array.from({ length: count }, () => {
    const ageWeeks = options.weeks * (0.3 + 0.7 * random.uniform());
    const rate = gamma(random, truth.r) / truth.alpha;
    const leaving = truth.dropout === null ? 0 : beta(random, truth.dropout.a, truth.dropout.b);
    let [repeats, lastWeeks] = [0, 0];
    for (let at = 0; ; ) {
      at += -Math.log(1 - random.uniform()) / rate;
      if (at > ageWeeks) break;
      repeats += 1;
      lastWeeks = at;
      if (random.uniform() < leaving) break;
    }
    const { p, q, v } = truth.spend;
    const meanValue = repeats === 0 ? 0 : gamma(random, p * repeats) / (gamma(random, q) / v) / repeats;
    return { repeats, lastWeeks, ageWeeks, meanValue };
  });
}

/** The same, as a shop sees it: in whole days, of which each counts once. */
export function simulateShoppersByDay(
  count: number,
  truth: ShopperTruth,
  options: { weeks: number; seed: number },
): PurchaseHistory[] {
  return simulateShoppers(count, truth, options).map((shopper) => {
    const age = Math.round(shopper.ageWeeks * 7);
    const last = Math.min(age, Math.round(shopper.lastWeeks * 7));
    const repeats = Math.min(shopper.repeats, last);
    if (repeats === 0) return { repeats, lastWeeks: 0, ageWeeks: age / 7, meanValue: 0 };
    return { repeats, lastWeeks: last / 7, ageWeeks: age / 7, meanValue: shopper.meanValue };
  });
}

/** Marsaglia and Tsang (2000); shapes below one by way of shape + 1. */
function gamma(random: SeededRandom, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = random.normal();
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v;
  }
}

function beta(random: SeededRandom, a: number, b: number): number {
  const left = gamma(random, a);
  return left / (left + gamma(random, b));
}
