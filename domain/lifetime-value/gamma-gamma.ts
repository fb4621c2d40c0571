import type { Likelihood } from "./bg-nbd.ts";
import { digamma, logGamma } from "./log-gamma.ts";

/**
 * Gamma-Gamma. The value of a purchase day of one customer is Gamma(p, rate ν), and ν is Gamma(q, rate v) over customers; how often
 * somebody buys says nothing of how much. Fader, Hardie, Lee (2005), Journal of Marketing Research 42(4); Fader, Hardie, note 025.
 */
export type GammaGamma = { p: number; q: number; v: number };

/** Customers with x > 0 and m > 0, with what a fit asks of them again and again. */
export type SpendRows = {
  n: number;
  repeats: Float64Array;
  meanValue: Float64Array;
  /** Customers with x repeats, by x, and the sum of their ln m; only x that occur. */
  byRepeats: { repeats: number; n: number; logValues: number }[];
};

/** @param scale by which values are divided, so that the bounds of the parameters do not depend on the currency */
export function toSpendRows(
  histories: { repeats: Float64Array; meanValue: Float64Array },
  scale = 1,
): SpendRows {
  const { repeats, meanValue } = histories;
  const isIn = (at: number) => (repeats[at] ?? 0) > 0 && (meanValue[at] ?? 0) > 0;
  const found = new Map<number, { repeats: number; n: number; logValues: number }>();
  const rows = {
    repeats: repeats.filter((_, at) => isIn(at)),
    meanValue: meanValue.filter((_, at) => isIn(at)),
  };
  rows.meanValue.forEach((value, at) => {
    rows.meanValue[at] = value / scale;
    const x = rows.repeats[at] ?? 0;
    let entry = found.get(x);
    if (entry === undefined) found.set(x, (entry = { repeats: x, n: 0, logValues: 0 }));
    entry.n += 1;
    entry.logValues += Math.log(value / scale);
  });
  return { n: rows.repeats.length, ...rows, byRepeats: [...found.values()] };
}

/** Log-likelihood with its derivatives by p, q and v. O(customers); Γ is evaluated once for each number of repeats. */
export function gammaGammaLikelihood(rows: SpendRows, { p, q, v }: GammaGamma): Likelihood {
  const { n, repeats, meanValue } = rows;
  const logV = Math.log(v);
  let value = n * (q * logV - logGamma(q));
  let byP = 0;
  let byQ = n * (logV - digamma(q));
  let byV = (n * q) / v;
  for (const { repeats: x, n: count, logValues } of rows.byRepeats) {
    const [px, both] = [p * x, digamma(p * x + q)];
    value += count * (logGamma(px + q) - logGamma(px) + px * Math.log(x)) + (px - 1) * logValues;
    byP += x * (count * (both - digamma(px) + Math.log(x)) + logValues);
    byQ += count * both;
  }
  for (let at = 0; at < n; at += 1) {
    const x = repeats[at] ?? 0;
    const total = x * (meanValue[at] ?? 0) + v;
    const logTotal = Math.log(total);
    const shape = p * x + q;
    value -= shape * logTotal;
    byP -= x * logTotal;
    byQ -= logTotal;
    byV -= shape / total;
  }
  return { value, gradient: [byP, byQ, byV] };
}

/**
 * Mean value of a future purchase day: p (v + x m) / (p x + q − 1), and the derivatives of its logarithm by the logarithms of p, q and v.
 * A mean of zero or less, which the model does not know, counts as zero. @returns null where p x + q ≤ 1: the mean is not bounded
 */
export function gammaGammaMean(
  { p, q, v }: GammaGamma,
  { repeats: x, meanValue }: { repeats: number; meanValue: number },
): { mean: number; logGradient: [number, number, number] } | null {
  const below = p * x + q - 1;
  if (below <= 0) return null;
  const total = v + x * Math.max(0, meanValue);
  return { mean: (p * total) / below, logGradient: [1 - (p * x) / below, -q / below, v / total] };
}
