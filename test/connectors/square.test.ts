import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OrderSystem, startOrderSystem } from "../support/order-system.ts";
import { missingSharedData, readSharedJson } from "../support/shared-data.ts";
import { createShop, type Shop } from "./shop.ts";

const GTIN = "04006381333931";
const THEIRS = "FGQ5JJWT2PYTHF35CKZ2DSKP";
const LATER = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
let system: OrderSystem;
let shop: Shop;
let events = 0;

beforeAll(async () => {
  system = await startOrderSystem();
  shop = createShop(system, "square", "square");
  await shop.connect({ channel: "store", locations: { YYQR03DGCTXA4: "S01" }, inventoryIs: "count" });
  await shop.ask("PUT", "/items", 204, { items: [{ code: THEIRS, gtin: GTIN }] });
  await system.stock("S01", GTIN, 20);
});
afterAll(() => system.stop());

const event = (type: string, object: object) => ({
  merchant_id: "M1",
  type,
  event_id: `event-${++events}`,
  created_at: LATER(0),
  data: { type: "order", id: "x", object },
});
const order = (id: string, quantity: string, more: object = {}) => ({
  id,
  location_id: "YYQR03DGCTXA4",
  state: "COMPLETED",
  version: 1,
  created_at: LATER(-1),
  updated_at: LATER(0),
  line_items: [
    {
      uid: "line/1",
      catalog_object_id: THEIRS,
      quantity,
      name: "Shirt",
      base_price_money: { amount: 2990, currency: "EUR" },
    },
  ],
  ...more,
});
const units = () => system.item("S01", GTIN);

test("an event with an order's id alone is held until the whole order is told; the sale then counts once", async () => {
  const before = await units();
  const named = event("order.created", {
    order_created: {
      order_id: "sale-1",
      location_id: "YYQR03DGCTXA4",
      state: "COMPLETED",
      version: 1,
      created_at: LATER(-2),
    },
  });
  const message = await shop.post("", named);
  expect(await shop.message(message)).toMatchObject({
    status: "held",
    code: "order_needed",
    subject: "order:sale-1",
  });
  const whole = order("sale-1", "2");
  const told = await shop.ask<{ messageId: string }>("POST", "/orders", 202, { order: whole });
  expect(await shop.taken(told.messageId)).toMatchObject({ status: "done" });
  expect(await shop.ask("POST", "/orders", 202, { order: whole })).toMatchObject({ isDuplicate: true });
  expect((await shop.message(message)).status).toBe("done");
  expect((await units()).sellable).toBe(before.sellable - 2);
});

test("a return is an order of its own that names the one it is of: its goods are back once", async () => {
  const before = await units();
  const back = order("return-1", "1", {
    line_items: [],
    returns: [
      {
        uid: "r1",
        source_order_id: "sale-1",
        return_line_items: [
          { uid: "x", source_line_item_uid: "line/1", catalog_object_id: THEIRS, quantity: "1" },
        ],
      },
    ],
  });
  await shop.post("", event("order.updated", { order: back }));
  await shop.post("", event("order.updated", { order: back }));
  expect((await units()).sellable).toBe(before.sellable + 1);
});

test("an order to be collected is held in its store, and handed over when Square says so", async () => {
  const pickup = order("pick-1", "1", {
    state: "OPEN",
    fulfillments: [{ uid: "f", type: "PICKUP", state: "PROPOSED" }],
  });
  await shop.post("", event("order.created", { order: pickup }));
  expect(await system.get("square-pick-1")).toMatchObject({
    channel: "store",
    lines: [{ locationId: "S01", method: "pickup", unitPrice: "29.9", lineId: "line-1" }],
  });
  const fulfillments = [{ uid: "f", type: "PICKUP", state: "COMPLETED" }];
  const collected = { ...pickup, state: "COMPLETED", updated_at: LATER(1), fulfillments };
  await shop.post("", event("order.updated", { order: collected }));
  expect(await system.get("square-pick-1")).toMatchObject({ status: "collected" });
});

test("goods sold by weight and drafts move nothing, and say why", async () => {
  const message = await shop.post("", event("order.created", { order: order("weight-1", "0.5") }));
  expect(await shop.message(message)).toMatchObject({ status: "ignored" });
  const draft = await shop.post(
    "",
    event("order.created", { order: order("draft-1", "1", { state: "DRAFT" }) }),
  );
  expect(await shop.message(draft)).toMatchObject({ status: "ignored" });
});

const missing = missingSharedData("rfid/pos/square-inventory-count-updated.json");
describe.skipIf(missing !== null)(`the sample of inventory.count.updated ${missing ?? ""}`, () => {
  type Sample = { body: { data: { object: { inventory_counts: object[] } } } };
  const sample =
    missing === null
      ? (readSharedJson("rfid/pos/square-inventory-count-updated.json") as Sample)
      : { body: { data: { object: { inventory_counts: [] } } } };
  const counted = (more: object) => ({
    ...sample.body,
    event_id: `event-${++events}`,
    data: {
      ...sample.body.data,
      object: {
        inventory_counts: sample.body.data.object.inventory_counts.map((one) => Object.assign({}, one, more)),
      },
    },
  });

  test("parts of a unit are no units: nothing is compared, and the reason is kept", async () => {
    const message = await shop.post("", counted({}));
    expect(await shop.message(message)).toMatchObject({
      status: "ignored",
      detail: expect.stringContaining("12.375"),
    });
  });

  test("a count sets the ledger to it as of its time; sent again, or an older one after it, it changes nothing", async () => {
    await shop.post("", counted({ quantity: "12", calculated_at: LATER(0) }));
    expect((await units()).sellable).toBe(12);
    await shop.post("", counted({ quantity: "12", calculated_at: LATER(0) }));
    await shop.post("", counted({ quantity: "40", calculated_at: LATER(-60) }));
    expect((await units()).sellable).toBe(12);
    const sold = await shop.post("", counted({ quantity: "3", state: "SOLD", calculated_at: LATER(0) }));
    expect(await shop.message(sold)).toMatchObject({ status: "ignored" });
    expect((await units()).sellable).toBe(12);
  });
});
