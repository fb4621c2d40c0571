import type { CountLine } from "../../domain/kpis/count-accuracy.ts";
import type { SellableStep } from "../../domain/kpis/i14-last-unit-sales.ts";
import type { StandingItem } from "../../domain/kpis/i9-shelf-availability.ts";
import type { SaleLine } from "../../domain/kpis/sale-line.ts";
import type { StockChangeLine, ToldStockDay } from "../../domain/kpis/stock-days.ts";
import type { Cell, Database } from "../../sql/database.ts";
import { decimalText, instantText, storeStockTables } from "./store-stock-tables.ts";
import { type DrawnPast, FIRST_DAY, happeningOf, instantOf, PRODUCTS, productOf } from "./stock-pasts.ts";

export type StoredCount = CountLine & {
  locationId: string;
  gtin: number;
  countId: string;
  atMs: number;
  isLive: boolean;
};
export type StoredItem = StandingItem & { zoneId: string; isHere: boolean; isSellable: boolean };

/** One that lies in the database beside others, at locations of its own. */
export type StoredPast = {
  locations: string[];
  changes: StockChangeLine[];
  told: ToldStockDay[];
  counts: StoredCount[];
  sales: SaleLine[];
  steps: SellableStep[];
  sights: { locationId: string; gtin: number; atMs: number }[];
  items: StoredItem[];
};

const CHANNELS = ["web", "store"] as const;
/** Products, and an order of each channel that movements may name. */
export async function storeCommon(db: Database): Promise<void> {
  await db.insert({
    name: "test/products",
    table: "products",
    columns: ["gtin", "kind", "category", "cost", "price", "currency", "is_tagged", "version"],
    rows: PRODUCTS.map(({ gtin, category, costMicros, priceMicros, isTagged }) => [
      gtin,
      "merchandise",
      category,
      costMicros === null ? null : decimalText(costMicros),
      priceMicros === null ? null : decimalText(priceMicros),
      "EUR",
      isTagged ? 1 : 0,
      1,
    ]),
  });
  const at = instantText(instantOf(0));
  await db.insert({
    name: "test/orders",
    table: "order_log",
    columns: ["ordinal", "order_id", "kind", "order_json", "decided_at", "recorded_at"],
    rows: CHANNELS.map((channel, index) => [
      index + 1,
      `order-${channel}`,
      "placed",
      JSON.stringify({ channel, status: "open", placedAt: at, changedAt: at, lines: [], fulfilments: [] }),
      at,
      at,
    ]),
  });
}

// biome-ignore format: one line for each group of columns
const EVENT_COLUMNS = [
  "location_id", "ordinal", "event_id", "event_type", "source", "body", "occurred_at", "recorded_at",
  "movements.location_id", "movements.sequence", "movements.gtin", "movements.state", "movements.quantity",
  "movements.reason", "movements.epc", "movements.reservation_id", "movements.order_id",
  "items.epc", "items.gtin", "items.location_id", "items.zone_id", "items.status", "items.state",
  "items.first_seen_at", "items.last_seen_at",
];
const NO_MOVEMENTS = Array.from({ length: 9 }, () => []);
const NO_ITEMS = Array.from({ length: 8 }, () => []);

export async function storePast(db: Database, drawn: DrawnPast, index: number): Promise<StoredPast> {
  const locations = [`p${index}-a`, `p${index}-b`];
  const locationOf = (place: number): string => locations[place] ?? "";
  const events: Cell[][] = [];
  const begin = (locationId: string, type: string, source: string, body: string, atMs: number): Cell[] => {
    const ordinal = index * 10_000 + events.length + 1;
    return [
      locationId,
      ordinal,
      `p${index}-${ordinal}`,
      type,
      source,
      body,
      instantText(atMs),
      instantText(atMs),
    ];
  };
  const changes: StockChangeLine[] = [];
  const steps: SellableStep[] = [];
  const sequences = new Map<string, number>();

  for (const { place, product, minute, units, what, order } of drawn.happenings) {
    const { event, lines } = happeningOf(what);
    const { gtin } = productOf(product);
    const [locationId, atMs] = [locationOf(place), instantOf(minute)];
    const first = sequences.get(locationId) ?? 0;
    sequences.set(locationId, first + lines.length);
    const orderId = order === "" || event !== "sale" ? "" : `order-${order}`;
    const same = (cell: string) => lines.map(() => cell);
    events.push([
      ...begin(locationId, event, event.startsWith("item_") ? "rfid/r1" : "pos/t1", "", atMs),
      same(locationId),
      lines.map((_, line) => first + line + 1),
      lines.map(() => gtin),
      lines.map(({ state }) => state),
      lines.map(({ sign }) => sign * units),
      lines.map(({ reason }) => reason),
      same(""),
      same(""),
      same(orderId),
      ...NO_ITEMS,
    ]);
    for (const { reason, state, sign } of lines) {
      const quantity = sign * units;
      const isVoided = reason === "reversed" && event === "void";
      const isLoss = ["missing", "left", "found"].includes(reason) || (reason === "reversed" && !isVoided);
      changes.push({
        locationId,
        gtin,
        atMs,
        onHand: quantity,
        sellable: state === "sellable" ? quantity : 0,
        sold: reason === "sold" || isVoided ? -quantity : 0,
        returned: reason === "returned" ? quantity : 0,
        received: reason === "received" || reason === "transferred_out" ? quantity : 0,
        lost: isLoss ? -quantity : 0,
      });
      if (state === "sellable") {
        steps.push({ locationId, gtin, atMs, quantity, reason, isOnline: orderId === "order-web" });
      }
    }
  }

  const counts = drawn.counts.map((count, countNo): StoredCount => {
    const { gtin, costMicros, isTagged } = productOf(count.product);
    const [locationId, atMs] = [locationOf(count.place), instantOf(count.minute)];
    const countId = `c${countNo}`;
    const { isLive, book, counted } = count;
    const itemsRead = isLive ? count.itemsRead : (count.itemsRead ?? 0);
    if (isLive) {
      const lines = { gtins: [gtin], expected: [book], counted: [counted], itemsRead: [itemsRead] };
      const body = JSON.stringify({ countId, result: { state: "applied", lines } });
      const held = JSON.stringify({ countId: `${countId}-held`, result: { state: "held", lines } });
      for (const text of [body, held]) {
        const cells = begin(locationId, "count_ended", "stock/hand", text, atMs);
        events.push([...cells, ...NO_MOVEMENTS, ...NO_ITEMS]);
      }
    }
    return {
      locationId,
      gtin,
      countId,
      atMs,
      isLive,
      book,
      counted,
      itemsRead: isTagged ? itemsRead : null,
      costMicros,
    };
  });

  const items = drawn.items.map((item, itemNo): StoredItem => {
    const { gtin } = productOf(item.product);
    const locationId = locationOf(item.place);
    const at = instantText(instantOf(0));
    events.push([
      ...begin(locationId, "item_seen", "rfid/r1", "", instantOf(0)),
      ...NO_MOVEMENTS,
      [`p${index}-${itemNo}`],
      [gtin],
      [locationId],
      [item.zone],
      [item.status],
      [item.state],
      [at],
      [at],
    ]);
    const isHere = item.status === "present" || item.status === "exiting";
    return {
      locationId,
      gtin,
      zoneId: item.zone,
      isHere,
      isSellable: item.state === "sellable",
      isOnFloor: item.zone === "floor",
    };
  });
  await db.insert({ name: "test/events", table: "events", columns: EVENT_COLUMNS, rows: events });

  const told = toldDays(drawn, locationOf(0));
  const past: StoredPast = {
    locations,
    changes,
    told,
    counts,
    sales: salesOf(drawn, index, locationOf),
    steps,
    sights: drawn.sights.map(({ place, product, minute }) => ({
      locationId: locationOf(place),
      gtin: productOf(product).gtin,
      atMs: instantOf(minute),
    })),
    items,
  };
  await storeStockTables(db, past, index);
  return past;
}

function toldDays({ toldDays: days, told }: DrawnPast, locationId: string): ToldStockDay[] {
  return Array.from({ length: days * 2 }, (_, row) => ({
    locationId,
    gtin: productOf(row % 2).gtin,
    day: FIRST_DAY + Math.floor(row / 2),
    onHand: told[row * 4] ?? 0,
    sold: Math.max(0, told[row * 4 + 1] ?? 0),
    returned: Math.max(0, told[row * 4 + 2] ?? 0),
    received: Math.max(0, told[row * 4 + 3] ?? 0),
  }));
}

function salesOf(drawn: DrawnPast, index: number, locationOf: (place: number) => string): SaleLine[] {
  return drawn.sales.map(({ place, product, minute, units, isReturn, priceMicros }, line) => {
    const { category, costMicros } = productOf(product);
    const quantity = isReturn ? -units : units;
    return {
      orderId: `p${index}/${line}/${productOf(product).gtin}`,
      lineType: isReturn ? "return" : "sale",
      personId: null,
      channel: "store",
      method: "carry_out",
      locationId: locationOf(place),
      category,
      isMerchandise: true,
      quantity,
      priceMicros: BigInt(priceMicros),
      netMicros: BigInt(quantity) * BigInt(priceMicros),
      costMicros: costMicros === null ? null : BigInt(quantity) * costMicros,
      currency: "EUR",
      atMs: instantOf(minute),
    };
  });
}
