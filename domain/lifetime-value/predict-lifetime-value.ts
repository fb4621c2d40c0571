import { bgNbdAlive } from "./bg-nbd.ts";
import type { PurchaseFit } from "./fit-purchases.ts";
import type { SpendFit } from "./fit-spend.ts";
import { gammaGammaMean } from "./gamma-gamma.ts";
import { groupHistories, type GroupedHistories } from "./grouped-histories.ts";
import type { PurchaseHistories } from "./purchase-histories.ts";
import { type PurchasesAhead, purchasesAhead } from "./purchases-ahead.ts";

/** One place of each column for one customer; NaN where there is no number. */
export type LifetimeValues = {
  /** NaN where no dropout is detectable. */
  alive: Float64Array;
  /** Purchase days in the next 52 weeks. */
  purchases: Float64Array;
  /** Discounted value of the next 12 months. NaN where the mean value of a purchase is not bounded, or was not known. */
  value: Float64Array;
  /** 95 % interval of that expectation. NaN where the covariance of a fit is not known. */
  lower: Float64Array;
  upper: Float64Array;
  /** Of all customers whose value is a number. */
  total: { customers: number; value: number; lower: number | null; upper: number | null };
};

/** Standard deviations to either side of a 95 % interval. */
const Z = 1.959963984540054;

/**
 * Expected value of each customer: Σ over 12 months of E[M] (E[Y] of the month's end − E[Y] of its beginning) / (1 + d)^month.
 *
 * The interval is for the expectation, not for what one customer will spend, which varies far more: it says how well the data know the
 * parameters. By the delta method on ln value, with the inverse of the observed information of both fits (of the logarithms of the
 * parameters), which are taken as independent, as Gamma-Gamma says. The same for the sum of all, with the sum of the gradients.
 * O(customers + distinct (x, T) × 9 × 12 series).
 */
export function predictLifetimeValues(
  histories: PurchaseHistories,
  fits: { purchases: PurchaseFit; spend: SpendFit },
  options: { monthlyDiscount?: number; groups?: GroupedHistories } = {},
): LifetimeValues {
  const { monthlyDiscount = 0.01, groups = groupHistories(histories) } = options;
  const customers = histories.repeats.length;
  const byGroup = predictGroups(groups, fits.purchases, monthlyDiscount);
  const column = () => new Float64Array(customers).fill(Number.NaN);
  const [alive, purchases, value, lower, upper] = [column(), column(), column(), column(), column()];
  const [ofPurchases, ofSpend] = [fits.purchases.covariance, fits.spend.covariance];
  const isKnown = ofPurchases !== null && ofSpend !== null;
  const slope = { purchases: [0, 0, 0, 0], spend: [0, 0, 0] };
  const total = { customers: 0, value: 0 };
  for (let at = 0; at < customers; at += 1) {
    const group = byGroup[groups.groupOf[at] ?? 0];
    if (group === undefined) continue;
    alive[at] = group.alive ?? Number.NaN;
    purchases[at] = group.expected;
    const mean = gammaGammaMean(fits.spend.model, {
      repeats: histories.repeats[at] ?? 0,
      meanValue: histories.meanValue[at] ?? 0,
    });
    const each = mean === null ? Number.NaN : mean.mean * group.discounted;
    value[at] = each;
    const variance =
      mean === null || !isKnown ? Number.NaN : group.variance + quadratic(ofSpend, mean.logGradient);
    const width = Math.exp(Z * Math.sqrt(variance));
    lower[at] = each / width;
    upper[at] = each * width;
    // Not bounded, or of a customer whose mean value is not known.
    if (mean === null || Number.isNaN(each)) continue;
    total.customers += 1;
    total.value += each;
    addTo(slope.purchases, group.logGradient, each);
    addTo(slope.spend, mean.logGradient, each);
  }
  const deviation = isKnown
    ? Math.sqrt(quadratic(ofPurchases, slope.purchases) + quadratic(ofSpend, slope.spend)) / total.value
    : Number.NaN;
  const bound = (sign: number) =>
    Number.isFinite(deviation) ? total.value * Math.exp(sign * Z * deviation) : null;
  return { alive, purchases, value, lower, upper, total: { ...total, lower: bound(-1), upper: bound(1) } };
}

type GroupValues = {
  alive: number | null;
  expected: number;
  discounted: number;
  logGradient: number[];
  variance: number;
};

function predictGroups(groups: GroupedHistories, fit: PurchaseFit, monthlyDiscount: number): GroupValues[] {
  const { model } = fit;
  const span = groups.weeks.length;
  const ahead = new Map<number, PurchasesAhead>();
  const found: GroupValues[] = [];
  for (let group = 0; group < groups.weight.length; group += 1) {
    const repeats = groups.repeats[group] ?? 0;
    const ageAt = groups.ageAt[group] ?? 0;
    const ageWeeks = groups.weeks[ageAt] ?? 0;
    const key = repeats * span + ageAt;
    let next = ahead.get(key);
    if (next === undefined)
      ahead.set(key, (next = purchasesAhead(model, { repeats, ageWeeks }, monthlyDiscount)));
    const lastWeeks = groups.weeks[groups.lastAt[group] ?? 0] ?? 0;
    const alive = model.kind === "nbd" ? null : bgNbdAlive(model, { repeats, lastWeeks, ageWeeks });
    const logGradient = next.logGradient.map((each, at) => each + (alive?.logGradient[at] ?? 0));
    const probability = alive?.probability ?? 1;
    found.push({
      alive: alive?.probability ?? null,
      expected: probability * next.expected,
      discounted: probability * next.discounted,
      logGradient,
      variance: fit.covariance === null ? Number.NaN : quadratic(fit.covariance, logGradient),
    });
  }
  return found;
}

function quadratic(matrix: readonly (readonly number[])[], vector: readonly number[]): number {
  let sum = 0;
  for (let row = 0; row < matrix.length; row += 1) {
    for (let column = 0; column < matrix.length; column += 1) {
      sum += (matrix[row]?.[column] ?? 0) * (vector[row] ?? 0) * (vector[column] ?? 0);
    }
  }
  return sum;
}

function addTo(sums: number[], gradient: readonly number[], times: number): void {
  for (let at = 0; at < gradient.length; at += 1) sums[at] = (sums[at] ?? 0) + times * (gradient[at] ?? 0);
}
