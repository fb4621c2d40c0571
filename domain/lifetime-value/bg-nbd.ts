import type { GroupedHistories } from "./grouped-histories.ts";

/**
 * BG/NBD. While a customer lives, purchases come at a rate that is Gamma(r, rate α per week) over customers; after each repeat purchase
 * the customer goes for ever with a chance that is Beta(a, b) over customers.
 * Fader, Hardie, Lee (2005), Marketing Science 24(2), 275–284; Hardie, note 027 for the terms that do not overflow.
 */
export type BgNbd = { r: number; alpha: number; a: number; b: number };

export type Likelihood = { value: number; gradient: number[] };

/**
 * Log-likelihood of all customers with its derivatives by r, α, a and b. O(groups + distinct times + most repeats). Products over the
 * repeats stand as sums of logarithms: differences of ln Γ lose their digits for large b, and such a fit runs away.
 */
export function bgNbdLikelihood(groups: GroupedHistories, { r, alpha, a, b }: BgNbd): Likelihood {
  const { weight, repeats, lastAt, ageAt, weeks, moreThan, customers } = groups;
  let value = customers * r * Math.log(alpha);
  let byR = customers * Math.log(alpha);
  let byAlpha = (customers * r) / alpha;
  let byA = 0;
  let byB = 0;
  for (let j = 0; j < moreThan.length; j += 1) {
    const n = moreThan[j] ?? 0;
    value += n * (Math.log(r + j) - Math.log1p(a / (b + j)));
    byR += n / (r + j);
    byA -= n / (a + b + j);
    byB += (n * a) / ((b + j) * (a + b + j));
  }
  const logs = weeks.map((each) => Math.log(alpha + each));
  const logA = Math.log(a);
  for (let group = 0; group < weight.length; group += 1) {
    const n = weight[group] ?? 0;
    const x = repeats[group] ?? 0;
    const age = ageAt[group] ?? 0;
    const last = lastAt[group] ?? 0;
    const logAge = logs[age] ?? 0;
    const ageInverse = 1 / (alpha + (weeks[age] ?? 0));
    const shape = r + x;
    if (x === 0) {
      value -= n * shape * logAge;
      byR -= n * logAge;
      byAlpha -= n * shape * ageInverse;
      continue;
    }
    // ln(e^alive + e^gone), and which share of it is gone.
    const logLast = logs[last] ?? 0;
    const alive = -shape * logAge;
    const gone = logA - Math.log(b + x - 1) - shape * logLast;
    const odds = Math.exp(-Math.abs(alive - gone));
    const goneShare = alive > gone ? odds / (1 + odds) : 1 / (1 + odds);
    const lastInverse = 1 / (alpha + (weeks[last] ?? 0));
    value += n * (Math.max(alive, gone) + Math.log1p(odds));
    byR -= n * ((1 - goneShare) * logAge + goneShare * logLast);
    byAlpha -= n * shape * ((1 - goneShare) * ageInverse + goneShare * lastInverse);
    byA += (n * goneShare) / a;
    byB -= (n * goneShare) / (b + x - 1);
  }
  return { value, gradient: [byR, byAlpha, byA, byB] };
}

/** P(alive) and the derivatives of its logarithm by the logarithms of r, α, a and b. */
export function bgNbdAlive(
  { r, alpha, a, b }: BgNbd,
  history: { repeats: number; lastWeeks: number; ageWeeks: number },
): { probability: number; logGradient: [number, number, number, number] } {
  const { repeats: x, lastWeeks, ageWeeks } = history;
  if (x === 0) return { probability: 1, logGradient: [0, 0, 0, 0] };
  const logRatio = Math.log((alpha + ageWeeks) / (alpha + lastWeeks));
  const logOdds = Math.log(a / (b + x - 1)) + (r + x) * logRatio;
  const gone = 1 / (1 + Math.exp(-logOdds));
  const byAlpha = (r + x) * (1 / (alpha + ageWeeks) - 1 / (alpha + lastWeeks));
  return {
    probability: 1 / (1 + Math.exp(logOdds)),
    logGradient: [-gone * r * logRatio, -gone * alpha * byAlpha, -gone, (gone * b) / (b + x - 1)],
  };
}
