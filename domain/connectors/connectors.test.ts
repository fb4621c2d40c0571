import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Order } from "../orders/order.ts";
import { keepMembers, parseExactJson } from "./exact-json.ts";
import { addMoney, fromMinorUnits } from "./money.ts";
import { type Candidate, planOrder, routeLines } from "./plan-order.ts";
import type { ShopLine } from "./shop-message.ts";
import { SHOPIFY_MEMBERS, readShopifyMessage } from "./shopify-message.ts";

describe("parseExactJson", () => {
  test("is JSON.parse, but for whole numbers of 16 digits and more, which are texts digit by digit", () => {
    fc.assert(
      fc.property(fc.json(), fc.bigInt({ min: 10n ** 15n, max: 10n ** 19n }), (text, id) => {
        const read = parseExactJson(`{"id":${id},"rest":${text},"name":"${id}"}`);
        expect(read).toEqual({ id: String(id), rest: parseExactJson(text), name: String(id) });
        const isExact =
          /\d{16}/.test(text) || JSON.stringify(parseExactJson(text)) === JSON.stringify(JSON.parse(text));
        expect(isExact).toBe(true);
      }),
    );
  });

  test("what is no JSON stays none", () => {
    for (const text of ["{", '{"a":1,}', "12345678901234567 8", '"'])
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
  });
});

test("only named members are kept, at any depth", () => {
  const body = {
    id: 1,
    email: "a@example.com",
    line_items: [{ id: 2, name: "Shirt", properties: [{ email: 3 }] }],
  };
  expect(keepMembers(body, SHOPIFY_MEMBERS)).toEqual({ id: 1, line_items: [{ id: 2 }] });
});

test("money adds up exactly, and minor units are those of the currency", () => {
  expect(addMoney(["0.10", "0.20", "-0.05"])).toBe("0.25");
  expect(addMoney([])).toBe("0");
  expect([fromMinorUnits(2990, "EUR"), fromMinorUnits(2990, "JPY"), fromMinorUnits(-5, "USD")]).toEqual([
    "29.9",
    "2990",
    "-0.05",
  ]);
});

test("an order with a way of delivery is no sale of the till that took it", () => {
  const at = "2026-03-02T10:15:00Z";
  const line = { id: 1, quantity: 2, fulfillable_quantity: 2, price: "1.00", sku: "A" };
  const order = {
    id: 5,
    created_at: at,
    updated_at: at,
    currency: "EUR",
    location_id: 7,
    line_items: [line],
  };
  expect(readShopifyMessage("orders/create", order)).toMatchObject({
    order: { till: "7", lines: [{ sold: 2, wanted: 0 }] },
  });
  const sentOn = { ...order, shipping_lines: [{ code: "DHL" }] };
  expect(readShopifyMessage("orders/create", sentOn)).toMatchObject({
    order: { till: null, lines: [{ sold: 0, wanted: 2 }] },
  });
});

/** Our orders as far as the plan looks at them; what the plan says is done to them at once. */
function follow(orders: Order[], lines: readonly ShopLine[]): number {
  for (let steps = 0; steps < 100; steps += 1) {
    const task = planOrder(lines, orders);
    if (task === null) return steps;
    if (task.kind === "place") {
      orders.push(
        newOrder(
          `o${task.number}`,
          task.lines.map(({ line, units }) => [line.lineId, units]),
        ),
      );
      continue;
    }
    const order = orders.find((one) => one.orderId === task.orderId)!;
    for (const { lineId, quantity } of task.lines) {
      const line = order.lines.find((one) => one.lineId === lineId)!;
      if (task.kind === "cancel") line.cancelled += quantity;
      else line.handedOver += quantity;
      expect(line.quantity - line.cancelled - line.handedOver).toBeGreaterThanOrEqual(0);
    }
  }
  throw new Error("the plan has no end");
}

function newOrder(orderId: string, units: [string, number][]): Order {
  const lines = units.map(([lineId, quantity]) => ({
    lineId,
    fulfilmentId: "f1",
    quantity,
    short: 0,
    cancelled: 0,
    handedOver: 0,
    insteadOf: null,
    status: "allocated",
  }));
  const fulfilments = [
    { fulfilmentId: "f1", status: "allocated", method: "ship_from_store", handOver: null },
  ];
  return { orderId, lines, fulfilments, notices: [] } as unknown as Order;
}

const shopLines = fc
  .uniqueArray(
    fc.record({
      lineId: fc.constantFrom("a", "b", "c"),
      ordered: fc.integer({ min: 0, max: 9 }),
      gone: fc.integer({ min: 0, max: 9 }),
    }),
    { selector: (line) => line.lineId, maxLength: 3 },
  )
  .map((lines) =>
    lines.map(
      ({ lineId, ordered, gone }): ShopLine => ({
        lineId,
        codes: [lineId],
        wanted: Math.max(ordered, gone),
        gone,
        sold: 0,
        unitPrice: null,
        discount: "0",
      }),
    ),
  );

test("after any states of an order, in any number, ours have what the last one wants and have handed over what has left", () => {
  fc.assert(
    fc.property(fc.array(shopLines, { minLength: 1, maxLength: 6 }), (states) => {
      const orders: Order[] = [];
      const gone = new Map<string, number>();
      for (const state of states) {
        // What has left never comes back by an order's own message.
        const told: ShopLine[] = [];
        for (const line of state) {
          const left = Math.max(line.gone, gone.get(line.lineId) ?? 0);
          gone.set(line.lineId, left);
          told.push({ ...line, gone: left, wanted: Math.max(line.wanted, left) });
        }
        follow(orders, told);
        expect(follow(orders, told)).toBe(0);
        for (const line of told) {
          const own = orders.flatMap((order) => order.lines).filter((one) => one.lineId === line.lineId);
          const alive = own.reduce((units, one) => units + one.quantity - one.cancelled, 0);
          const handedOver = own.reduce((units, one) => units + one.handedOver, 0);
          expect({ alive, handedOver }).toEqual({ alive: line.wanted, handedOver: line.gone });
        }
      }
    }),
  );
});

test("each line comes from one of the candidates, whole where one has it, and never a unit is given twice where all can be had", () => {
  const places: Candidate[] = [
    { locationId: "W", method: "ship_from_warehouse" },
    { locationId: "S", method: "ship_from_store" },
  ];
  fc.assert(
    fc.property(
      fc.array(fc.record({ gtin: fc.constantFrom(1, 2), units: fc.integer({ min: 1, max: 5 }) }), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.dictionary(fc.constantFrom("W 1", "W 2", "S 1", "S 2"), fc.integer({ min: 0, max: 9 })),
      (lines, stock) => {
        const unitsAt = (locationId: string, gtin: number) => stock[`${locationId} ${gtin}`] ?? 0;
        const routed = routeLines(lines, places, unitsAt);
        expect(routed).toHaveLength(lines.length);
        const hasAll = (place: Candidate) =>
          [1, 2].every(
            (gtin) =>
              unitsAt(place.locationId, gtin) >=
              lines.reduce((sum, line) => sum + (line.gtin === gtin ? line.units : 0), 0),
          );
        const whole = places.find(hasAll);
        expect(routed.every((place) => whole === undefined || place === whole)).toBe(true);
      },
    ),
  );
});
