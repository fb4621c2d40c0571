import type { SaleFilter, SaleLine } from "../../domain/kpis/sale-line.ts";
import { createLocalClock, dateOfDay } from "../../domain/time-zone/local-clock.ts";
import type { Cell, Database } from "../../sql/database.ts";
import { DAYS, type DrawnHistory, FIRST_DAY, PRODUCTS, RECORDS } from "./sale-history-arbitrary.ts";

const DAY_MS = 86_400_000;

/** One that lies in the database beside others: they have sources and currencies of their own. */
export type StoredHistory = {
  lines: SaleLine[];
  /** Of orders that came about in a store that had none left, that store. */
  askedAt: Map<string, string>;
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
  const isRecord = (customer: number): boolean => RECORDS.some((one) => one === customer);
  const orderOf = (order: number): string => `${source}-o${order}`;
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
      line.customer === null ? "" : isRecord(line.customer) ? record(line.customer) : `c${line.customer}`;
    rows.push([
      source,
      orderOf(line.order),
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
      orderId: `${source}/${orderOf(line.order)}`,
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
  await db.insert({
    name: "test/misses",
    table: "history_misses",
    columns: ["source", "miss_id", "location_id", "gtin", "at", "saved_order_id"],
    rows: drawn.saved.map(({ order, askedAt }) => [
      source,
      `m${order}`,
      askedAt,
      17,
      new Date(FIRST_DAY * DAY_MS).toISOString(),
      orderOf(order),
    ]),
  });
  const askedAt = new Map(drawn.saved.map((one) => [`${source}/${orderOf(one.order)}`, one.askedAt]));
  return { lines, askedAt, ...questionOf(drawn, currencyOf(index)) };
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

function questionOf(history: DrawnHistory, currency: string): Omit<StoredHistory, "lines" | "askedAt"> {
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
