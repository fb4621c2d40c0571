/**
 * What the models know of customers, one place of each column for one customer: `repeats` x = days with a purchase − 1, `lastWeeks`
 * t_x = last − first purchase, `ageWeeks` T = end of observation − first purchase, `meanValue` m = mean value of the days after the
 * first one (0 without one). 0 ≤ t_x ≤ T, and t_x = 0 where x = 0.
 */
export type PurchaseHistories = {
  repeats: Float64Array;
  lastWeeks: Float64Array;
  ageWeeks: Float64Array;
  meanValue: Float64Array;
};

export type PurchaseHistory = { repeats: number; lastWeeks: number; ageWeeks: number; meanValue: number };

const DAYS_PER_WEEK = 7;

/**
 * The history of one customer from values by day: `day` counts days from any fixed day on. Purchases of one day are one. Days after
 * `endDay` do not count. @returns null for a customer who had not bought by then.
 */
export function summarisePurchases(
  purchases: readonly { day: number; value: number }[],
  endDay: number,
): PurchaseHistory | null {
  const values = new Map<number, number>();
  for (const { day, value } of purchases) {
    if (day <= endDay) values.set(day, (values.get(day) ?? 0) + value);
  }
  if (values.size === 0) return null;
  const first = Math.min(...values.keys());
  const last = Math.max(...values.keys());
  const repeats = values.size - 1;
  let later = 0;
  for (const [day, value] of values) if (day !== first) later += value;
  return {
    repeats,
    lastWeeks: (last - first) / DAYS_PER_WEEK,
    ageWeeks: (endDay - first) / DAYS_PER_WEEK,
    meanValue: repeats === 0 ? 0 : later / repeats,
  };
}

export function toHistories(rows: readonly PurchaseHistory[]): PurchaseHistories {
  return {
    repeats: Float64Array.from(rows, (row) => row.repeats),
    lastWeeks: Float64Array.from(rows, (row) => row.lastWeeks),
    ageWeeks: Float64Array.from(rows, (row) => row.ageWeeks),
    meanValue: Float64Array.from(rows, (row) => row.meanValue),
  };
}
