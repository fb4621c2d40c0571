/** Customers of one group in one window. `isNew` customers bought for the first time of all time within it. */
export type RetentionCounts = { atStart: number; atEnd: number; newInWindow: number };

export type RetentionRatio = {
  /** K4 of customers with two or more channels ÷ K4 of those with exactly one; null where a group is empty or none stayed. */
  ratio: number | null;
  lower: number | null;
  upper: number | null;
  multi: { n: number; rate: number | null };
  single: { n: number; rate: number | null };
  warning: string;
};

export const RETENTION_WARNING =
  "Who stays longer has more time to use a second channel: the ratio does not say that a second channel makes people stay.";

/** Standard deviations to either side of a 95 % interval. */
const Z = 1.959963984540054;

/** K4: (customers at the end − new) ÷ customers at the start; null when there were none at the start. */
export function retentionRate({ atStart, atEnd, newInWindow }: RetentionCounts): number | null {
  return atStart === 0 ? null : (atEnd - newInWindow) / atStart;
}

/**
 * K9: retention of customers with several channels ÷ that of customers with one, in the same window. The 95 % interval is that of
 * a ratio of two independent shares, on its logarithm (Katz, Baptista, Azen, Pike 1978): null where nobody of a group stayed.
 */
export function retentionRatio(multi: RetentionCounts, single: RetentionCounts): RetentionRatio {
  const [multiRate, singleRate] = [retentionRate(multi), retentionRate(single)];
  const groups = {
    multi: { n: multi.atStart, rate: multiRate },
    single: { n: single.atStart, rate: singleRate },
    warning: RETENTION_WARNING,
  };
  if (multiRate === null || singleRate === null || singleRate <= 0) {
    return { ratio: null, lower: null, upper: null, ...groups };
  }
  const ratio = multiRate / singleRate;
  if (multiRate <= 0) return { ratio, lower: null, upper: null, ...groups };
  const variance =
    1 / (multi.atEnd - multi.newInWindow) -
    1 / multi.atStart +
    1 / (single.atEnd - single.newInWindow) -
    1 / single.atStart;
  const width = Math.exp(Z * Math.sqrt(Math.max(0, variance)));
  return { ratio, lower: ratio / width, upper: ratio * width, ...groups };
}
