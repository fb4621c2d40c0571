import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { encodeEpcUri } from "../../domain/epc/encode-epc.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import { type OrderSystem, startOrderSystem } from "../support/order-system.ts";

const SHIRT = "80614141123458";
const CUSTOMER = "cus_0b9f3c1e5a7d4c2f8e6b1a2d3c4e5f60";
const SHOES = "04006381333931";
/** Two shirts and a pair of shoes, each as its tag says. */
const SHIRTS = ["3034257BF7194E4000001A85", "3034257BF7194E4000001A86"] as const;
/** The second shirt as the ledger names it: without the filter value. */
const SOLD = "3014257BF7194E4000001A86";
const A_SHOE = epcOf("urn:epc:id:sgtin:4006381.033393.7");

let at: OrderSystem;

function epcOf(uri: string): string {
  const encoded = encodeEpcUri(uri);
  if (!encoded.ok) throw new Error(encoded.detail);
  return encoded.value;
}

beforeAll(async () => {
  at = await startOrderSystem();
  await at.at().ask("PUT", "/v1/locations/S01", 200, {
    as: "admin",
    body: {
      name: "Harbour",
      openingHours: "24/7",
      timeZone: "Europe/Berlin",
      pickup: { leadMinutes: 90, lastOrderMinutes: 0, holdHours: 48, hasCurbside: true },
    },
  });
  await at.stock("S01", SHOES, 10);
  await at.stock("S02", SHOES, 10);
});
afterAll(async () => {
  await at?.stop();
});

test("C3 bought online, a hold becomes an order, is picked, lies ready, and is collected with its code: each step with its time", async () => {
  await at.stock("S01", SHIRT, 2, [...SHIRTS]);
  const held = await at.at().ask<Reservation>("POST", "/v1/reservations", 201, {
    as: "storefront",
    headers: { "idempotency-key": at.newKey() },
    body: { lines: [{ gtin: SHIRT, quantity: 1, locationId: "S01" }] },
  });
  const { reservationId } = held;
  const line = { gtin: SHIRT, quantity: 1, method: "pickup", locationId: "S01", reservationId };
  const order = await at.place({
    orderId: "web-1",
    customerId: CUSTOMER,
    lines: [line],
  });
  expect(order).toMatchObject({ status: "allocated", lines: [{ reservationId, status: "allocated" }] });
  expect(await at.item("S01", SHIRT)).toMatchObject({ sellable: 2, reserved: 1, available: 1 });
  const [fulfilment] = order.fulfilments;
  expect(Date.parse(fulfilment!.promisedReadyAt!) - Date.parse(order.placedAt)).toBe(90 * 60_000);

  await at.step("web-1", "sent");
  await at.step("web-1", "accept");
  await at.step("web-1", "collect", { staffChecked: true }, 409);
  const lineId = "1";
  await at.step("web-1", "pick", { lines: [{ lineId, quantity: 1, epcs: [A_SHOE] }] }, 409);
  await at.step("web-1", "pick", { lines: [{ lineId, quantity: 1, epcs: [SHIRTS[1]] }] });
  const ready = await at.step("web-1", "ready");
  const { times, holdUntil } = ready.fulfilments[0]!;
  expect(Date.parse(holdUntil!) - Date.parse(times.ready!)).toBe(48 * 3_600_000);

  const code = await at.codeOf("web-1");
  const wrong = code === "000000" ? "000001" : "000000";
  expect(await at.step("web-1", "collect", { code: wrong }, 403)).toMatchObject({ attemptsLeft: 4 });
  const key = at.newKey();
  const collected = await at.step("web-1", "collect", { code }, 200, { key });
  expect(collected).toMatchObject({ status: "collected", lines: [{ handedOver: 1, epcs: [SOLD] }] });
  expect(await at.step("web-1", "collect", { code }, 200, { key })).toEqual(collected);
  expect(collected.timeline.map((step) => step.kind)).toEqual([
    "placed",
    "allocated",
    "sent_to_store",
    "accepted",
    "picked",
    "picking",
    "ready",
    "code_refused",
    "handing_over",
    "collected",
  ]);
  const actors = collected.timeline.map((step) => step.actor.kind);
  expect(actors.slice(0, 3)).toEqual(["customer", "customer", "staff"]);
  expect(new Set(actors.slice(3))).toEqual(new Set(["staff"]));
  await expect.poll(() => at.item("S01", SHIRT)).toMatchObject({ sellable: 1, reserved: 0, available: 1 });
});

test("C14 one query joins order, customer, product, item and location with the movement that sold it", async () => {
  const rows = await at.db.query({
    name: "test/joined",
    sql: `SELECT lines.order_id AS order_id, customer_id, lines.gtin AS gtin, m.epc AS epc, m.location_id AS location_id,
        toInt64(m.quantity) AS quantity, m.reservation_id = lines.reservation_id AS is_held
      FROM order_lines_live AS lines
      INNER JOIN movements AS m ON m.order_id = lines.order_id AND m.gtin = lines.gtin`,
    row: z.object({
      order_id: z.string(),
      customer_id: z.string(),
      gtin: z.number(),
      epc: z.string(),
      location_id: z.string(),
      quantity: z.number(),
      is_held: z.number(),
    }),
  });
  expect(rows).toEqual([
    {
      order_id: "web-1",
      customer_id: CUSTOMER,
      gtin: Number(SHIRT),
      epc: SOLD,
      location_id: "S01",
      quantity: -1,
      is_held: 1,
    },
  ]);
});

test("C15 each line has its own method and place, its own way to the customer, and its figures", async () => {
  const order = await at.place({
    orderId: "app-1",
    channel: "app",
    lines: [
      { gtin: SHOES, quantity: 1, method: "pickup", locationId: "S01" },
      { gtin: SHOES, quantity: 2, method: "ship_from_store", locationId: "S02" },
      { gtin: SHOES, quantity: 1, method: "curbside", locationId: "S01" },
    ],
  });
  expect(order.fulfilments.map(({ locationId, method }) => [locationId, method])).toEqual([
    ["S01", "pickup"],
    ["S02", "ship_from_store"],
    ["S01", "curbside"],
  ]);
  const shipped = await at.step("app-1", "ship", { carrier: "DHL" }, 200, {
    as: "admin",
    fulfilmentId: "f2",
  });
  expect(shipped).toMatchObject({
    status: "allocated",
    lines: [{}, { status: "shipped", handedOver: 2 }, {}],
  });
  await at.step("app-1", "deliver", {}, 200, { as: "admin", fulfilmentId: "f2" });
  await at.step("app-1", "ready");
  await at.step("app-1", "collect", { code: await at.codeOf("app-1") });
  await at.step("app-1", "ready", {}, 200, { fulfilmentId: "f3" });
  await at.step("app-1", "arrive", { bay: "2", vehicle: "blue van" }, 200, { fulfilmentId: "f3" });
  expect(await at.get("app-1")).toMatchObject({ status: "arrived" });
  const done = await at.step("app-1", "collect", { staffChecked: true }, 200, { fulfilmentId: "f3" });
  expect(done).toMatchObject({ status: "delivered", mustTell: false });
  expect(JSON.stringify(done)).not.toContain("blue van");
  const figures = await at.db.query({
    name: "test/by-method",
    sql: `SELECT method, sum(quantity) AS units FROM all_order_lines WHERE order_id = 'app-1' GROUP BY method ORDER BY method`,
    row: z.object({ method: z.string(), units: z.number() }),
  });
  expect(figures).toEqual([
    { method: "curbside", units: 1 },
    { method: "pickup", units: 1 },
    { method: "ship_from_store", units: 2 },
  ]);
  const waits = await at.db.query({
    name: "test/waits",
    sql: `SELECT fulfilment_id, arrived_at IS NOT NULL AND collected_at >= arrived_at AS waited, status
      FROM order_fulfilments WHERE order_id = 'app-1' ORDER BY fulfilment_id`,
    row: z.object({ fulfilment_id: z.string(), waited: z.number(), status: z.string() }),
  });
  expect(waits).toMatchObject([{ status: "collected" }, { status: "delivered" }, { waited: 1 }]);
  await expect.poll(() => at.item("S01", SHOES)).toMatchObject({ reserved: 0, sellable: 8 });
});

test("an order whose goods are not there is refused with alternatives and holds nothing; the same key asks once", async () => {
  const lines = [
    { gtin: SHOES, quantity: 1, method: "pickup", locationId: "S01" },
    { gtin: SHOES, quantity: 99, method: "pickup", locationId: "S02" },
  ];
  const before = await at.item("S01", SHOES);
  const refused = await at.place<{ lines: { available: number }[] }>({ lines }, 409);
  expect(refused.lines).toMatchObject([{ locationId: "S02", requested: 99, available: 8 }]);
  expect(await at.item("S01", SHOES)).toEqual(before);
  const key = at.newKey();
  const wish = { lines: lines.slice(0, 1) };
  const first = await at.place(wish, 201, key);
  expect(await at.place(wish, 201, key)).toEqual(first);
  await at.place({ ...wish, channel: "app" }, 422, key);
  await at.restart();
  expect(await at.place(wish, 201, key)).toEqual(first);
  expect(await at.get(first.orderId)).toEqual(first);
  expect(await at.item("S01", SHOES)).toMatchObject({ reserved: 1 });
  const cancel = { cause: "customer" };
  const path = `/v1/orders/${first.orderId}/cancel`;
  const cancelled = await at.at().ask<Order>("POST", path, 200, { as: "storefront", body: cancel });
  expect(cancelled).toMatchObject({ status: "cancelled", mustTell: false });
  expect(await at.item("S01", SHOES)).toMatchObject({ reserved: 0 });
});
