import type { LedgerEvent } from "../../../domain/ledger/ledger-event.ts";
import { EVENT_COLUMNS, eventRow } from "../../../ingest/pipeline/event-rows.ts";
import { openDatabase } from "../../../sql/client.ts";
import type { Database } from "../../../sql/database.ts";
import { migrate } from "../../../sql/migrate.ts";
import { type WorkLoad, epcOf, gtinOf, locationIdOf } from "./work-load.ts";

const PRODUCTS_PER_INSERT = 10_000;
const UNITS_PER_EVENT = 500;
const EVENTS_PER_INSERT = 100;

/** Fills a data folder through the embedded engine, then runs `more` (for keys), then closes it. */
export async function prepareDataDirectory(
  dataDirectory: string,
  load: WorkLoad,
  more?: (db: Database) => Promise<void>,
): Promise<void> {
  const db = await openDatabase({ dataDirectory });
  try {
    await migrate(db);
    await insertMasterData(db, load);
    await more?.(db);
  } finally {
    await db.close();
  }
}

async function insertMasterData(db: Database, load: WorkLoad): Promise<void> {
  await db.insert({
    name: "bench/locations",
    table: "locations",
    columns: ["location_id", "name", "kind", "time_zone", "currency", "zones", "version"],
    rows: load.locations.map(({ locationId, name, kind, zones }) => [
      locationId,
      name,
      kind,
      "UTC",
      "EUR",
      JSON.stringify(zones),
      1,
    ]),
  });
  await db.insert({
    name: "bench/readers",
    table: "readers",
    columns: ["location_id", "reader_id", "name", "default_zone_id", "antennas", "version"],
    rows: load.readers.map(({ locationId, readerId, name, antennas }) => [
      locationId,
      readerId,
      name,
      "",
      JSON.stringify(antennas),
      1,
    ]),
  });
  for (let start = 0; start < load.products.length; start += PRODUCTS_PER_INSERT) {
    await db.insert({
      name: "bench/products",
      table: "products",
      columns: ["gtin", "sku", "name", "category", "kind", "currency", "is_tagged", "version"],
      rows: load.products
        .slice(start, start + PRODUCTS_PER_INSERT)
        .map(({ gtin, sku, name, kind, currency }) => [
          Number(gtin),
          sku,
          name,
          "Bench",
          kind,
          currency,
          1,
          1,
        ]),
    });
  }
}

/** `isUntagged`: the units have no items, as a quantity that somebody told. */
export type StockPlan = {
  locations: number;
  products: number;
  unitsPerProduct: number;
  isUntagged?: boolean;
};

/**
 * Receipts that put `unitsPerProduct` items of each of the first `products` products into each of the first `locations`
 * locations: as many items, and a position a product and location. In the ledger as ingest writes it.
 */
export async function insertStock(db: Database, stock: StockPlan): Promise<void> {
  const atMs = Date.now() - 3_600_000;
  let ordinal = atMs * 1000;
  let rows: ReturnType<typeof eventRow>[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    await db.insert({ name: "bench/events", table: "events", columns: EVENT_COLUMNS, rows });
    rows = [];
  };
  for (let location = 0; location < stock.locations; location += 1) {
    for (const event of receiptsOf(location, stock, atMs)) {
      ordinal += 1;
      rows.push(eventRow({ event, ordinal, bodyHash: BigInt(ordinal) }, atMs));
      if (rows.length === EVENTS_PER_INSERT) await flush();
    }
  }
  await flush();
}

function* receiptsOf(location: number, stock: StockPlan, atMs: number): Generator<LedgerEvent> {
  const { products, unitsPerProduct } = stock;
  const itemsEach = stock.isUntagged === true ? 0 : unitsPerProduct;
  const locationId = locationIdOf(location);
  let sequence = 0;
  for (let start = 0; start < products; start += UNITS_PER_EVENT) {
    const movements: LedgerEvent["movements"] = [];
    const items: LedgerEvent["items"] = [];
    for (let product = start; product < Math.min(products, start + UNITS_PER_EVENT); product += 1) {
      const gtin = Number(gtinOf(product));
      sequence += 1;
      const line = { locationId, sequence, gtin, state: "sellable" as const, quantity: unitsPerProduct };
      movements.push({ ...line, reason: "received", epc: "", reservationId: "", orderId: "" });
      for (let unit = 0; unit < itemsEach; unit += 1) {
        const epc = epcOf(product, serialOf(location, unit));
        items.push({
          epc,
          gtin,
          locationId,
          zoneId: "floor",
          status: "present",
          state: "sellable",
          firstSeenAtMs: atMs,
          lastSeenAtMs: atMs,
        });
      }
    }
    yield {
      locationId,
      eventId: `bench-${locationId}-${start}`,
      eventType: "receipt",
      source: "stock/bench",
      body: "",
      occurredAtMs: atMs,
      movements,
      items,
    };
  }
}

/** Serial number of the n-th unit of any product at a location. */
export function serialOf(location: number, unit: number): number {
  return location * 1000 + unit + 1;
}
