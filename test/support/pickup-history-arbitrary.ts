import fc from "fast-check";
import { ORDER_CAUSES } from "../../domain/orders/order-step.ts";

export const LOCATIONS = ["S1", "S2", "W1"] as const;
export const CATEGORIES = { 17: "shirts", 24: "shoes" } as const;
const CHANNELS = ["store", "web", "app"] as const;
const METHODS = ["pickup", "pickup", "curbside", "ship_from_store"] as const;
const STATUSES = ["allocated", "ready", "collected", "collected", "short", "cancelled", "no_show"] as const;

const channel = fc.constantFrom(...CHANNELS);
const location = fc.constantFrom(...LOCATIONS);
const customer = fc.option(fc.nat(4), { freq: 5 });
const minute = fc.nat(25 * 1440);
/** Minutes after the step before; null where it was not reached. */
const later = (freq: number) => fc.option(fc.nat(3_000), { freq });

const orderArbitrary = fc.record({
  customer,
  channel,
  minute,
  parts: fc.array(
    fc.record({
      location,
      method: fc.constantFrom(...METHODS),
      status: fc.constantFrom(...STATUSES),
      promised: later(6),
      accepted: later(4),
      picking: later(4),
      ready: later(4),
      arrived: later(2),
      collected: later(4),
      cancelled: later(2),
      noShow: later(2),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  lines: fc.array(
    fc.record({
      part: fc.nat(1),
      gtin: fc.constantFrom(17 as const, 24 as const),
      quantity: fc.integer({ min: 1, max: 3 }),
      short: fc.constantFrom(0, 0, 0, 1),
      cancelled: fc.constantFrom(0, 0, 0, 1),
      handedOver: fc.nat(3),
      insteadOf: fc.constantFrom(0, 0, 0, 1),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  steps: fc.array(
    fc.record({
      kind: fc.constantFrom("shorted", "cancelled", "changed", "picked"),
      cause: fc.constantFrom("", ...ORDER_CAUSES),
      actor: fc.constantFrom("staff", "customer", "system"),
      part: fc.nat(1),
      line: fc.nat(3),
    }),
    { maxLength: 3 },
  ),
});

/** What happened, by minutes since the history began, and what is asked. */
export const pickupHistoryArbitrary = fc.record({
  orders: fc.array(orderArbitrary, { minLength: 15, maxLength: 40 }),
  returns: fc.array(
    fc.record({
      customer,
      channel: fc.constantFrom(...CHANNELS, "" as const),
      location,
      way: fc.constantFrom("in_store", "by_post"),
      minute,
      sellable: later(2),
      exchange: fc.option(fc.nat(5), { freq: 2 }),
    }),
    { minLength: 5, maxLength: 15 },
  ),
  /** Around a collection or a return, mostly by who collected or returned. */
  purchases: fc.array(
    fc.record({
      at: fc.nat(60),
      offset: fc.constantFrom(-10, 0, 1, 59, 60, 61, 5_000),
      isSame: fc.constantFrom(true, true, true, false),
      customer,
      location,
      method: fc.constantFrom("carry_out", "carry_out", "pickup"),
      price: fc.constantFrom(0, 5, 5, 5),
      type: fc.constantFrom("sale" as const, "sale" as const, "return" as const),
    }),
    { minLength: 10, maxLength: 30 },
  ),
  misses: fc.array(fc.record({ location, minute, isSaved: fc.boolean() }), { maxLength: 10 }),
  answers: fc.array(fc.record({ isNps: fc.boolean(), score: fc.nat(10), location, channel, minute }), {
    maxLength: 20,
  }),
  offers: fc.array(fc.record({ isRedeemed: fc.boolean(), issuing: channel, redeeming: channel, minute }), {
    maxLength: 20,
  }),
  /** Of each customer, the one that they are one person with. */
  persons: fc.tuple(...[0, 1, 2, 3, 4].map(() => fc.nat(4))),
  from: fc.nat(5),
  length: fc.integer({ min: 12, max: 28 }),
  zone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York"),
  locations: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.subarray<string>([...LOCATIONS]) },
  ),
  channels: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.subarray<string>([...CHANNELS]) },
  ),
  categories: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.constant<string[]>(["shoes"]) },
  ),
  churnDays: fc.integer({ min: 1, max: 6 }),
});
export type DrawnPickups =
  typeof pickupHistoryArbitrary extends fc.Arbitrary<infer History> ? History : never;
