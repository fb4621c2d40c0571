import { type Comparison, compareMatched } from "./compare-matched.ts";

/** An order that was promised, with what its customer did afterwards. */
export type PromisedOrder = {
  isBroken: boolean;
  /** True where the customer bought nothing in the 90 days after it. Leave out orders whose 90 days are not over. */
  isChurned: boolean;
  /** What must be alike for two orders to be compared: month of the promise, … */
  month: string;
  /** … and how many orders the customer had placed before it. */
  ordersBefore: number;
};

export type BrokenPromiseChurn = { plain: Comparison; matched: Comparison; warning: string };

export const BROKEN_PROMISE_WARNING =
  "Promises are not broken by chance: stores and seasons with many broken promises may lose customers for other reasons. " +
  "The matched difference compares customers with as many orders before, in the same month.";

/** Orders before, as they are compared: none, one, 2–3, 4–7, 8 or more. */
function loyaltyBand(ordersBefore: number): number {
  return ordersBefore <= 0 ? 0 : Math.min(4, 1 + Math.floor(Math.log2(ordersBefore)));
}

/**
 * K11: share of customers without a purchase in the 90 days after a broken promise − the same share after a kept one; plain, and
 * matched on the month and the customer's orders before. In shares (0.02 = two of a hundred), with a bootstrap interval.
 */
export function brokenPromiseChurn(
  orders: Iterable<PromisedOrder>,
  options: { seed?: number; resamples?: number; confidence?: number } = {},
): BrokenPromiseChurn {
  const known = [...orders];
  const compare = (stratumOf: (order: PromisedOrder) => string) =>
    compareMatched(
      known.map((order) => ({
        stratum: stratumOf(order),
        isTreated: order.isBroken,
        value: order.isChurned ? 1 : 0,
      })),
      { statistic: "difference", ...options },
    );
  return {
    plain: compare(() => ""),
    matched: compare(({ month, ordersBefore }) => `${month}/${loyaltyBand(ordersBefore)}`),
    warning: BROKEN_PROMISE_WARNING,
  };
}
