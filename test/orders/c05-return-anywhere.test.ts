import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { encodeEpcUri } from "../../domain/epc/encode-epc.ts";
import type { Order } from "../../domain/orders/order.ts";
import { decideReturn } from "../../domain/returns/decide-return.ts";
import { type Purchase, type Return, returnWishSchema } from "../../domain/returns/return.ts";
import { type OrderSystem, startOrderSystem } from "../support/order-system.ts";
import { untilAsync } from "../support/until.ts";

const SHOES = "04006381333931";
const HAT = "00000096385074";
let system: OrderSystem;

beforeAll(async () => {
  system = await startOrderSystem();
});
afterAll(async () => {
  await system?.stop();
});

/** A pair of shoes, as its tag says. */
function shoe(serial: number): string {
  const encoded = encodeEpcUri(`urn:epc:id:sgtin:4006381.033393.${serial}`);
  if (!encoded.ok) throw new Error(encoded.detail);
  return encoded.value;
}
const takeBack = <Answer = Return>(body: unknown, status = 201, key = system.newKey()) =>
  system.at().ask<Answer>("POST", "/v1/returns", status, {
    as: "admin",
    body,
    headers: { "idempotency-key": key },
  });
/** What was bought, as store S01 may ask. */
const purchase = <Answer = Purchase>(query: string, status = 200) =>
  system.at().ask<Answer>("GET", `/v1/purchases?location=S01&${query}`, status, { as: "store" });
const look = <Answer = Return>(returnId: string, lines: unknown[], status = 200) =>
  system.at().ask<Answer>("POST", `/v1/returns/${returnId}/inspect`, status, {
    as: "admin",
    body: { lines },
    headers: { "idempotency-key": system.newKey() },
  });
const stockOf = async (locationId: string, gtin: string) => {
  const path = `/v1/availability?gtin=${gtin}&location=${locationId}`;
  const answer = await system
    .at()
    .ask<{ items: { onHand: number; sellable: number; available: number }[] }>("GET", path, 200, {
      as: "admin",
    });
  const { onHand = 0, sellable = 0, available = 0 } = answer.items[0] ?? {};
  return { onHand, sellable, available };
};
const isStock = (locationId: string, gtin: string, onHand: number, available: number) =>
  untilAsync(`${onHand} on hand, ${available} available`, async () => {
    const now = await stockOf(locationId, gtin);
    return now.onHand === onHand && now.available === available;
  });
/** Ordered on the web, collected at S01. */
async function collected(orderId: string, gtin: string, quantity: number, epcs?: string[]): Promise<Order> {
  await system.place({ orderId, lines: [{ gtin, quantity, method: "pickup", locationId: "S01" }] });
  await system.step(orderId, "pick", {
    lines: [{ lineId: "1", quantity, ...(epcs === undefined ? {} : { epcs }) }],
  });
  await system.step(orderId, "ready");
  const order = await system.step(orderId, "collect", { staffChecked: true });
  expect(order.lines[0]?.handedOver).toBe(quantity);
  return order;
}

test("C5 an order of the web comes back at another store: on hand at once, available after a look, linked by the very item", async () => {
  await system.stock("S01", SHOES, 2, [shoe(1), shoe(2)]);
  await collected("web-1", SHOES, 1, [shoe(1)]);
  const line = { gtin: SHOES, quantity: 1, epcs: [shoe(1)], reason: "wrong_size" };
  const wish = { locationId: "S02", customerId: "c-1", lines: [line] };
  // Nobody says which order: the item does.
  const taken = await takeBack(wish, 201, "back-1");
  expect(taken).toMatchObject({
    status: "inspect",
    boughtIn: { kind: "order", id: "web-1", channel: "web", method: "pickup" },
    isNoted: true,
    override: null,
    lines: [
      { linkedLineId: "1", flags: [], items: [{ soldIn: "web-1", isNamed: true }], units: { inspect: 1 } },
    ],
  });
  await isStock("S02", SHOES, 1, 0);
  expect(await takeBack(wish, 201, "back-1")).toEqual(taken);
  expect(await takeBack({ ...wish, channel: "app" }, 422, "back-1")).toMatchObject({
    code: "idempotency_key_reused",
  });
  expect(await takeBack(wish, 409)).toMatchObject({ code: "more_than_handed_over", lines: [{ left: 0 }] });
  expect((await system.get("web-1")).lines[0]).toMatchObject({ returned: 1, status: "returned" });

  const looked = await look(taken.returnId, [{ lineNo: 1, epcs: [shoe(1)], to: "sellable" }]);
  expect(looked).toMatchObject({ status: "done", lines: [{ units: { inspect: 0, sellable: 1 } }] });
  await isStock("S02", SHOES, 1, 1);
  expect(await look(taken.returnId, [{ lineNo: 1, to: "damaged" }], 409)).toMatchObject({
    code: "nothing_to_inspect",
    waiting: 0,
  });
  const [row] = await system.db.query({
    name: "test/return-lines",
    sql: "SELECT location_id, bought_channel, quantity, sellable, seconds_to_sellable FROM return_lines WHERE return_id = {id:String}",
    params: { id: taken.returnId },
    row: z.object({
      location_id: z.string(),
      bought_channel: z.string(),
      quantity: z.number(),
      sellable: z.number(),
      seconds_to_sellable: z.number(),
    }),
  });
  expect(row).toMatchObject({ location_id: "S02", bought_channel: "web", quantity: 1, sellable: 1 });
  expect(row?.seconds_to_sellable).toBeLessThan(60);
});

test("C5 what was bought is found by its order, its receipt or one item, with what can still come back, at any store", async () => {
  await system.stock("S02", SHOES, 2, [shoe(11), shoe(12)]);
  await system.place({
    orderId: "web-far",
    lines: [{ gtin: SHOES, quantity: 2, method: "pickup", locationId: "S02" }],
  });
  const admin = { as: "admin" } as const;
  const both = { lines: [{ lineId: "1", quantity: 2, epcs: [shoe(11), shoe(12)] }] };
  await system.step("web-far", "pick", both, 200, admin);
  await system.step("web-far", "ready", {}, 200, admin);
  await system.step("web-far", "collect", { staffChecked: true }, 200, admin);
  const bought = { kind: "order", id: "web-far", channel: "web", method: "pickup" };
  const line = { lineId: "1", gtin: SHOES, handedOver: 2 };
  // The store has no part in the order, and its goods are on its counter.
  expect(await purchase("orderId=web-far")).toMatchObject({
    boughtIn: bought,
    lines: [{ ...line, left: 2 }],
  });
  expect(await purchase(`epc=${shoe(11)}`)).toMatchObject({
    boughtIn: bought,
    lines: [{ ...line, left: 2 }],
  });
  await takeBack({
    locationId: "S01",
    lines: [{ gtin: SHOES, quantity: 1, epcs: [shoe(11)], reason: "wrong_size" }],
  });
  expect(await purchase("orderId=web-far")).toMatchObject({ lines: [{ left: 1 }] });
  expect(await purchase(`epc=${shoe(12)}`)).toMatchObject({ boughtIn: bought, lines: [{ left: 1 }] });
  expect(await purchase(`epc=${shoe(77)}`, 404)).toMatchObject({ code: "purchase_not_found" });
  expect(await purchase("orderId=nobody", 404)).toMatchObject({ code: "purchase_not_found" });
  expect(await purchase("transactionId=none", 404)).toMatchObject({ code: "purchase_not_found" });
  expect(await purchase("orderId=web-far&transactionId=1", 400)).toMatchObject({ code: "invalid_request" });
  await system.at().ask("GET", "/v1/purchases?location=S02&orderId=web-far", 403, { as: "store" });
});

test("C5 what a till sold comes back by its receipt, at any store, and never more of it", async () => {
  await system.stock("S01", HAT, 5);
  const sale = {
    type: "sale",
    locationId: "S01",
    terminalId: "T1",
    transactionId: "4711",
    occurredAt: new Date().toISOString(),
    lines: [{ lineNo: 1, gtin: HAT, quantity: 3 }],
  };
  await system.at().ask("POST", "/v1/events", 200, { as: "admin", body: sale });
  const wish = (quantity: number, condition: string) => ({
    locationId: "S02",
    receipt: { locationId: "S01", transactionId: "4711" },
    lines: [{ gtin: HAT, quantity, reason: "changed_mind", condition }],
  });
  expect(await takeBack(wish(4, "sellable"), 409)).toMatchObject({
    code: "more_than_handed_over",
    lines: [{ left: 3 }],
  });
  const both = await Promise.all([
    system.at().request("POST", "/v1/returns", {
      as: "admin",
      body: wish(2, "sellable"),
      headers: { "idempotency-key": "r-1" },
    }),
    system.at().request("POST", "/v1/returns", {
      as: "admin",
      body: wish(2, "damaged"),
      headers: { "idempotency-key": "r-2" },
    }),
  ]);
  expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(await purchase("transactionId=4711")).toMatchObject({
    boughtIn: { kind: "sale", id: "S01/T1/4711" },
    lines: [{ gtin: HAT, handedOver: 3, left: 1 }],
  });
  const taken = await takeBack(wish(1, "damaged"));
  expect(taken).toMatchObject({ status: "done", boughtIn: { kind: "sale", id: "S01/T1/4711" } });
  expect((await stockOf("S02", HAT)).onHand).toBe(3);
  expect(await takeBack(wish(1, "sellable"), 409)).toMatchObject({ lines: [{ left: 0 }] });
  const nowhere = { ...wish(1, "sellable"), receipt: { transactionId: "none" } };
  expect(await takeBack(nowhere, 404)).toMatchObject({ code: "purchase_not_found" });
});

test("C5 what nobody can say where it was bought is flagged, taken in only with a reason, and listed", async () => {
  const line = { gtin: SHOES, quantity: 1, epcs: [shoe(99)], reason: "unwanted_gift", condition: "damaged" };
  const wish = { locationId: "S02", lines: [line] };
  const refused = await takeBack<{ code: string; flags: { flag: string }[] }>(wish, 409);
  expect([refused.code, ...refused.flags.map(({ flag }) => flag).sort()]).toEqual([
    "return_not_clear",
    "not_sold_by_us",
    "unlinked",
  ]);
  // It was sold and came back: a second time it did not leave here.
  const again = { ...line, epcs: [shoe(1)] };
  expect(await takeBack({ locationId: "S02", orderId: "web-1", lines: [again] }, 409)).toMatchObject({
    code: "more_than_handed_over",
  });
  const before = (await stockOf("S02", SHOES)).onHand;
  const taken = await takeBack({ ...wish, override: "gift, tag is ours" });
  expect(taken).toMatchObject({
    status: "done",
    override: "gift, tag is ours",
    lines: [{ units: { damaged: 1 } }],
  });
  await isStock("S02", SHOES, before + 1, 1);
  const listed = await system
    .at()
    .ask<{ items: Return[] }>("GET", "/v1/returns?flagged=true", 200, { as: "merchandiser" });
  expect(listed.items.map(({ returnId }) => returnId)).toEqual([taken.returnId]);
  // A store speaks for itself alone.
  const headers = { "idempotency-key": "other-store" };
  await system.at().ask("POST", "/v1/returns", 403, { as: "store", body: wish, headers });
});

test("C5 an exchange is a return and an order, or neither", async () => {
  await system.stock("S01", HAT, 2);
  await collected("web-2", HAT, 2);
  const wish = (quantity: number) => ({
    locationId: "S01",
    orderId: "web-2",
    lines: [{ gtin: HAT, quantity: 1, reason: "wrong_colour", condition: "sellable" }],
    exchange: {
      channel: "store",
      lines: [{ gtin: SHOES, quantity, method: "carry_out", locationId: "S01" }],
    },
  });
  const before = await stockOf("S01", HAT);
  const refused = await takeBack<{ code: string; lines: unknown[] }>(wish(7), 409, "swap");
  expect(refused).toMatchObject({ code: "insufficient_availability", lines: [{ gtin: SHOES }] });
  expect(await takeBack(wish(7), 409, "swap")).toEqual(refused);
  expect(await stockOf("S01", HAT)).toEqual(before);

  const taken = await takeBack(wish(1));
  expect(taken).toMatchObject({ status: "done", isNoted: true });
  const order = await system.get(taken.exchangeOrderId ?? "");
  expect(order).toMatchObject({ origin: { kind: "exchange", id: taken.returnId }, channel: "store" });
  await isStock("S01", HAT, before.onHand + 1, before.available + 1);
});

test("C5 what a crash cut off after it was decided is finished at the next start, once", async () => {
  await system.stock("S01", HAT, 1);
  await collected("web-3", HAT, 1);
  const wish = returnWishSchema.parse({
    locationId: "S03",
    orderId: "web-3",
    lines: [{ gtin: HAT, quantity: 1, reason: "defective" }],
  });
  const lines = [{ lineId: "1", gtin: Number(HAT), handedOver: 1, returned: 0, epcs: [] }];
  const decision = decideReturn({
    returnId: "cut-off",
    at: new Date().toISOString(),
    actor: { kind: "staff", id: "k" },
    wish,
    origin: { boughtIn: { kind: "order", id: "web-3", channel: "web", method: "pickup" }, lines },
    facts: [[]],
    known: [],
  });
  if (!decision.ok) throw new Error(decision.refusal.code);
  const begun = JSON.stringify(decision.made);
  await system.at().stop();
  await system.db.command({
    name: "test/cut-off",
    sql:
      "INSERT INTO return_log (ordinal, epoch, kind, decided_at, document_id, origin_id, is_open, document, details, recorded_at) " +
      "SELECT max(ordinal) + 1, max(epoch), 'begun', now64(3), 'cut-off', 'order:web-3', 1, {text:String}, '{}', now64(3) FROM return_log",
    params: { text: begun },
  });
  await system.restart();
  await untilAsync("it is finished", async () => {
    const response = await system.at().request("GET", "/v1/returns/cut-off", { as: "admin" });
    return response.status === 200 && ((await response.json()) as Return).isNoted;
  });
  await isStock("S03", HAT, 1, 0);
  expect((await system.get("web-3")).lines[0]?.returned).toBe(1);
  expect(await takeBack(wish, 409)).toMatchObject({ code: "more_than_handed_over", lines: [{ left: 0 }] });
});
