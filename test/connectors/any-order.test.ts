import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MessageBus } from "../../domain/message-bus.ts";
import { type OrderSystem, startOrderSystem } from "../support/order-system.ts";
import { createShop, type Shop, shopifyLine, shopifyOrder } from "./shop.ts";

const GTIN = "04006381333931";
const RUNS = process.env["ONHAND_LONG"] === "1" ? 60 : 3;
const network = { isDeaf: false };
let system: OrderSystem;
let shop: Shop;
let ids = 5000;

/** The broker's bus, which may lose receipts on their way to the server: nobody then knows what became of an event. */
function losingReceipts(bus: MessageBus): MessageBus {
  return {
    publish: (topic, payload, options) => bus.publish(topic, payload, options),
    subscribe: (filter, handler) =>
      bus.subscribe(filter, (topic, payload) => {
        if (!(network.isDeaf && topic.includes("/receipts/"))) handler(topic, payload);
      }),
    receive: (...all) => bus.receive(...all),
    isConnected: () => bus.isConnected(),
    onConnectionChange: (listener) => bus.onConnectionChange(listener),
  };
}

beforeAll(async () => {
  system = await startOrderSystem({ wrapBus: losingReceipts, config: { receiptTimeoutMs: 3_000 } });
  await system
    .at()
    .ask("PUT", `/v1/products/${GTIN}`, 200, { as: "admin", body: { sku: "SHIRT", name: "Shirt" } });
  shop = createShop(system, "shop", "shopify");
  const fulfilFrom = [{ locationId: "S01", method: "ship_from_store" }];
  await shop.connect({ locations: { "1": "S01" }, fulfilFrom });
  await system.stock("S01", GTIN, 2_000);
});
afterAll(() => system.stop());

const units = () => system.item("S01", GTIN);
const at = (second: number) => new Date(Date.now() + second * 1000).toISOString();

/** How many units are ordered, and how many of them have left, each time somebody looks. */
const life = fc
  .array(fc.record({ open: fc.nat(4), left: fc.nat(2) }), { minLength: 2, maxLength: 4 })
  .map((steps) => {
    let gone = 0;
    return steps.map(({ open, left }) => {
      gone += left;
      return { open, gone };
    });
  });

test("messages of an order, all at once, in any order and several times, end in what the newest of them says", async () => {
  await fc.assert(
    fc.asyncProperty(
      life,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (states, chance) => {
        const before = await units();
        const id = ++ids;
        const base = shopifyOrder(id, []);
        const newest = states.at(-1)!;
        const wishes = states.flatMap(({ open, gone }, index) => {
          const line = shopifyLine(1, "SHIRT", 50, { fulfillable_quantity: open });
          const fulfillments = [{ id: 1, status: "success", line_items: [{ id: 1, quantity: gone }] }];
          const body = { ...base, updated_at: at(index), line_items: [line], fulfillments };
          // Twice as the same message, and once more as another.
          return [`${id}-${index}`, `${id}-${index}`, `${id}-${index}-again`].map((messageId) => ({
            messageId,
            body,
          }));
        });
        const shuffled = wishes
          .map((wish) => ({ wish, rank: chance.next().value }))
          .toSorted((one, other) => one.rank - other.rank)
          .map(({ wish }) => wish);
        const answers = await Promise.all(
          shuffled.map(({ messageId, body }) =>
            shop.postText("orders/updated", JSON.stringify(body), { messageId }),
          ),
        );
        expect(new Set(answers)).toEqual(new Set([200]));
        for (const messageId of new Set(shuffled.map((wish) => wish.messageId))) await shop.taken(messageId);
        // An older state may have had more units than the newest; they are given back, or have left by then.
        const after = await units();
        expect({ sellable: after.sellable, reserved: after.reserved }).toEqual({
          sellable: before.sellable - newest.gone,
          reserved: before.reserved + newest.open,
        });
      },
    ),
    { numRuns: RUNS },
  );
});

test("a sale whose receipt is lost is told to the ledger again, and counts once", async () => {
  const before = await units();
  const sale = shopifyOrder(++ids, [shopifyLine(1, "SHIRT", 3)], { location_id: 1, shipping_lines: [] });
  network.isDeaf = true;
  const lost = `sale-${ids}`;
  expect(await shop.postText("orders/create", JSON.stringify(sale), { messageId: lost })).toBe(200);
  // The ledger has it, and nobody here knows.
  await expect.poll(async () => (await units()).sellable).toBe(before.sellable - 3);
  expect((await shop.message(lost)).status).toBe("waiting");
  network.isDeaf = false;
  expect(await shop.taken(lost)).toMatchObject({ status: "done", attempts: expect.any(Number) });
  expect((await units()).sellable).toBe(before.sellable - 3);
});
