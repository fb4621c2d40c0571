import fc from "fast-check";
import type { SaleFilter, SaleLine } from "../../domain/kpis/sale-line.ts";
import { createLocalClock, dateOfDay, dayOfDate } from "../../domain/time-zone/local-clock.ts";
import type { Cell, Database } from "../../sql/database.ts";

const DAY_MS = 86_400_000;
const CHANNELS = ["store", "web", "app"] as const;
const METHODS = ["carry_out", "pickup", "curbside", "ship_from_store"] as const;
const LOCATIONS = ["S1", "S2"] as const;
const PRODUCTS = [
  { gtin: 17, kind: "merchandise", category: "shirts", costMicros: 3_100_000n },
  { gtin: 24, kind: "merchandise", category: "shoes", costMicros: null },
  { gtin: 31, kind: "non_merchandise", category: "", costMicros: null },
  { gtin: 48, kind: "merchandise", category: "shirts", costMicros: 333_333n },
] as const;
/** Customers 0 to 2 are ids of the source; 3 to 6 are records, which may be merged. */
const RECORDS = [3, 4, 5, 6] as const;
const CUSTOMERS = [0, 1, 2, ...RECORDS] as const;
const ZONES = ["UTC", "Europe/Berlin", "America/New_York"] as const;
/** Over a change of the clocks in both zones. */
const FIRST_DAY = dayOfDate("2026-01-25");
const DAYS = 130;
const MONTH_BEGINS = ["2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"].map(dayOfDate);
/** From one month's begin to another's: who bought on the one is a customer at the other, or just not any more. */
const DAYS_OF_MONTHS = [28, 31, 30, 59, 61, 89];

type DrawnLine = {
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

/** One that lies in the database beside others: they have sources and currencies of their own. */
export type StoredHistory = {
  lines: SaleLine[];
  filter: SaleFilter;
  /** The filter as parameters of a report. */
  asked: Record<string, string | string[]>;
  activeDays: number;
  asOfMs: number;
};

const currencyOf = (index: number): string =>
  `X${String.fromCharCode(65 + Math.floor(index / 26))}${String.fromCharCode(65 + (index % 26))}`;
const decimal = (micros: bigint): string =>
  `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, "0")}`;

export async function storeProducts(db: Database): Promise<void> {
  await db.insert({
    name: "test/products",
    table: "products",
    columns: ["gtin", "kind", "category", "cost", "version"],
    rows: PRODUCTS.map(({ gtin, kind, category, costMicros }) => [
      gtin,
      kind,
      category,
      costMicros === null ? null : decimal(costMicros),
      1,
    ]),
  });
}

export async function storeHistory(db: Database, drawn: DrawnHistory, index: number): Promise<StoredHistory> {
  const source = `h${index}`;
  const record = (customer: number): string => `cus_${source}_${customer}`;
  const personOf = (customer: number): string => {
    const place = RECORDS.findIndex((one) => one === customer);
    return place < 0 ? `${source}/c${customer}` : record(drawn.persons[place] ?? customer);
  };
  await db.insert({
    name: "test/persons",
    table: "customer_events",
    columns: ["customer_id", "ordinal", "kind", "person_id"],
    rows: RECORDS.map((customer) => [record(customer), 1, "created", personOf(customer)]),
  });

  const rows: Cell[][] = [];
  const lines: SaleLine[] = drawn.lines.map((line, lineIndex) => {
    const product = PRODUCTS[line.product] ?? PRODUCTS[0];
    const quantity = line.type === "sale" ? line.units : -line.units;
    const priceMicros = BigInt(line.priceMicros);
    const newcomer = line.customer === null ? null : (drawn.newcomers[line.customer] ?? null);
    const drawnMs = FIRST_DAY * DAY_MS + line.minute * 60_000;
    // Noon in UTC is the same day in all zones.
    const earliestMs = newcomer === null ? 0 : newcomer.day * DAY_MS + DAY_MS / 2;
    const atMs = newcomer?.isOnce === true ? earliestMs : Math.max(earliestMs, drawnMs);
    const customerId =
      line.customer === null ? "" : line.customer < 3 ? `c${line.customer}` : record(line.customer);
    rows.push([
      source,
      `o${line.order}`,
      lineIndex + 1,
      line.type,
      line.channel,
      line.method,
      line.location,
      customerId,
      product.gtin,
      quantity,
      decimal(priceMicros),
      currencyOf(index),
      new Date(atMs).toISOString(),
      1,
    ]);
    return {
      orderId: `${source}/o${line.order}`,
      lineType: line.type,
      personId: line.customer === null ? null : personOf(line.customer),
      channel: line.channel,
      method: line.method,
      locationId: line.location,
      category: product.category,
      isMerchandise: product.kind === "merchandise",
      quantity,
      priceMicros,
      netMicros: BigInt(quantity) * priceMicros,
      costMicros: product.costMicros === null ? null : BigInt(quantity) * product.costMicros,
      currency: currencyOf(index),
      atMs,
    };
  });
  await db.insert({
    name: "test/lines",
    table: "order_lines",
    columns: [
      "source",
      "order_id",
      "line_no",
      "line_type",
      "channel",
      "method",
      "location_id",
      "customer_id",
      "gtin",
      "quantity",
      "unit_price",
      "currency",
      "ordered_at",
      "version",
    ],
    rows,
  });
  return { lines, ...questionOf(drawn, currencyOf(index)) };
}

const WIDE = {
  from: null,
  length: DAYS,
  asOf: DAYS,
  locations: [],
  channels: [],
  categories: [],
  cohort: null,
  isMerchandiseOnly: false,
};

function questionOf(history: DrawnHistory, currency: string): Omit<StoredHistory, "lines"> {
  const drawn = history.isWide ? { ...history, ...WIDE } : history;
  const clock = createLocalClock(drawn.zone);
  const fromDay = FIRST_DAY + (drawn.from ?? 0);
  const toDay = fromDay + drawn.length;
  const filter: SaleFilter = {
    fromMs: drawn.from === null ? 0 : clock.toUnixMs(fromDay, 0),
    toMs: clock.toUnixMs(toDay, 0),
    timeZone: drawn.zone,
    currency,
    locations: drawn.locations,
    channels: drawn.channels,
    categories: drawn.categories,
    cohort: drawn.cohort,
    isMerchandiseOnly: drawn.isMerchandiseOnly,
    countsFree: drawn.countsFree,
  };
  const asked = {
    from: drawn.from === null ? "beginning" : dateOfDay(fromDay),
    to: dateOfDay(toDay),
    timeZone: drawn.zone,
    currency,
    location: drawn.locations,
    channel: drawn.channels,
    category: drawn.categories,
    cohort: drawn.cohort ?? "",
    kind: drawn.isMerchandiseOnly ? "merchandise" : "all",
    free: drawn.countsFree ? "count" : "leave_out",
  };
  return {
    filter,
    asked,
    activeDays: drawn.activeDays,
    asOfMs: (FIRST_DAY + drawn.asOf) * DAY_MS + 43_200_000,
  };
}
