import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Miss } from "../../domain/misses/miss.ts";
import type { Return } from "../../domain/returns/return.ts";
import { type OrderSystem, startOrderSystem } from "../support/order-system.ts";
import { untilAsync } from "../support/until.ts";

const SHOES = "04006381333931";
const TV = "00000096385074";
let system: OrderSystem;

beforeAll(async () => {
  system = await startOrderSystem();
  await system.stock("S02", SHOES, 2);
});
afterAll(async () => {
  await system?.stop();
});

const post = <Answer>(path: string, body: unknown, status: number, key = system.newKey()) =>
  system.at().ask<Answer>("POST", path, status, { as: "admin", body, headers: { "idempotency-key": key } });
const misses = () =>
  system.db.query({
    name: "test/misses",
    sql: "SELECT missed_by, status, is_saved, order_id, saved_location_id FROM misses ORDER BY first_ordinal",
    row: z.object({
      missed_by: z.string(),
      status: z.string(),
      is_saved: z.number(),
      order_id: z.string(),
      saved_location_id: z.string(),
    }),
  });

test("C6 a screen that is refused hears in the same answer where the units are, best first", async () => {
  const wish = { lines: [{ gtin: SHOES, quantity: 1, method: "pickup", locationId: "S01" }] };
  const refused = await system.place<{ code: string; lines: { alternatives: unknown[] }[] }>(wish, 409);
  expect(refused).toMatchObject({
    code: "insufficient_availability",
    lines: [{ available: 0, alternatives: [{ locationId: "S02", available: 2 }] }],
  });
});

test("C6 a miss at the shelf becomes an order elsewhere in one step, and is counted once whatever is repeated", async () => {
  const wish = { locationId: "S01", gtin: SHOES, quantity: 2, by: "shelf", customerId: "c-9" };
  const miss = await post<Miss>("/v1/misses", wish, 201, "m-1");
  expect(miss).toMatchObject({
    status: "open",
    availableHere: 0,
    alternatives: [{ locationId: "S02", available: 2 }],
  });
  expect(await post<Miss>("/v1/misses", wish, 201, "m-1")).toEqual(miss);
  const path = `/v1/misses/${miss.missId}/save`;
  // Where there is none either nothing is ordered, and the miss stays open.
  expect(await post(path, { locationId: "S03", method: "pickup" }, 409)).toMatchObject({
    code: "insufficient_availability",
  });
  const chosen = { locationId: "S02", method: "ship_from_store", unitPrice: "89.90" };
  const both = await Promise.all([
    post<Miss>(path, chosen, 200, "save-1"),
    post<Miss>(path, chosen, 200, "save-1"),
  ]);
  expect(both[0]).toEqual(both[1]);
  const [saved] = both;
  expect(saved).toMatchObject({ status: "saved", chosen: { locationId: "S02" } });
  const order = await system.get(saved?.orderId ?? "");
  expect(order).toMatchObject({
    origin: { kind: "saved_sale", id: miss.missId },
    channel: "store",
    customerId: "c-9",
    lines: [{ locationId: "S02", quantity: 2, method: "ship_from_store", unitPrice: "89.90" }],
  });
  expect(await system.item("S02", SHOES)).toMatchObject({ sellable: 2, reserved: 2, available: 0 });
  expect(await post(path, chosen, 409)).toMatchObject({ code: "miss_state", orderId: saved?.orderId });

  await post("/v1/misses", { locationId: "S01", gtin: SHOES, by: "screen", channel: "kiosk" }, 201);
  expect(await misses()).toEqual([
    { missed_by: "shelf", status: "saved", is_saved: 1, order_id: saved?.orderId, saved_location_id: "S02" },
    { missed_by: "screen", status: "open", is_saved: 0, order_id: "", saved_location_id: "" },
  ]);
  await system.restart();
  expect(await post<Miss>(path, chosen, 200, "save-1")).toEqual(saved);
  expect(await misses()).toHaveLength(2);
});

test("C7 a display model is seen and never sold, until it is taken off display", async () => {
  await system.stock("S01", TV, 2);
  const stand = (eventId: string, from: string, to: string) =>
    post(
      "/v1/events",
      {
        type: "state_change",
        eventId,
        locationId: "S01",
        occurredAt: new Date().toISOString(),
        lines: [{ gtin: TV, quantity: 1, from, to }],
      },
      200,
    );
  const seen = async () => {
    const path = `/v1/availability?gtin=${TV}&location=S01`;
    type Item = { onHand: number; available: number; reasonCode: string };
    const { items } = await system.at().ask<{ items: Item[] }>("GET", path, 200, { as: "storefront" });
    return items[0];
  };
  const isSeen = (onHand: number, available: number) =>
    untilAsync(`${onHand} on hand, ${available} available`, async () => {
      const now = await seen();
      return now?.onHand === onHand && now.available === available;
    });
  const line = (quantity: number) => ({ gtin: TV, quantity, method: "carry_out", locationId: "S01" });
  await stand("show", "sellable", "display_only");
  await isSeen(2, 1);
  expect(await system.place({ channel: "kiosk", lines: [line(2)] }, 409)).toMatchObject({
    code: "insufficient_availability",
    lines: [{ available: 1 }],
  });
  await system.place({ channel: "kiosk", lines: [line(1)] });
  await isSeen(2, 0);
  const hold = { lines: [{ gtin: TV, quantity: 1, locationId: "S01" }] };
  expect(await post("/v1/reservations", hold, 409)).toMatchObject({ lines: [{ available: 0 }] });
  // What comes back for display only is on hand, and nobody's to buy.
  const back = { gtin: TV, quantity: 1, reason: "other" };
  const taken = await post<Return>(
    "/v1/returns",
    { locationId: "S01", lines: [back], override: "no receipt" },
    201,
  );
  const looked = { lines: [{ lineNo: 1, to: "display_only" }] };
  await post(`/v1/returns/${taken.returnId}/inspect`, looked, 200);
  await isSeen(3, 0);
  await stand("sell", "display_only", "sellable");
  await isSeen(3, 1);
});
