import { expectedPurchasesOfAlive } from "./expected-purchases.ts";
import type { PurchaseModel } from "./fit-purchases.ts";

/** Months of a year of 52 weeks, as the published tables count. */
const MONTHS = 12;
const WEEKS_PER_MONTH = 52 / 12;
const DIFFERENCE = 1e-4;

/** What customers of one (x, T) buy in the next 12 months while they live. */
export type PurchasesAhead = {
  /** Purchase days. */
  expected: number;
  /** The same, each month's discounted by (1 + d)^month. */
  discounted: number;
  /** Derivatives of ln `discounted` by the logarithms of the model's parameters. */
  logGradient: number[];
};

/** @param monthlyDiscount d, 0.01 = 1 % a month */
export function purchasesAhead(
  model: PurchaseModel,
  history: { repeats: number; ageWeeks: number },
  monthlyDiscount: number,
): PurchasesAhead {
  const { repeats: x, ageWeeks } = history;
  const sum = (weeksToPurchases: (weeks: number) => number) => {
    let [before, discounted, factor] = [0, 0, 1];
    for (let month = 1; month <= MONTHS; month += 1) {
      const until = weeksToPurchases(month * WEEKS_PER_MONTH);
      factor /= 1 + monthlyDiscount;
      discounted += (until - before) * factor;
      before = until;
    }
    return { expected: before, discounted };
  };
  if (model.kind === "nbd") {
    const { r, alpha } = model;
    const rate = (r + x) / (alpha + ageWeeks);
    return { ...sum((weeks) => rate * weeks), logGradient: [r / (r + x), -alpha / (alpha + ageWeeks)] };
  }
  const { r, alpha, a, b } = model;
  const logs = [r, alpha, a, b].map(Math.log);
  const at = (shifted: number, by: number) => {
    const [r1 = 1, alpha1 = 1, a1 = 1, b1 = 1] = logs.map((each, index) =>
      Math.exp(index === shifted ? each + by : each),
    );
    const params = { r: r1, alpha: alpha1, a: a1, b: b1 };
    return sum((weeks) => expectedPurchasesOfAlive(params, history, weeks));
  };
  const logGradient = logs.map(
    (_, index) =>
      Math.log(at(index, DIFFERENCE).discounted / at(index, -DIFFERENCE).discounted) / (2 * DIFFERENCE),
  );
  return { ...sum((weeks) => expectedPurchasesOfAlive(model, history, weeks)), logGradient };
}
