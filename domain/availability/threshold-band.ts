/** How many thresholds a subscription may name. */
export const MAX_THRESHOLDS = 10;

/**
 * On which side of each threshold a quantity is, as one number: how many of the thresholds (ascending, none twice) it is
 * above. v is on the low side of t when v ≤ t. So 0 and 5 part the quantities in 0: none left, 1: one to five, 2: more.
 * A quantity crosses a threshold exactly when its band changes.
 */
export function thresholdBand(thresholds: readonly number[], quantity: number): number {
  let band = 0;
  for (const threshold of thresholds) {
    if (quantity <= threshold) break;
    band += 1;
  }
  return band;
}

/** Ascending, each once: the form that {@link thresholdBand} takes. */
export function sortThresholds(thresholds: readonly number[]): number[] {
  return [...new Set(thresholds)].sort((a, b) => a - b);
}
