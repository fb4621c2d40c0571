import type { GroupedHistories } from "./grouped-histories.ts";
import { logGamma } from "./log-gamma.ts";
import { maximise } from "./maximise.ts";
import { PARAMETER_BOUNDS } from "./fit-rules.ts";

/**
 * Pareto/NBD: as BG/NBD, but a customer may go at any time, at a rate that is Gamma(s, rate β per week) over customers. To compare with:
 * values are predicted by BG/NBD. Schmittlein, Morrison, Colombo (1987), Management Science 33(1); Fader, Hardie (2005), "A note on
 * deriving the Pareto/NBD model".
 */
export type ParetoNbd = { r: number; alpha: number; s: number; beta: number };

type History = { repeats: number; lastWeeks: number; ageWeeks: number };

const MAX_TERMS = 200_000;
/** Of the logarithms of parameters, for slopes by differences. */
const DIFFERENCE = 1e-5;

/** ln ₂F₁(A, B; A+1; z) for A, B > 0 and 0 ≤ z < 1: all terms are positive. */
function logHypergeometric(a: number, b: number, z: number): number {
  let power = 1;
  let sum = 1;
  for (let n = 0; n < MAX_TERMS; n += 1) {
    const ratio = ((b + n) / (n + 1)) * z;
    power *= ratio;
    const term = (power * a) / (a + n + 1);
    sum += term;
    if (ratio < 1 && term <= 1e-17 * sum) break;
  }
  return Math.log(sum);
}

/** ln of what the likelihood of having gone, s/(r+s+x) A₀, is of it: the published A₀ by logarithms, for either of α and β the larger. */
function logGone({ r, alpha, s, beta }: ParetoNbd, { repeats: x, lastWeeks, ageWeeks }: History): number {
  const all = r + s + x;
  const b = alpha >= beta ? s + 1 : r + x;
  const most = Math.max(alpha, beta);
  const part = (weeks: number) =>
    logHypergeometric(all, b, Math.abs(alpha - beta) / (most + weeks)) - all * Math.log(most + weeks);
  const [last, age] = [part(lastWeeks), part(ageWeeks)];
  return Math.log(s / all) + last + Math.log(-Math.expm1(age - last));
}

function logAlive({ r, alpha, s, beta }: ParetoNbd, { repeats: x, ageWeeks }: History): number {
  return -(r + x) * Math.log(alpha + ageWeeks) - s * Math.log(beta + ageWeeks);
}

/** Log-likelihood of one customer. */
export function paretoNbdLogLikelihood(params: ParetoNbd, history: History): number {
  const { r, alpha, s, beta } = params;
  const [alive, gone] = [logAlive(params, history), logGone(params, history)];
  return (
    logGamma(r + history.repeats) -
    logGamma(r) +
    r * Math.log(alpha) +
    s * Math.log(beta) +
    Math.max(alive, gone) +
    Math.log1p(Math.exp(-Math.abs(alive - gone)))
  );
}

export function paretoNbdAlive(params: ParetoNbd, history: History): number {
  return 1 / (1 + Math.exp(logGone(params, history) - logAlive(params, history)));
}

/** Purchases that are expected in the next `weeks` of one who is alive; with x = 0 and T = 0, of a new customer. s ≠ 1. */
export function paretoNbdPurchasesOfAlive(
  { r, alpha, s, beta }: ParetoNbd,
  { repeats, ageWeeks }: { repeats: number; ageWeeks: number },
  weeks: number,
): number {
  const rate = (r + repeats) / (alpha + ageWeeks);
  const left = -Math.expm1((s - 1) * Math.log1p(-weeks / (beta + ageWeeks + weeks)));
  return (rate * (beta + ageWeeks) * left) / (s - 1);
}

/** The most likely parameters. Slopes are differences: for some thousand groups. */
export function fitParetoNbd(groups: GroupedHistories): {
  model: ParetoNbd;
  logLikelihood: number;
  isConverged: boolean;
} {
  const toModel = (logs: readonly number[]): ParetoNbd => {
    const [r = 1, alpha = 1, s = 1, beta = 1] = logs.map(Math.exp);
    return { r, alpha, s, beta };
  };
  const value = (logs: readonly number[]): number => {
    const model = toModel(logs);
    return groups.weight.reduce(
      (sum, n, group) =>
        sum +
        n *
          paretoNbdLogLikelihood(model, {
            repeats: groups.repeats[group] ?? 0,
            lastWeeks: groups.weeks[groups.lastAt[group] ?? 0] ?? 0,
            ageWeeks: groups.weeks[groups.ageAt[group] ?? 0] ?? 0,
          }),
      0,
    );
  };
  const found = maximise(
    (logs) => {
      const at = (index: number, by: number) =>
        value(logs.map((each, other) => (other === index ? each + by : each)));
      const gradient = logs.map(
        (_, index) => (at(index, DIFFERENCE) - at(index, -DIFFERENCE)) / (2 * DIFFERENCE),
      );
      return { value: value(logs), gradient };
    },
    [0.5, 10, 0.5, 10].map(Math.log),
    PARAMETER_BOUNDS,
  );
  return { model: toModel(found.point), logLikelihood: found.value, isConverged: found.isConverged };
}
