import { eventually } from "../../test/support/eventually.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { PromiseAnswer, PromiseShipment } from "../../domain/promise/promise.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { untilAsync } from "../../test/support/until.ts";

const GTIN = 4_006_381_333_931;
const MINUTE_MS = 60_000;
const customer = { lat: 52.52, lon: 13.405 };
let db: Database;
let at: TestServer;
let keys = 0;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  const pickup = { leadMinutes: 30 };
  const body = {
    locationId: "S01",
    name: "S01",
    openingHours: "24/7",
    latitude: 52.5,
    longitude: 13.4,
    pickup,
  };
  await at.ask("PUT", "/v1/locations/S01", 200, { as: "admin", body });
  await at.ledger.commit("S01", [{ gtin: GTIN, quantity: 100 }]);
  await untilAsync("orders are taken", async () => {
    return (await at.request("GET", "/v1/orders", { as: "admin" })).status === 200;
  });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

const lines = [{ gtin: gtinFromNumber(GTIN), quantity: 1 }];
async function shipment(method: "pickup" | "ship_from_store" = "pickup"): Promise<PromiseShipment> {
  const body = { lines, customer, methods: [method] };
  const { ways } = await at.ask<PromiseAnswer>("POST", "/v1/promise", 200, { as: "storefront", body });
  return ways[0]!.shipments[0]!;
}
const place = () =>
  at.ask<Order>("POST", "/v1/orders", 201, {
    as: "storefront",
    headers: { "idempotency-key": `order-${++keys}` },
    body: { lines: lines.map((line) => ({ ...line, method: "pickup", locationId: "S01" })) },
  });
const minutesFromNow = (readyAt: string | null) =>
  Math.round((Date.parse(readyAt ?? "") - Date.now() - at.clock.aheadMs) / MINUTE_MS);
const settle = (readyBy: object) =>
  at.ask("PUT", "/v1/settings/promise", 200, { as: "admin", body: { readyBy } });

test("a promise is the lead time, until orders ahead make it longer, and then how long they took; it says which of them", async () => {
  await settle({ minOrders: 4, minutesPerOrder: 20, pickersAtOnce: 1 });
  await eventually(async () => {
    const idle = await shipment();
    expect(idle.work).toMatchObject({
      minutes: 30,
      because: "configured",
      ordersAhead: 0,
      measuredMinutes: null,
    });
    expect(minutesFromNow(idle.readyAt)).toBe(30);
  });

  const orders = [await place()];
  expect(minutesFromNow(orders[0]!.fulfilments[0]!.promisedReadyAt)).toBe(30);
  for (let count = 0; count < 3; count += 1) orders.push(await place());
  // It is counted anew within a second.
  await eventually(async () => {
    const busy = await shipment();
    expect(busy.work).toMatchObject({ minutes: 100, because: "load", ordersAhead: 4 });
    expect(minutesFromNow(busy.readyAt)).toBe(100);
  });
  const late = await place();
  orders.push(late);
  expect(minutesFromNow(late.fulfilments[0]!.promisedReadyAt)).toBe(100);
  // Parcels are packed by the same hands, within their own time.
  expect((await shipment("ship_from_store")).work).toMatchObject({ minutes: 240, because: "configured" });

  for (const { orderId } of orders.slice(0, 4)) {
    at.clock.aheadMs += 45 * MINUTE_MS;
    await at.ask("POST", `/v1/orders/${orderId}/fulfilments/f1/ready`, 200, { as: "store", body: {} });
  }
  await at.ask("POST", `/v1/orders/${late.orderId}/cancel`, 200, {
    as: "admin",
    body: { cause: "customer" },
  });
  await settle({ minOrders: 4, minutesPerOrder: 20, pickersAtOnce: 1 });
  await eventually(async () => {
    const { work } = await shipment();
    // The slowest of four took 180 minutes, and the seconds of this test.
    expect(work).toMatchObject({
      because: "history",
      ordersAhead: 0,
      measuredOrders: 4,
      configuredMinutes: 30,
    });
    expect(work?.minutes).toBe(work?.measuredMinutes);
    expect(work?.minutes).toBeGreaterThanOrEqual(180);
    expect(work?.minutes).toBeLessThan(190);
  });

  // Too few of them, and the lead time holds again.
  await settle({ minOrders: 5 });
  await eventually(async () =>
    expect((await shipment()).work).toMatchObject({ minutes: 30, because: "configured" }),
  );
});

test("a publishable key is told when, and not how busy the store is", async () => {
  const { token } = await at.keys.create({
    role: "storefront",
    name: "browser",
    locationId: null,
    origins: ["https://shop.example.com"],
  });
  const answer = await at.ask<PromiseAnswer>("POST", "/v1/promise", 200, {
    token,
    headers: { origin: "https://shop.example.com" },
    body: { lines, customer, methods: ["pickup"] },
  });
  expect(answer.ways[0]?.shipments[0]).toMatchObject({ work: null, readyAt: expect.any(String) });
});
