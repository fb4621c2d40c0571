import { FEW_REPEATERS, type FitFlag, PARAMETER_BOUNDS, THIN_GROUPS } from "./fit-rules.ts";
import { onLogs, scaleMatrix } from "./fit-purchases.ts";
import { type GammaGamma, gammaGammaLikelihood, toSpendRows } from "./gamma-gamma.ts";
import { maximise } from "./maximise.ts";

export type SpendFit = {
  model: GammaGamma;
  logLikelihood: number;
  /** Customers with a repeat purchase of a mean value above zero. */
  customers: number;
  isConverged: boolean;
  evaluations: number;
  /** Of the logarithms of p, q and v. */
  covariance: number[][] | null;
  flags: FitFlag[];
};

/**
 * Fits how much a purchase day is worth, on customers with x > 0 and m > 0. Values are searched in units of their mean, so that the
 * bounds mean the same in every currency; `v` and the log-likelihood are given back in the currency. @returns null without customers
 */
export function fitSpend(histories: { repeats: Float64Array; meanValue: Float64Array }): SpendFit | null {
  const raw = toSpendRows(histories);
  if (raw.n === 0) return null;
  const scale = raw.meanValue.reduce((sum, each) => sum + each, 0) / raw.n;
  const rows = toSpendRows(histories, scale);
  const step = Math.ceil(rows.n / THIN_GROUPS);
  const thin =
    step <= 1
      ? rows
      : toSpendRows({
          repeats: rows.repeats.filter((_, at) => at % step === 0),
          meanValue: rows.meanValue.filter((_, at) => at % step === 0),
        });
  const climb = (part: typeof rows, start: readonly number[], guess: number[][] | null) =>
    maximise(
      onLogs(([p = 1, q = 1, v = 1]) => gammaGammaLikelihood(part, { p, q, v })),
      start,
      PARAMETER_BOUNDS,
      guess,
    );
  const starts = [
    [6, 4, 0.5],
    [1, 2, 1],
    [2, 10, 5],
  ];
  const found = starts.map((start) => climb(thin, start.map(Math.log), null));
  const best = found.reduce((left, right) => (right.value > left.value ? right : left));
  const whole = thin === rows ? best : climb(rows, best.point, scaleMatrix(best.covariance, thin.n / rows.n));
  const [p = 1, q = 1, v = 1] = whole.point.map(Math.exp);
  const flags: FitFlag[] = [];
  if (rows.n < FEW_REPEATERS) flags.push("few_repeaters");
  if (whole.isAtBound.includes(true)) flags.push("bound_touched");
  if (!whole.isConverged) flags.push("not_converged");
  if (q <= 1) flags.push("mean_value_unbounded");
  return {
    model: { p, q, v: v * scale },
    logLikelihood: whole.value - rows.n * Math.log(scale),
    customers: rows.n,
    isConverged: whole.isConverged,
    evaluations: found.reduce(
      (sum, { evaluations }) => sum + evaluations,
      thin === rows ? 0 : whole.evaluations,
    ),
    covariance: whole.covariance,
    flags,
  };
}
