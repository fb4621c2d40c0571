import { z } from "zod";
import type { ReaderWithHealth } from "../../domain/api/master-data-answers.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import type { Return } from "../../domain/returns/return.ts";
import { openDatabase } from "../../sql/client.ts";
import { createApi, seedStore } from "./api.ts";
import { GIVEN_CLOCK, GIVEN_NOW_MS } from "./given-clock.ts";
import { insertStore } from "./insert-master-data.ts";
import { SCARF, scarfTag, storeReads } from "./looking-data.ts";
import type { StartedSystem } from "./onhand-process.ts";
import { createShopOverHttp } from "./shop-over-http.ts";
import { connectStoreDevice, type StoreDevice } from "./store-device.ts";
import { untilAsync } from "./until.ts";

const SCARVES = 12;
const before = (seconds: number) => new Date(GIVEN_NOW_MS - seconds * 1000).toISOString();

/** Settings for `startSystem`: the given clock, by which nothing expires in the engine, whose own clock is not given. */
export const LIVE_STORE_SETTINGS = {
  ...GIVEN_CLOCK,
  INGEST_READS_TTL_DAYS: "3650",
  REPORTS_MAX_AGE_SECONDS: "0",
};

/**
 * Before the system starts: a tag that was read five minutes before the given clock, and is no stock. Nothing expires. The
 * store's reader is known already, so that no read waits until ingest hears of it: pages show which did.
 */
export async function preparePast(dataDirectory: string): Promise<void> {
  const db = await openDatabase({ dataDirectory });
  const expiring = await db.query({
    name: "test/expiring",
    sql: "SELECT name FROM system.tables WHERE database = currentDatabase() AND match(create_table_query, '\\nTTL | TTL ')",
    row: z.object({ name: z.string() }),
  });
  for (const { name } of expiring) {
    await db.command({ name: "test/no-expiry", sql: `ALTER TABLE ${name} REMOVE TTL` });
  }
  await insertStore(db);
  await storeReads(
    db,
    [{ epc: scarfTag(50, 1), atMs: GIVEN_NOW_MS - 300_000, antenna: 3, zoneId: "sales_floor" }],
    { locationId: "store-1", readerId: "reader-1" },
  );
  await db.close();
}

/** One store at the given clock: goods, a count, a refused message, a hold, an order that waits, one that came back in part. */
export async function fillLiveStore(system: StartedSystem) {
  const api = createApi(system);
  const shop = createShopOverHttp(() => system);
  await seedStore(api);
  await api("PATCH", `/v1/products/${SCARF}`, { category: "Knitwear", price: "39.90" });
  await api("PATCH", "/v1/locations/store-1", {
    latitude: 52.5,
    longitude: 13.4,
    openingHours: "24/7",
    timeZone: "Europe/Berlin",
  });
  const device = await connectStoreDevice(api, system, "store-1");
  await readAndCount(device);
  await shop.receive("r1", "store-1", SCARF, SCARVES, before(20));
  await untilAsync("the goods may be promised", async () => {
    return (await shop.isTakingOrders()) && (await shop.units("store-1", SCARF)).available >= SCARVES;
  });
  await shop.hold("hold-1", { gtin: SCARF, locationId: "store-1", quantity: 1 });
  const { customerId } = await api<Customer>("POST", "/v1/customers", {
    identifiers: [{ kind: "loyalty", value: "9120004411", source: "" }],
    consents: [{ purpose: "newsletter", isGranted: true, source: "web" }],
  });
  const wish = {
    customerId,
    lines: [{ gtin: SCARF, quantity: 2, method: "pickup", locationId: "store-1", unitPrice: "39.90" }],
  };
  await shop.place("order-1", { ...wish, orderId: "order-1", placedAt: before(15) });
  await shop.step("order-1", "pick", { lines: [{ lineId: "1", quantity: 2 }] });
  await shop.step("order-1", "ready");
  await shop.step("order-1", "collect", { staffChecked: true });
  await shop.ask<Return>(
    "POST",
    "/v1/returns",
    201,
    {
      locationId: "store-1",
      orderId: "order-1",
      lines: [{ gtin: SCARF, quantity: 1, reason: "wrong_size" }],
    },
    "back-1",
  );
  await shop.place("order-2", { ...wish, orderId: "order-2", placedAt: before(10) });
  let taskId = "";
  await untilAsync("the store has a task", async () => {
    const { items } = await api<{ items: { taskId: string; state: string }[] }>("GET", "/v1/tasks");
    taskId = items.find(({ state }) => state === "open")?.taskId ?? "";
    return taskId !== "";
  });
  await untilAsync("the last reads are long enough ago to be no rate", async () => {
    const { items } = await api<{ items: ReaderWithHealth[] }>("GET", "/v1/readers");
    return items.length > 0 && items.every(({ health }) => health?.readsPerSecond === 0);
  });
  return { device, customerId, taskId };
}

async function readAndCount(device: StoreDevice): Promise<void> {
  const stock = (message: Record<string, unknown>) => device.publish("stock", "handheld-1", message);
  for (let serial = 1; serial <= SCARVES; serial += 1) {
    const read = { epc: scarfTag(serial, 1), antenna: 1, rssiDbm: -52.5, lastSeenAt: before(60) };
    await device.publish("rfid", "reader-1", read);
  }
  await stock({ type: "count_started", eventId: "c1-1", countId: "c1", occurredAt: before(40) });
  await stock({ type: "count_ended", eventId: "c1-2", countId: "c1", occurredAt: before(30) });
  await device.publish("rfid", "reader-1", { epc: "no tag", lastSeenAt: before(60) });
}
