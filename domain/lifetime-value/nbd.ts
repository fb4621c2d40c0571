import type { Likelihood } from "./bg-nbd.ts";
import type { GroupedHistories } from "./grouped-histories.ts";

/** Purchases for ever at a rate that is Gamma(r, rate α per week) over customers: BG/NBD without anybody going (a → 0). */
export type Nbd = { r: number; alpha: number };

/** Log-likelihood of purchase times, in the terms of `bgNbdLikelihood`, with its derivatives by r and α. */
export function nbdLikelihood(groups: GroupedHistories, { r, alpha }: Nbd): Likelihood {
  const { weight, repeats, ageAt, weeks, moreThan, customers } = groups;
  let value = customers * r * Math.log(alpha);
  let byR = customers * Math.log(alpha);
  let byAlpha = (customers * r) / alpha;
  for (let j = 0; j < moreThan.length; j += 1) {
    const n = moreThan[j] ?? 0;
    value += n * Math.log(r + j);
    byR += n / (r + j);
  }
  const logs = weeks.map((each) => Math.log(alpha + each));
  for (let group = 0; group < weight.length; group += 1) {
    const n = weight[group] ?? 0;
    const shape = r + (repeats[group] ?? 0);
    const age = ageAt[group] ?? 0;
    value -= n * shape * (logs[age] ?? 0);
    byR -= n * (logs[age] ?? 0);
    byAlpha -= (n * shape) / (alpha + (weeks[age] ?? 0));
  }
  return { value, gradient: [byR, byAlpha] };
}
