import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { gtinCheckDigit, gtinFromNumber } from "../../domain/gtin.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import type { Database } from "../../sql/database.ts";
import { MemoryBus } from "../../test/support/memory-bus.ts";
import { createTestLedger } from "../../test/support/test-ledger.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { startWebhookReceiver } from "../../test/support/webhook-receiver.ts";
import { until, untilAsync } from "../../test/support/until.ts";

const HOUR_MS = 3_600_000;
/** Receivers of webhooks are on this machine here. */
const CONFIG = { webhooks: { allowPrivate: true, tickMs: 20 } };
let db: Database;
let at: TestServer;
/** Both outlive a server. */
const bus = new MemoryBus();
let ledger: ReturnType<typeof createTestLedger>;
let keys = 0;
let products = 0;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db, bus, config: CONFIG });
  ledger = createTestLedger({ db, bus });
  await ready();
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

async function ready(): Promise<void> {
  await untilAsync("orders are taken", async () => {
    const response = await at.request("GET", "/v1/orders", { as: "admin" });
    return response.status === 200;
  });
}

/** The server is gone; another begins on what is stored, after something became of that. */
async function restart(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
  const { tokens, clock } = at;
  await at.stop();
  await meanwhile();
  at = await startTestServer({ db, bus, config: CONFIG, tokens, aheadMs: clock.aheadMs });
  await ready();
}

/** A product that no other test knows, with so many units at each of these locations. */
async function stocked(units: Record<string, number>): Promise<number> {
  products += 1;
  const body = 400_100_000_000 + products;
  const gtin = body * 10 + gtinCheckDigit(body);
  for (const [locationId, quantity] of Object.entries(units)) {
    await ledger.commit(locationId, [{ gtin, quantity }]);
  }
  return gtin;
}

function place<Answer = Order>(body: Record<string, unknown>, status = 201): Promise<Answer> {
  const headers = { "idempotency-key": `order-${++keys}` };
  return at.ask<Answer>("POST", "/v1/orders", status, { as: "storefront", headers, body });
}
const line = (gtin: number, quantity: number, locationId = "S01", method = "pickup") => ({
  gtin: gtinFromNumber(gtin),
  quantity,
  method,
  locationId,
});
function post(
  orderId: string,
  path: string,
  body: unknown = {},
  status = 200,
  as: "store" | "admin" = "store",
) {
  return at.ask<Order>("POST", `/v1/orders/${orderId}/${path}`, status, { as, body });
}
const step = (orderId: string, name: string, body: unknown = {}, status = 200) =>
  post(orderId, `fulfilments/f1/${name}`, body, status);
const get = (orderId: string) => at.ask<Order>("GET", `/v1/orders/${orderId}`, 200, { as: "admin" });
async function item(gtin: number, locationId = "S01") {
  const path = `/v1/availability?gtin=${gtinFromNumber(gtin)}&location=${locationId}`;
  const { items } = await at.ask<{ items: { available: number; reserved: number }[] }>("GET", path, 200, {
    as: "admin",
  });
  return items[0];
}

test("units that are not found are never silently cancelled: the order says who must be told, and offers where else they are", async () => {
  const gtin = await stocked({ S01: 3, S02: 5 });
  const { orderId } = await place({ lines: [line(gtin, 2)] });
  const short = await step(orderId, "short", { lines: [{ lineId: "1", quantity: 2 }] });
  expect(short).toMatchObject({ status: "short", mustTell: true, lines: [{ short: 2, status: "short" }] });
  expect(short.mustTellSince).toBe(short.timeline.at(-1)?.at);
  expect(short.notices[0]?.alternatives[0]).toMatchObject({ locationId: "S02", available: 5 });
  expect(await item(gtin)).toMatchObject({ reserved: 0 });
  const list = async () => {
    const path = "/v1/orders?mustTell=true";
    const { items } = await at.ask<{ items: Order[] }>("GET", path, 200, { as: "store" });
    return items.map((one) => one.orderId);
  };
  expect(await list()).toContain(orderId);
  await post(orderId, "told", { by: "phone", outcome: "unreached" });
  expect(await list()).toContain(orderId);
  const alternative = { locationId: "S02", method: "ship_from_store" };
  const told = await post(orderId, "told", { by: "phone", outcome: "alternative", alternative });
  expect(told).toMatchObject({ status: "allocated", mustTell: false });
  expect(told.lines[1]).toMatchObject({ quantity: 2, locationId: "S02", insteadOf: "1" });
  expect(told.notices[0]).toMatchObject({ replacedBy: told.lines[1]?.lineId, told: { by: "phone" } });
  expect(await item(gtin, "S02")).toMatchObject({ reserved: 2, available: 3 });
  expect(await list()).not.toContain(orderId);
});

test("what nobody collects is available again in the instant in which its hold ends, and its order is a no-show", async () => {
  const gtin = await stocked({ S01: 1 });
  const { orderId } = await place({ lines: [line(gtin, 1)] });
  await step(orderId, "ready");
  const { holdUntil } = (await get(orderId)).fulfilments[0]!;
  expect(await item(gtin)).toMatchObject({ available: 0 });
  at.clock.aheadMs += 72 * HOUR_MS + 1000;
  expect(await item(gtin)).toMatchObject({ available: 1, reserved: 0 });
  const missed = await get(orderId);
  expect(missed).toMatchObject({ status: "no_show", mustTell: false, lines: [{ status: "no_show" }] });
  expect(missed.timeline.at(-1)).toMatchObject({ kind: "no_show", at: holdUntil, actor: { kind: "system" } });
  await untilAsync("it is on record", async () => {
    const rows = await db.query({
      name: "test/no-show",
      sql: "SELECT status FROM order_fulfilments WHERE order_id = {order:String} AND no_show_at IS NOT NULL",
      params: { order: orderId },
      row: z.object({ status: z.string() }),
    });
    return rows[0]?.status === "no_show";
  });
  await step(orderId, "collect", { staffChecked: true }, 409);
});

test("a webhook hears of each change of the orders it asked for, once", async () => {
  const receiver = await startWebhookReceiver();
  const gtin = await stocked({ S01: 2 });
  const wish = { url: receiver.url, eventTypes: ["order.*"], filter: { gtins: [gtinFromNumber(gtin)] } };
  await at.ask("POST", "/v1/webhooks", 201, { as: "admin", body: wish });
  const { orderId } = await place({ lines: [line(gtin, 1)] });
  await place({ lines: [line(await stocked({ S01: 1 }), 1)] });
  await step(orderId, "ready");
  await post(orderId, "cancel", { cause: "customer" });
  await until("all is told", () => receiver.received.length >= 4);
  const types = ["order.placed", "order.allocated", "order.ready", "order.cancelled"];
  expect(receiver.received.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
  expect(receiver.of("order.ready")).toMatchObject([
    { fulfilmentId: "f1", order: { orderId, status: "ready" } },
  ]);
  await receiver.stop();
});

test("a line moves to another place whole or not at all, and gives up what it held", async () => {
  const gtin = await stocked({ S01: 2, S02: 1 });
  const { orderId } = await place({ lines: [line(gtin, 2)] });
  const move = { lines: [{ lineId: "1", locationId: "S02" }] };
  await post(orderId, "change", move, 409, "admin");
  expect([await item(gtin), await item(gtin, "S02")]).toMatchObject([{ reserved: 2 }, { reserved: 0 }]);
  const fewer = { lines: [{ lineId: "1", quantity: 1, locationId: "S02", method: "ship_from_store" }] };
  const moved = await post(orderId, "change", fewer, 200, "admin");
  expect(moved).toMatchObject({ status: "allocated", lines: [{ locationId: "S02", cancelled: 1 }] });
  expect(moved.fulfilments.map((one) => one.status)).toEqual(["cancelled", "allocated"]);
  // It is the work of another store now.
  await post(orderId, "cancel", { cause: "customer" }, 403);
  expect([await item(gtin), await item(gtin, "S02")]).toMatchObject([{ reserved: 0 }, { reserved: 1 }]);
});

test("after five wrong codes none is heard any more, until staff see to who it is", async () => {
  const gtin = await stocked({ S01: 1 });
  const { orderId } = await place({ lines: [line(gtin, 1)] });
  await step(orderId, "ready");
  const path = `/v1/orders/${orderId}/pickup-codes`;
  await at.ask("GET", path, 403, { as: "store" });
  const { items } = await at.ask<{ items: { code: string }[] }>("GET", path, 200, { as: "storefront" });
  const right = items[0]!.code;
  const wrong = right === "123456" ? "123457" : "123456";
  for (let left = 4; left >= 0; left -= 1) {
    expect(await step(orderId, "collect", { code: wrong }, 403)).toMatchObject({ attemptsLeft: left });
  }
  await restart();
  expect(await step(orderId, "collect", { code: right }, 403)).toMatchObject({ attemptsLeft: 0 });
  expect(await step(orderId, "collect", { staffChecked: false }, 400)).toMatchObject({
    code: "invalid_request",
  });
});

test("a kill between the two logs is mended: holds of an order that was never answered go back, lost ones are held anew", async () => {
  const gtin = await stocked({ S01: 5 });
  const held = await at.ask<Reservation>("POST", "/v1/reservations", 201, {
    as: "storefront",
    headers: { "idempotency-key": "basket" },
    body: { lines: [{ gtin: gtinFromNumber(gtin), quantity: 1, locationId: "S01" }] },
  });
  const kept = await place({ lines: [line(gtin, 1)] });
  const lostHold = await place({ lines: [line(gtin, 2)] });
  const lostOrder = await place({ lines: [{ ...line(gtin, 1), reservationId: held.reservationId }] });
  expect(await item(gtin)).toMatchObject({ reserved: 4, available: 1 });
  await restart(async () => {
    await cut("order_log", "order_id", lostOrder.orderId);
    await cut("reservation_log", "reservation_id", lostHold.fulfilments[0]!.reservationId!);
  });
  expect(await get(kept.orderId)).toEqual(kept);
  await at.ask("GET", `/v1/orders/${lostOrder.orderId}`, 404, { as: "admin" });
  const mended = await get(lostHold.orderId);
  expect(mended.timeline.at(-1)).toMatchObject({ kind: "recovered" });
  expect(mended.fulfilments[0]?.reservationId).not.toBe(lostHold.fulfilments[0]?.reservationId);
  expect(await item(gtin)).toMatchObject({ reserved: 3, available: 2 });
  await restart();
  expect(await get(lostHold.orderId)).toEqual(mended);
  expect(await item(gtin)).toMatchObject({ reserved: 3 });
});

/** Rows that a kill kept from being written. */
async function cut(table: string, column: string, id: string): Promise<void> {
  await db.command({
    name: "test/cut",
    sql: `ALTER TABLE ${table} DELETE WHERE ${column} = {id:String} SETTINGS mutations_sync = 2`,
    params: { id },
  });
}

test("a till that sells in the name of an order's reservation collects it", async () => {
  const gtin = await stocked({ S01: 2 });
  const { orderId, fulfilments } = await place({ lines: [line(gtin, 2, "S01", "carry_out")] });
  const reservationId = fulfilments[0]!.reservationId!;
  await ledger.commit("S01", [{ gtin, quantity: -2, reason: "sold", reservationId }]);
  await untilAsync("the order is collected", async () => (await get(orderId)).status === "collected");
  expect(await item(gtin)).toMatchObject({ reserved: 0, available: 0 });
});

test("over MQTT an order is taken once, in the order of its messages, and each gets its receipt when it is durable", async () => {
  const gtin = await stocked({ S01: 2 });
  const topic = "onhand/orders/shop-1";
  const placed = {
    type: "placed",
    eventId: "m-1",
    orderId: "shop-1-1",
    channel: "marketplace",
    lines: [line(gtin, 2)],
  };
  const say = (message: unknown) => bus.publish(topic, JSON.stringify(message));
  await say(placed);
  await say(placed);
  await say({
    type: "cancelled",
    eventId: "m-2",
    orderId: "shop-1-1",
    cause: "payment",
    lines: [{ lineId: "1", quantity: 1 }],
  });
  await say({ ...placed, eventId: "m-3", orderId: "shop-1-2" });
  await say({ type: "placed", eventId: "m-4", orderId: "shop-1-3" });
  await bus.publish(topic, "no JSON");
  const receipts = () =>
    bus.published
      .filter((one) => one.topic === "onhand/receipts/shop-1")
      .map((one) => JSON.parse(one.payload) as Receipt);
  await until("each has its receipt", () => receipts().length >= 5);
  const byId = (eventId: string) => receipts().filter((one) => one.eventId === eventId);
  expect(byId("m-1")).toMatchObject([{ status: "accepted" }, { status: "duplicate" }]);
  expect(byId("m-2")).toMatchObject([{ status: "accepted" }]);
  expect(byId("m-3")).toMatchObject([{ status: "rejected", code: "insufficient_availability" }]);
  expect(byId("m-4")).toMatchObject([{ status: "rejected", code: "invalid_request" }]);
  const order = await get("shop-1-1");
  expect(order).toMatchObject({ channel: "marketplace", source: "shop-1", mustTell: true });
  expect(order.timeline.map((one) => one.kind)).toEqual(["placed", "allocated", "cancelled"]);
  const { items: keys } = await at.ask<{ items: { keyId: string; role: string }[] }>("GET", "/v1/keys", 200, {
    as: "admin",
  });
  const shop = keys.find(({ role }) => role === "storefront")!.keyId;
  const shipped = { type: "shipped", eventId: "m-5", orderId: "shop-1-1" };
  await bus.publish(`onhand/orders/${shop}`, JSON.stringify(shipped));
  expect(JSON.parse(bus.published.at(-1)!.payload)).toMatchObject({ eventId: "m-5", code: "forbidden" });
  const letters = await db.query({
    name: "test/letters",
    sql: "SELECT topic, source_id FROM dead_letters WHERE topic = {topic:String}",
    params: { topic },
    row: z.object({ topic: z.string(), source_id: z.string() }),
  });
  expect(letters).toHaveLength(2);
});
