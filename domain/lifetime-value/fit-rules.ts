/** What must be known before a fit is believed. */
export const FIT_FLAGS = [
  /** No interior optimum of BG/NBD: purchases are expected as if nobody ever left, and no P(alive) is given. */
  "no_dropout_detectable",
  /** Under 100 customers bought again. */
  "few_repeaters",
  /** A parameter stands at 1e-6 or 1e4. */
  "bound_touched",
  /** The search ended on a slope. */
  "not_converged",
  /** q ≤ 1: the mean value of customers without a repeat purchase is not bounded, and none is given. */
  "mean_value_unbounded",
] as const;
export type FitFlag = (typeof FIT_FLAGS)[number];

export const FEW_REPEATERS = 100;

/** Bounds of the logarithms of every parameter. */
export const PARAMETER_BOUNDS = { lower: Math.log(1e-6), upper: Math.log(1e4) };

/** Rows that the search from several starts looks at; the last climb looks at all. */
export const THIN_GROUPS = 20_000;
