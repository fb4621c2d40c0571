import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Order } from "../../domain/orders/order.ts";
import { type OrderSystem, startOrderSystem } from "../support/order-system.ts";

const SHIRT = "80614141123458";
const HOUR_MS = 3_600_000;
const LEAD_MINUTES = 90;

let at: OrderSystem;
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

beforeAll(async () => {
  at = await startOrderSystem();
  const pickup = { leadMinutes: LEAD_MINUTES, lastOrderMinutes: 0, holdHours: 48, hasCurbside: true };
  const body = { name: "Harbour", openingHours: "24/7", timeZone: "Europe/Berlin", pickup };
  await at.at().ask("PUT", "/v1/locations/S01", 200, { as: "admin", body });
  await at.stock("S01", SHIRT, 20);
});
afterAll(async () => {
  await at?.stop();
});

const factRow = z.object({
  order_id: z.string(),
  is_ready_on_time: z.number().nullable(),
  is_delivered_on_time: z.number().nullable(),
  ready_late_minutes: z.number().nullable(),
  delivered_late_minutes: z.number().nullable(),
});

/** What was promised against what came, by SQL. */
async function facts(ids: readonly string[]) {
  return await at.db.query({
    name: "test/promised",
    sql: `SELECT f.order_id AS order_id, is_ready_on_time, is_delivered_on_time,
        dateDiff('minute', f.promised_ready_at, f.ready_at) AS ready_late_minutes,
        dateDiff('minute', promised_delivered_at, f.delivered_at) AS delivered_late_minutes
      FROM order_fulfilments AS f
      INNER JOIN all_fulfilments AS a ON a.order_id = f.order_id AND a.fulfilment_id = f.fulfilment_id
      WHERE f.order_id IN {ids:Array(String)}
      ORDER BY f.order_id`,
    params: { ids },
    row: factRow,
  });
}

test("C29 ready: what was promised stands beside when it lay ready: kept, late, and late before it is done", async () => {
  const line = { gtin: SHIRT, quantity: 1, method: "pickup", locationId: "S01" };
  await at.place({ orderId: "r1-kept", lines: [line], placedAt: ago(1) });
  await at.place({ orderId: "r2-late", lines: [line], placedAt: ago(3) });
  await at.place({ orderId: "r3-open", lines: [line], placedAt: ago(3) });
  const fresh = await at.place({ orderId: "r4-new", lines: [line] });
  const kept = await at.step("r1-kept", "ready");
  await at.step("r2-late", "ready");
  const [fulfilment] = kept.fulfilments;
  expect(Date.parse(fulfilment!.promisedReadyAt!) - Date.parse(kept.placedAt)).toBe(LEAD_MINUTES * 60_000);
  expect(Date.parse(fulfilment!.times.ready!)).toBeLessThan(Date.parse(fulfilment!.promisedReadyAt!));
  expect(await facts(["r1-kept", "r2-late", "r3-open", "r4-new"])).toEqual([
    fact("r1-kept", { is_ready_on_time: 1, ready_late_minutes: -30 }),
    fact("r2-late", { is_ready_on_time: 0, ready_late_minutes: 90 }),
    // It is not ready, and the time has passed: nobody has to wait for its end to see that it is late.
    fact("r3-open", { is_ready_on_time: 0 }),
    fact("r4-new", {}),
  ]);
  // The store is told while there is time: its task is due when the goods were promised.
  const due = async () => {
    const { items } = await at
      .at()
      .ask<{ items: { orderId: string; dueAt: string }[] }>("GET", "/v1/tasks", 200, { as: "admin" });
    return items.find(({ orderId }) => orderId === "r4-new")?.dueAt;
  };
  await expect.poll(due).toBe(fresh.fulfilments[0]!.promisedReadyAt);
});

test("C29 delivered: the day that the customer was told stands beside the day that it came; a line that moves keeps it", async () => {
  await at.stock("S02", SHIRT, 5);
  const line = { gtin: SHIRT, quantity: 1, method: "ship_from_store", locationId: "S01" };
  const promised = (hours: number) => ({ ...line, promisedDeliveredAt: ago(hours) });
  const delivered = async (orderId: string): Promise<Order> => {
    await at.step(orderId, "ship", { carrier: "DHL" }, 200, { as: "admin" });
    return await at.step(orderId, "deliver", {}, 200, { as: "admin" });
  };
  await at.place({ orderId: "d1-kept", lines: [promised(-24)] });
  await at.place({ orderId: "d2-late", lines: [promised(1), promised(-24)] });
  await at.place({ orderId: "d3-open", lines: [promised(1)] });
  await at.place({ orderId: "d4-none", lines: [line] });
  await at.place({ orderId: "d5-cancelled", lines: [promised(1)] });
  await at.place({ orderId: "d6-moved", lines: [promised(2)] });
  expect(await delivered("d1-kept")).toMatchObject({
    fulfilments: [{ promisedDeliveredAt: expect.any(String), times: { delivered: expect.any(String) } }],
  });
  await delivered("d2-late");
  await delivered("d4-none");
  const cancel = { as: "admin", body: { cause: "customer" } } as const;
  await at.at().ask("POST", "/v1/orders/d5-cancelled/cancel", 200, cancel);
  const move = { as: "admin", body: { lines: [{ lineId: "1", locationId: "S02" }] } } as const;
  const moved = await at.at().ask<Order>("POST", "/v1/orders/d6-moved/change", 200, move);
  const [old, now] = moved.fulfilments;
  expect(now!.promisedDeliveredAt).toBe(old!.promisedDeliveredAt);
  const rows = await facts(["d1-kept", "d2-late", "d3-open", "d4-none", "d5-cancelled"]);
  expect(rows.map((row) => [row.order_id, row.is_delivered_on_time, row.delivered_late_minutes])).toEqual([
    ["d1-kept", 1, -24 * 60],
    ["d2-late", 0, 60],
    ["d3-open", 0, null],
    ["d4-none", null, null],
    ["d5-cancelled", null, null],
  ]);
  await at.place({ lines: [{ ...promised(-24), method: "pickup" }] }, 400);
});

function fact(orderId: string, known: Partial<z.infer<typeof factRow>>): z.infer<typeof factRow> {
  return {
    order_id: orderId,
    is_ready_on_time: null,
    is_delivered_on_time: null,
    ready_late_minutes: null,
    delivered_late_minutes: null,
    ...known,
  };
}
