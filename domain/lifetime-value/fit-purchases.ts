import { type BgNbd, bgNbdLikelihood } from "./bg-nbd.ts";
import { type FitFlag, FEW_REPEATERS, PARAMETER_BOUNDS, THIN_GROUPS } from "./fit-rules.ts";
import { type GroupedHistories, thinGroups } from "./grouped-histories.ts";
import { type Maximum, maximise, type Objective } from "./maximise.ts";
import { type Nbd, nbdLikelihood } from "./nbd.ts";

export type PurchaseModel = ({ kind: "bg_nbd" } & BgNbd) | ({ kind: "nbd" } & Nbd);

export type PurchaseFit = {
  /** NBD where no dropout is detectable. */
  model: PurchaseModel;
  logLikelihood: number;
  /** Of BG/NBD and of NBD, whichever was taken. */
  bgNbdLogLikelihood: number;
  nbdLogLikelihood: number;
  customers: number;
  repeaters: number;
  groups: number;
  isConverged: boolean;
  evaluations: number;
  /** Of the logarithms of the model's parameters in their order; null where the curvature does not tell it. */
  covariance: number[][] | null;
  flags: FitFlag[];
};

/** A gain over NBD below it, in units of log-likelihood, is none: the maximum lies at a → 0, where nobody goes. */
const LEAST_GAIN = 1e-3;

/**
 * Fits how customers come and go. BG/NBD is fitted from several starts and beside it NBD, its limit without dropout. Where BG/NBD is no
 * better than that, or its best point lies where nobody goes (a at its lower bound, or b at its upper one and a not), there is no
 * interior optimum: no dropout is detectable, and the fit is NBD's. Parameters are searched on their logarithms.
 */
export function fitPurchases(groups: GroupedHistories): PurchaseFit {
  const thin = thinGroups(groups, THIN_GROUPS);
  const rate = meanRate(groups);
  const nbd = search(
    (rows) => onLogs((point) => nbdLikelihood(rows, toNbd(point))),
    groups,
    thin,
    [0.3, 1.5].map((r) => [r, r / rate]),
  );
  const { r, alpha } = toNbd(nbd.point.map(Math.exp));
  const bgNbd = search((rows) => onLogs((point) => bgNbdLikelihood(rows, toBgNbd(point))), groups, thin, [
    [r, alpha, 0.8, 2.5],
    [r, alpha, 0.1, 5],
    [r, alpha, 3, 3],
    [2 * r, alpha, 0.3, 0.3],
  ]);
  const [, , isAtA, isAtB] = bgNbd.isAtBound;
  const fitted = toBgNbd(bgNbd.point.map(Math.exp));
  const hasNoDropout =
    bgNbd.value - nbd.value < LEAST_GAIN ||
    (isAtA === true && fitted.a < 1) ||
    (isAtB === true && isAtA !== true && fitted.b > 1);
  const chosen = hasNoDropout ? nbd : bgNbd;
  const flags: FitFlag[] = [];
  if (hasNoDropout) flags.push("no_dropout_detectable");
  if (groups.repeaters < FEW_REPEATERS) flags.push("few_repeaters");
  if (chosen.isAtBound.includes(true)) flags.push("bound_touched");
  if (!chosen.isConverged) flags.push("not_converged");
  return {
    model: hasNoDropout ? { kind: "nbd", r, alpha } : { kind: "bg_nbd", ...fitted },
    logLikelihood: chosen.value,
    bgNbdLogLikelihood: bgNbd.value,
    nbdLogLikelihood: nbd.value,
    customers: groups.customers,
    repeaters: groups.repeaters,
    groups: groups.weight.length,
    isConverged: chosen.isConverged,
    evaluations: nbd.evaluations + bgNbd.evaluations,
    covariance: chosen.covariance,
    flags,
  };
}

/** Climbs from every start on a part of the rows, and from the best of them on all. */
function search(
  objectiveOf: (rows: GroupedHistories) => Objective,
  groups: GroupedHistories,
  thin: GroupedHistories,
  starts: readonly (readonly number[])[],
): Maximum {
  const bounds = PARAMETER_BOUNDS;
  const found = starts.map((start) => maximise(objectiveOf(thin), start.map(Math.log), bounds));
  const best = found.reduce((left, right) => (right.value > left.value ? right : left));
  const share = thin.customers / groups.customers;
  const whole =
    thin === groups
      ? best
      : maximise(objectiveOf(groups), best.point, bounds, scaleMatrix(best.covariance, share));
  return {
    ...whole,
    evaluations: whole.evaluations + found.reduce((sum, { evaluations }) => sum + evaluations, 0),
  };
}

/** The covariance that so many times as few customers would leave. */
export function scaleMatrix(matrix: number[][] | null, share: number): number[][] | null {
  return matrix?.map((row) => row.map((each) => each * share)) ?? null;
}

/** The same function of the logarithms of its parameters. */
export function onLogs(likelihood: (point: readonly number[]) => ReturnType<Objective>): Objective {
  return (logs) => {
    const point = logs.map(Math.exp);
    const { value, gradient } = likelihood(point);
    return { value, gradient: gradient.map((each, at) => each * (point[at] ?? 0)) };
  };
}

function meanRate({ weight, repeats, ageAt, weeks }: GroupedHistories): number {
  let [purchases, time] = [0, 0];
  weight.forEach((n, group) => {
    purchases += n * (repeats[group] ?? 0);
    time += n * (weeks[ageAt[group] ?? 0] ?? 0);
  });
  return Math.max(purchases, 0.5) / Math.max(time, 1);
}

const toNbd = ([r = 1, alpha = 1]: readonly number[]): Nbd => ({ r, alpha });
const toBgNbd = ([r = 1, alpha = 1, a = 1, b = 1]: readonly number[]): BgNbd => ({ r, alpha, a, b });
