import fc from "fast-check";
import type { SaleLine } from "../../domain/kpis/sale-line.ts";
import { dayOfDate } from "../../domain/time-zone/local-clock.ts";

const CHANNELS = ["store", "web", "app"] as const;
const METHODS = ["carry_out", "pickup", "curbside", "ship_from_store", "delivery"] as const;
const LOCATIONS = ["S1", "S2"] as const;
/** They had none of what was then ordered elsewhere. */
const ASKED = [...LOCATIONS, "S3"] as const;
export const PRODUCTS = [
  { gtin: 17, kind: "merchandise", category: "shirts", costMicros: 3_100_000n },
  { gtin: 24, kind: "merchandise", category: "shoes", costMicros: null },
  { gtin: 31, kind: "non_merchandise", category: "", costMicros: null },
  { gtin: 48, kind: "merchandise", category: "shirts", costMicros: 333_333n },
] as const;
/** Customers 0 to 2 are ids of the source; 3 to 6 are records, which may be merged. */
export const RECORDS = [3, 4, 5, 6] as const;
const CUSTOMERS = [0, 1, 2, ...RECORDS] as const;
const ZONES = ["UTC", "Europe/Berlin", "America/New_York"] as const;
/** Over a change of the clocks in both zones. */
export const FIRST_DAY = dayOfDate("2026-01-25");
export const DAYS = 130;
const MONTH_BEGINS = ["2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"].map(dayOfDate);
/** From one month's begin to another's: who bought on the one is a customer at the other, or just not any more. */
const DAYS_OF_MONTHS = [28, 31, 30, 59, 61, 89];

export type DrawnLine = {
  order: number;
  customer: number | null;
  type: SaleLine["lineType"];
  channel: (typeof CHANNELS)[number];
  method: (typeof METHODS)[number];
  location: (typeof LOCATIONS)[number];
  product: number;
  units: number;
  priceMicros: number;
  minute: number;
};

const lineArbitrary: fc.Arbitrary<DrawnLine> = fc.record({
  order: fc.nat(12),
  customer: fc.option(fc.nat(6), { freq: 5 }),
  type: fc.constantFrom("sale", "sale", "sale", "sale", "return", "cancellation"),
  channel: fc.constantFrom(...CHANNELS),
  method: fc.constantFrom(...METHODS),
  location: fc.constantFrom(...LOCATIONS),
  product: fc.nat(PRODUCTS.length - 1),
  units: fc.integer({ min: 1, max: 4 }),
  priceMicros: fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 90_000_000 }) },
  ),
  minute: fc.oneof(
    { weight: 2, arbitrary: fc.nat(DAYS * 1440 - 1) },
    // Where a month begins in one time zone and not yet in another, and at the very edges of days.
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...MONTH_BEGINS), fc.constantFrom(-301, -300, -241, -240, -61, -60, -1, 0, 30))
        .map(([day, minutes]) => (day - FIRST_DAY) * 1440 + minutes),
    },
  ),
});

const someOf = (values: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.subarray([...values], { minLength: 1 }) },
  );

const newcomerArbitrary = fc.record({ day: fc.constantFrom(...MONTH_BEGINS), isOnce: fc.boolean() });

/** Lines, who is one person with whom, and what is asked. */
export const historyArbitrary = fc.record({
  lines: fc.array(lineArbitrary, { minLength: 20, maxLength: 60, size: "max" }),
  /** Of some customers, the begin of a month before which they bought nothing, or on which they bought all: first purchases are else all early. */
  newcomers: fc.tuple(...CUSTOMERS.map(() => fc.option(newcomerArbitrary, { freq: 2 }))),
  /** Asks for all there is. */
  isWide: fc.constantFrom(true, true, false),
  /** Of each record, the record that its person is. */
  persons: fc.tuple(...RECORDS.map(() => fc.constantFrom(...RECORDS))),
  /** Orders that came about in a store that had none left. */
  saved: fc.uniqueArray(fc.record({ order: fc.nat(12), askedAt: fc.constantFrom(...ASKED) }), {
    minLength: 2,
    maxLength: 4,
    selector: ({ order }) => order,
  }),
  from: fc.option(fc.oneof(fc.nat(40), fc.constantFrom(7, 35)), { freq: 3 }),
  length: fc.integer({ min: 40, max: DAYS }),
  zone: fc.constantFrom(...ZONES),
  locations: someOf(LOCATIONS),
  channels: someOf(CHANNELS),
  categories: someOf(["shirts", "shoes"]),
  cohort: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom("2026-01", "2026-02", "2026-03") },
  ),
  isMerchandiseOnly: fc.boolean(),
  countsFree: fc.boolean(),
  activeDays: fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }) },
    { weight: 2, arbitrary: fc.constantFrom(...DAYS_OF_MONTHS) },
  ),
  asOf: fc.integer({ min: 60, max: DAYS }),
});
export type DrawnHistory = typeof historyArbitrary extends fc.Arbitrary<infer History> ? History : never;
