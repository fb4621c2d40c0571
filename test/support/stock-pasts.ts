import fc from "fast-check";
import { createLocalClock, dateOfDay, dayOfDate } from "../../domain/time-zone/local-clock.ts";
import type { MovementReason } from "../../domain/movement.ts";

/** Over a change of the clocks in both zones. */
export const FIRST_DAY = dayOfDate("2026-03-01");
export const DAYS = 40;
export const DAY_MS = 86_400_000;
const ZONES = ["UTC", "Europe/Berlin", "America/New_York"] as const;
export const CATEGORIES = ["shirts", "shoes"] as const;
export const BY = ["all", "location", "category", "day", "week", "month"] as const;
export type By = (typeof BY)[number];

export const PRODUCTS = [
  { gtin: 17, category: "shirts", costMicros: 3_100_000n, priceMicros: 9_990_000n, isTagged: true },
  { gtin: 24, category: "shoes", costMicros: null, priceMicros: 50_000_000n, isTagged: true },
  { gtin: 31, category: "shoes", costMicros: 12_345_678n, priceMicros: null, isTagged: false },
  { gtin: 48, category: "shirts", costMicros: 333_333n, priceMicros: 1_000_000n, isTagged: true },
] as const;

/** What a ghost may be asked for. */
export const UNSEEN_DAYS = [0.5, 1, 2, 4, 8] as const;
/** Of the list below. */
const RECEIPT = 0;
/** What may happen: its event, and the reason and state of its lines with the sign of their units. */
const HAPPENINGS = [
  { event: "receipt", lines: [{ reason: "received", state: "sellable", sign: 1 }] },
  { event: "receipt", lines: [{ reason: "received", state: "sellable", sign: 1 }] },
  { event: "sale", lines: [{ reason: "sold", state: "sellable", sign: -1 }] },
  { event: "sale", lines: [{ reason: "sold", state: "sellable", sign: -1 }] },
  { event: "void", lines: [{ reason: "reversed", state: "sellable", sign: 1 }] },
  { event: "return", lines: [{ reason: "returned", state: "inspect", sign: 1 }] },
  { event: "return", lines: [{ reason: "returned", state: "sellable", sign: 1 }] },
  { event: "item_missing", lines: [{ reason: "missing", state: "sellable", sign: -1 }] },
  { event: "item_left", lines: [{ reason: "left", state: "sellable", sign: -1 }] },
  { event: "item_seen", lines: [{ reason: "found", state: "sellable", sign: 1 }] },
  { event: "sale", lines: [{ reason: "reversed", state: "sellable", sign: 1 }] },
  { event: "adjustment", lines: [{ reason: "adjusted", state: "sellable", sign: -1 }] },
  { event: "transfer_out", lines: [{ reason: "transferred_out", state: "sellable", sign: -1 }] },
  {
    event: "state_change",
    lines: [
      { reason: "state_changed", state: "sellable", sign: -1 },
      { reason: "state_changed", state: "damaged", sign: 1 },
    ],
  },
] as const satisfies readonly {
  event: string;
  lines: readonly { reason: MovementReason; state: string; sign: 1 | -1 }[];
}[];

const place = fc.nat(1);
const product = fc.nat(PRODUCTS.length - 1);
const minute = fc.nat(DAYS * 1440 - 1);
const units = fc.integer({ min: 1, max: 3 });

const someOf = (values: readonly string[]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.subarray([...values], { minLength: 1 }) },
  );

const drawnArbitrary = fc.record({
  happenings: fc.array(
    fc.record({
      place,
      product,
      minute,
      units,
      what: fc.nat(HAPPENINGS.length - 1),
      order: fc.constantFrom("", "", "web", "store"),
    }),
    { minLength: 10, maxLength: 50 },
  ),
  /** Days that were told of the first location's first two products; the ledger may have lines of them too. */
  toldDays: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 })),
  told: fc.array(fc.integer({ min: -1, max: 6 }), { minLength: 160, maxLength: 160 }),
  counts: fc.array(
    fc.record({
      place,
      product,
      minute,
      isLive: fc.constantFrom(true, false, false),
      book: fc.nat(6),
      counted: fc.nat(6),
      itemsRead: fc.option(fc.nat(6)),
    }),
    { minLength: 12, maxLength: 24 },
  ),
  sales: fc.array(
    fc.record({ place, product, minute, units, isReturn: fc.boolean(), priceMicros: fc.nat(40_000_000) }),
    { maxLength: 20 },
  ),
  sights: fc.array(fc.record({ place, product, minute }), { maxLength: 6 }),
  items: fc.array(
    fc.record({
      place,
      product,
      zone: fc.constantFrom("floor", "back", "dock"),
      status: fc.constantFrom("present", "present", "exiting", "sold", "missing"),
      state: fc.constantFrom("sellable", "sellable", "damaged"),
    }),
    { maxLength: 14 },
  ),
  /** What stands somewhere, and was last seen so many minutes before it is asked. */
  standing: fc.uniqueArray(
    fc.record({
      place,
      product,
      units,
      zone: fc.constantFrom("floor", "back"),
      unseen: fc.oneof(fc.nat(600), fc.nat(12 * 1440)),
    }),
    { minLength: 6, maxLength: 8, size: "max", selector: (one) => `${one.place}/${one.product}` },
  ),
  from: fc.option(fc.nat(20), { freq: 3 }),
  length: fc.integer({ min: 10, max: DAYS }),
  asOf: fc.oneof(fc.constant(DAYS), fc.integer({ min: 15, max: DAYS })),
  zone: fc.constantFrom(...ZONES),
  categories: someOf(CATEGORIES),
  isOnePlace: fc.constantFrom(true, false, false),
  by: fc.constantFrom(...BY),
  against: fc.constantFrom("received", "sold_and_on_hand"),
  tolerance: fc.nat(2),
  unseenDays: fc.constantFrom(...UNSEEN_DAYS),
});

type Drawn = typeof drawnArbitrary extends fc.Arbitrary<infer Past> ? Past : never;

/** What stands somewhere came with a receipt, lies there as an item, and was seen. */
function withStanding(drawn: Drawn) {
  const askedMinute = drawn.asOf * 1440 + 720;
  const receipts = drawn.standing.map(({ place: at, product: of, units: many, unseen }) => ({
    place: at,
    product: of,
    units: many,
    minute: unseen % 1440,
    what: RECEIPT,
    order: "" as const,
  }));
  const sights = drawn.standing.map(({ place: at, product: of, unseen }) => ({
    place: at,
    product: of,
    minute: askedMinute - unseen,
  }));
  const items = drawn.standing.map(({ place: at, product: of, zone }) => ({
    place: at,
    product: of,
    zone,
    status: "present" as const,
    state: "sellable" as const,
  }));
  return {
    ...drawn,
    happenings: [...receipts, ...drawn.happenings],
    sights: [...sights, ...drawn.sights],
    items: [...items, ...drawn.items],
  };
}

/** What happened at two locations, what was told of the days before, and what is asked. */
export const pastArbitrary = drawnArbitrary.map(withStanding);
export type DrawnPast = typeof pastArbitrary extends fc.Arbitrary<infer Past> ? Past : never;

export const happeningOf = (index: number) => HAPPENINGS[index] ?? HAPPENINGS[0];
export const productOf = (index: number) => PRODUCTS[index] ?? PRODUCTS[0];
export const instantOf = (minutes: number): number => FIRST_DAY * DAY_MS + minutes * 60_000;

export type StockQuestion = {
  fromDay: number;
  untilDay: number;
  fromMs: number;
  /** The end of the window, or now, whichever is sooner. */
  untilMs: number;
  nowMs: number;
  timeZone: string;
  locations: string[];
  categories: readonly string[];
  by: By;
  asked: Record<string, string | string[]>;
};

/** What is asked of a past whose locations are these. */
export function questionOf(drawn: DrawnPast, locations: readonly string[]): StockQuestion {
  const clock = createLocalClock(drawn.zone);
  const firstDay = FIRST_DAY + (drawn.from ?? 0);
  const toDay = firstDay + drawn.length;
  const nowMs = (FIRST_DAY + drawn.asOf) * DAY_MS + 43_200_000;
  const wanted = drawn.isOnePlace ? locations.slice(0, 1) : [...locations];
  return {
    fromDay: drawn.from === null ? 0 : firstDay,
    untilDay: Math.min(toDay, clock.read(nowMs).day),
    fromMs: drawn.from === null ? 0 : clock.toUnixMs(firstDay, 0),
    untilMs: Math.min(clock.toUnixMs(toDay, 0), nowMs),
    nowMs,
    timeZone: drawn.zone,
    locations: wanted,
    categories: drawn.categories,
    by: drawn.by,
    asked: {
      from: drawn.from === null ? "beginning" : dateOfDay(firstDay),
      to: dateOfDay(toDay),
      timeZone: drawn.zone,
      location: wanted,
      category: [...drawn.categories],
      currency: "EUR",
    },
  };
}
