import { z } from "zod";

/** As long as a lead time may be at the most, in minutes of opening hours. */
const MAX_MINUTES = 10_080;

/**
 * How a store's load and history lengthen its promises. Of the orders that lay ready in the last `days` the `percentile` counts, where
 * there are at least `minOrders` of them. `minutesPerOrder`: what an order takes where that is not measured; `pickersAtOnce`: orders that a
 * location works on side by side.
 */
export const readyBySettingsSchema = z.object({
  days: z.number().int().min(1).max(180).default(28),
  minOrders: z.number().int().min(1).max(100_000).default(20),
  percentile: z.number().gt(0).lt(1).default(0.9),
  minutesPerOrder: z.number().min(0).max(1_440).default(10),
  pickersAtOnce: z.number().int().min(1).max(1_000).default(2),
});
export type ReadyBySettings = z.infer<typeof readyBySettingsSchema>;

/** How long one order took, in minutes of opening hours: from when the store had it until it lay ready, and of that the work itself. */
export type MeasuredOrder = { readyMinutes: number; workMinutes: number | null };

/** What a location's recent orders say. Null: there are too few of them. */
export type StorePace = { readyMinutes: number | null; minutesPerOrder: number | null; orders: number };

/**
 * How long a location needs, in minutes of opening hours, and why: `configured` is its own lead time, `history` how long its orders took
 * lately, `load` the orders that are ahead. The other numbers are those that were weighed.
 */
export const workTimeSchema = z.object({
  minutes: z.number().int(),
  because: z.enum(["configured", "history", "load"]),
  configuredMinutes: z.number().int(),
  measuredMinutes: z.number().int().nullable(),
  measuredOrders: z.number().int(),
  ordersAhead: z.number().int(),
});
export type WorkTime = z.infer<typeof workTimeSchema>;

/** The pace of a location by its recent orders: a percentile (nearest rank) of the whole time, the median of the work itself. */
export function paceOf(orders: readonly MeasuredOrder[], settings: ReadyBySettings): StorePace {
  const work = orders.flatMap(({ workMinutes }) => workMinutes ?? []);
  const least = settings.minOrders;
  return {
    readyMinutes:
      orders.length < least
        ? null
        : rankOf(
            orders.map(({ readyMinutes }) => readyMinutes),
            settings.percentile,
          ),
    minutesPerOrder: work.length < least ? null : rankOf(work, 0.5),
    orders: orders.length,
  };
}

/**
 * Minutes of opening hours that an order needs which comes now: the longest of
 *
 * - L, the configured lead time: never less;
 * - D, the percentile of what orders took lately (of collected orders; null where too few were measured, or it is of no use here);
 * - (a + 1) × h ÷ p: the `ordersAhead` a and this one, each h minutes of work, p of them side by side.
 *
 * D has the waiting of usual days in it, so that the load is not added to it but stands beside it. More orders ahead, slower orders or a
 * longer lead time never make it shorter.
 */
export function workTime(of: {
  configuredMinutes: number;
  pace: StorePace;
  isCollected: boolean;
  ordersAhead: number;
  settings: ReadyBySettings;
}): WorkTime {
  const { configuredMinutes, pace, ordersAhead, settings } = of;
  const measured = of.isCollected ? pace.readyMinutes : null;
  const measuredMinutes = measured === null ? null : inBounds(measured);
  const perOrder = pace.minutesPerOrder ?? settings.minutesPerOrder;
  // Without anybody ahead the lead time is what an order takes.
  const queueMinutes =
    ordersAhead === 0 ? 0 : inBounds(((ordersAhead + 1) * perOrder) / settings.pickersAtOnce);
  const minutes = Math.max(configuredMinutes, measuredMinutes ?? 0, queueMinutes);
  const because =
    minutes === configuredMinutes ? "configured" : minutes === measuredMinutes ? "history" : "load";
  return { minutes, because, configuredMinutes, measuredMinutes, measuredOrders: pace.orders, ordersAhead };
}

function inBounds(minutes: number): number {
  return Math.min(MAX_MINUTES, Math.ceil(minutes));
}

function rankOf(values: readonly number[], percentile: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(percentile * sorted.length) - 1] ?? 0;
}
