import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Connector, ConnectorMessage } from "../../domain/connectors/connector.ts";
import type { Order } from "../../domain/orders/order.ts";
import { type OrderSystem, startOrderSystem } from "../support/order-system.ts";
import { missingSharedData, readSharedJson } from "../support/shared-data.ts";
import { createShop, type Shop, shopifyLine, shopifyOrder } from "./shop.ts";

const GTIN = "04006381333931";
const OTHER = "00614141007349";
const UNSOLD = "80614141123458";
const LATER = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
let system: OrderSystem;
let shop: Shop;
let ids = 1000;
const newId = () => ++ids;

beforeAll(async () => {
  system = await startOrderSystem();
  const at = system.at();
  for (const [gtin, sku] of [
    [GTIN, "SHIRT"],
    [OTHER, "SHOE"],
  ]) {
    await at.ask("PUT", `/v1/products/${gtin}`, 200, { as: "admin", body: { sku, name: sku } });
  }
  shop = createShop(system, "web-shop", "shopify");
  await shop.connect({
    locations: { "24826418": "S01", "999": null },
    fulfilFrom: [
      { locationId: "W01", method: "ship_from_warehouse" },
      { locationId: "S02", method: "ship_from_store" },
    ],
    deliveries: { "Pick up here": [{ locationId: "S01", method: "pickup" }] },
  });
  await system.stock("W01", GTIN, 40);
  await system.stock("S01", GTIN, 40);
  await system.stock("S02", OTHER, 10);
});
afterAll(() => system.stop());

const orderOf = (id: number, suffix = "") => system.get(`web-shop-${id}${suffix}`);
const units = (locationId: string, gtin = GTIN) => system.item(locationId, gtin);

test("a wrong signature is refused, counted and never stored", async () => {
  const text = JSON.stringify(shopifyOrder(newId(), [shopifyLine(1, "SHIRT", 1)]));
  expect(await shop.postText("orders/create", text, { messageId: "forged", secret: "another secret" })).toBe(
    401,
  );
  expect(
    await shop.postText("orders/create", text, {
      messageId: "forged",
      headers: { "x-shopify-hmac-sha256": "" },
    }),
  ).toBe(401);
  await shop.ask("GET", "/messages/forged", 404);
  const metrics = await (await system.at().request("GET", "/metrics", { as: "admin" })).text();
  expect(metrics).toMatch(
    /onhand_connector_messages_total\{connector="web-shop",outcome="wrong_signature"\} 2/,
  );
});

test("an online order is held where it is fulfilled; sent twice, and its update before it, it is one order", async () => {
  const id = newId();
  const before = await units("W01");
  const created = shopifyOrder(id, [shopifyLine(11, "SHIRT", 2), shopifyLine(12, "SHOE", 1)]);
  const updated = { ...created, updated_at: LATER(5) };
  await shop.post("orders/updated", updated);
  const late = await shop.post("orders/create", created);
  expect(await shop.message(late)).toMatchObject({ status: "stale" });
  await shop.post("orders/create", created, "same-delivery");
  await shop.post("orders/create", created, "same-delivery");
  const order = await orderOf(id);
  expect(order).toMatchObject({
    channel: "web",
    source: "web-shop",
    lines: [
      { lineId: "11", locationId: "W01", method: "ship_from_warehouse", quantity: 2, unitPrice: "29.90" },
      { lineId: "12", locationId: "S02", method: "ship_from_store", quantity: 1 },
    ],
  });
  expect((await units("W01")).reserved - before.reserved).toBe(2);
  await system.at().ask("GET", `/v1/orders/web-shop-${id}-2`, 404, { as: "admin" });
});

test("what was taken off is cancelled, what was sent is sold, what came back is back: each once, however often it is told", async () => {
  const id = newId();
  const before = await units("W01");
  const first = shopifyOrder(id, [shopifyLine(21, "SHIRT", 5)]);
  await shop.post("orders/create", first);
  const line = shopifyLine(21, "SHIRT", 5, { fulfillable_quantity: 1 });
  const fulfillments = [{ id: 1, status: "success", line_items: [{ id: 21, quantity: 2 }] }];
  const sent = { ...first, updated_at: LATER(1), line_items: [line], fulfillments };
  await shop.post("orders/updated", sent);
  await shop.post("orders/updated", sent);
  expect((await orderOf(id)).lines[0]).toMatchObject({ handedOver: 2, cancelled: 2, quantity: 5 });
  expect(await units("W01")).toMatchObject({ sellable: before.sellable - 2, reserved: before.reserved + 1 });
  const refund = {
    id: 900 + id,
    order_id: id,
    created_at: LATER(0),
    note: "Jane changed her mind",
    refund_line_items: [
      {
        id: 1,
        line_item_id: 21,
        quantity: 1,
        location_id: 24826418,
        restock_type: "return",
        line_item: line,
      },
      {
        id: 2,
        line_item_id: 21,
        quantity: 1,
        location_id: null,
        restock_type: "no_restock",
        line_item: line,
      },
    ],
  };
  const store = await units("S01");
  await shop.post("refunds/create", refund);
  await shop.post("refunds/create", refund);
  await shop.post("orders/updated", { ...sent, updated_at: LATER(2), refunds: [refund] });
  expect(await units("S01")).toMatchObject({ sellable: store.sellable + 1 });
  expect((await orderOf(id)).lines[0]).toMatchObject({ returned: 1 });
  await shop.post("orders/cancelled", {
    ...sent,
    updated_at: LATER(3),
    cancelled_at: LATER(3),
    cancel_reason: "fraud",
  });
  expect(await orderOf(id)).toMatchObject({ lines: [{ handedOver: 2, cancelled: 3 }] });
  expect(await units("W01")).toMatchObject({ sellable: before.sellable - 2, reserved: before.reserved });
});

test("a sale at a till of the shop lowers stock there once, and what it takes back raises it once", async () => {
  const id = newId();
  const before = await units("S01");
  const sold = shopifyOrder(id, [shopifyLine(31, "SHIRT", 3, { fulfillable_quantity: 0 })], {
    location_id: 24826418,
    source_name: "pos",
    shipping_lines: [],
  });
  const refund = {
    id: 900 + id,
    order_id: id,
    created_at: LATER(0),
    refund_line_items: [
      {
        id: 1,
        line_item_id: 31,
        quantity: 1,
        location_id: 24826418,
        restock_type: "return",
        line_item: { sku: "SHIRT" },
      },
    ],
  };
  // The refund overtakes its sale.
  const early = await shop.post("refunds/create", refund);
  expect(await shop.message(early)).toMatchObject({ status: "held", code: "order_not_known" });
  await shop.post("orders/create", sold);
  await shop.post("orders/updated", { ...sold, updated_at: LATER(1) });
  expect((await shop.message(early)).status).toBe("done");
  await shop.post("orders/updated", { ...sold, updated_at: LATER(2), refunds: [refund] });
  expect(await units("S01")).toMatchObject({ sellable: before.sellable - 2 });
  await system.at().ask("GET", `/v1/orders/web-shop-${id}`, 404, { as: "admin" });
});

test("a code that no product has is on the list of what is unmatched; once it is mapped and replayed the rest is ordered", async () => {
  const id = newId();
  const order = shopifyOrder(id, [shopifyLine(41, "SHIRT", 1), shopifyLine(42, "NEW-SKU", 1)]);
  const message = await shop.post("orders/create", order);
  expect(await shop.message(message)).toMatchObject({
    status: "held",
    code: "unknown_product",
    unmatched: [{ code: "420", units: 1 }],
  });
  expect((await orderOf(id)).lines).toHaveLength(1);
  const path = "/v1/lists/unmatched?seenIn=orders";
  const { items } = await system.at().ask<{ items: { code: string }[] }>("GET", path, 200, { as: "admin" });
  expect(items.map(({ code }) => code)).toContain("420");
  await shop.ask("PUT", "/items", 204, { items: [{ code: "420", gtin: OTHER }] });
  expect(await shop.replay(message)).toMatchObject({ status: "done", code: null });
  expect((await orderOf(id, "-2")).lines).toMatchObject([{ lineId: "42", gtin: OTHER, locationId: "S02" }]);
});

test("an order that nobody can fill holds what there is, and waits for a person instead of vanishing", async () => {
  await system
    .at()
    .ask("PUT", `/v1/products/${UNSOLD}`, 200, { as: "admin", body: { sku: "RARE", name: "Rare" } });
  await system.stock("W01", UNSOLD, 1);
  const id = newId();
  const message = await shop.post("orders/create", shopifyOrder(id, [shopifyLine(51, "RARE", 3)]));
  expect(await shop.message(message)).toMatchObject({ status: "held", code: "insufficient_availability" });
  expect((await orderOf(id)).lines[0]).toMatchObject({ requested: 3, quantity: 1 });
  await system.stock("W01", UNSOLD, 5);
  expect(await shop.replay(message)).toMatchObject({ status: "done" });
  expect((await orderOf(id, "-2")).lines[0]).toMatchObject({ quantity: 2 });
});

test("pickup in a store: what Shopify says was picked up is handed over here", async () => {
  const id = newId();
  const order = shopifyOrder(id, [shopifyLine(61, "SHIRT", 1)], {
    shipping_lines: [{ code: "Pick up here" }],
  });
  await shop.post("orders/create", order);
  expect((await orderOf(id)).lines[0]).toMatchObject({ locationId: "S01", method: "pickup" });
  const fulfillments = [{ id: 1, status: "success", line_items: [{ id: 61, quantity: 1 }] }];
  const line_items = [shopifyLine(61, "SHIRT", 1, { fulfillable_quantity: 0 })];
  await shop.post("orders/fulfilled", { ...order, updated_at: LATER(1), line_items, fulfillments });
  expect(await orderOf(id)).toMatchObject({ status: "collected" });
});

test("nothing of a person is kept of a message", async () => {
  const message = await shop.post("orders/create", shopifyOrder(newId(), [shopifyLine(71, "SHIRT", 1)]));
  expect(JSON.stringify(await shop.message(message))).not.toMatch(/jane|main street|207119551/i);
});

test("a message of another form than documented is held with its reason, and can be put aside", async () => {
  const message = await shop.post("orders/create", { id: 5, line_items: "none" });
  const held = await shop.message(message);
  expect(held).toMatchObject({ status: "held", code: "message_not_understood" });
  await shop.ask("POST", `/messages/${message}/discard`, 200);
  const { items } = await shop.ask<{ items: ConnectorMessage[] }>("GET", "/messages?status=discarded", 200);
  expect(items.map(({ messageId }) => messageId)).toEqual([message]);
  expect(await shop.postText("orders/create", "{not json")).toBe(400);
});

test("the secret is never shown, and stays when a connector is changed without one", async () => {
  const before = await shop.ask<Connector>("GET", "", 200);
  expect(before).toMatchObject({ isSecretReadable: true, webhookPath: "/v1/connectors/web-shop/webhook" });
  expect(JSON.stringify(before)).not.toContain("shpss_");
  const { kind, locations, fulfilFrom, deliveries, since } = before;
  await shop.ask("PUT", "", 200, { kind, locations, fulfilFrom, deliveries, since, name: "Web" });
  await shop.post("orders/create", shopifyOrder(newId(), [shopifyLine(81, "SHIRT", 1)]));
});

const missing = missingSharedData("rfid/pos/shopify-inventory-level-update.json");
describe.skipIf(missing !== null)(`the sample of inventory_levels/update ${missing ?? ""}`, () => {
  const sample =
    missing === null
      ? (readSharedJson("rfid/pos/shopify-inventory-level-update.json") as { body: object })
      : { body: {} };
  // As it is on the wire: a number that a double cannot hold.
  const text = (more: object) =>
    JSON.stringify({ ...sample.body, inventory_item_id: 0, ...more }).replace(
      '"inventory_item_id":0',
      '"inventory_item_id":271878346596884015',
    );

  test("what Shopify believes is a book to compare with, by ids of 18 digits; an older number never replaces a newer", async () => {
    await shop.ask("PUT", "/items", 204, { items: [{ code: "271878346596884015", gtin: GTIN }] });
    const { sellable } = await units("S01");
    const at = LATER(1);
    const path = "/v1/erp/differences?source=web-shop";
    const differences = () =>
      system
        .at()
        .ask<{ items: object[] }>("GET", path, 200, { as: "admin" })
        .then((answer) => answer.items);
    expect(
      await shop.postText("inventory_levels/update", text({ updated_at: at }), { messageId: "l1" }),
    ).toBe(200);
    expect(await shop.taken("l1")).toMatchObject({ status: "done", detail: null });
    expect(await differences()).toMatchObject([
      { locationId: "S01", gtin: GTIN, bookQuantity: 14, onHand: sellable, kind: "quantity" },
    ]);
    await shop.postText("inventory_levels/update", text({ available: 3, updated_at: LATER(-60) }), {
      messageId: "l2",
    });
    await shop.taken("l2");
    expect(await differences()).toMatchObject([{ bookQuantity: 14 }]);
    await shop.postText("inventory_levels/update", text({ available: sellable, updated_at: LATER(2) }), {
      messageId: "l3",
    });
    await shop.taken("l3");
    expect(await differences()).toEqual([]);
    expect((await units("S01")).sellable).toBe(sellable);
  });
});

test("what was acknowledged is taken after a restart, and known again when it is sent again", async () => {
  const id = newId();
  const text = JSON.stringify(shopifyOrder(id, [shopifyLine(91, "SHIRT", 1)]));
  // Not waited for: the server goes away while the message may not be taken yet.
  expect(await shop.postText("orders/create", text, { messageId: "before-stop" })).toBe(200);
  await system.restart();
  expect(await shop.taken("before-stop")).toMatchObject({ status: "done" });
  expect(await shop.postText("orders/create", text, { messageId: "before-stop" })).toBe(200);
  const order: Order = await orderOf(id);
  expect(order.lines).toHaveLength(1);
});
