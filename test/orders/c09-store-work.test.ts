import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Alert } from "../../domain/alert.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { TaskAnswer } from "../../domain/tasks/task.ts";
import type { TaskChangeMessage } from "../../domain/tasks/task-frames.ts";
import { type OrderSystem, startOrderSystem } from "../support/order-system.ts";
import { createStoreStaff } from "../support/store-staff.ts";
import { until } from "../support/until.ts";

const SHIRT = "80614141123458";
const SHOES = "04006381333931";
/** Two shirts, as their tags say. */
const SHIRTS = ["3034257BF7194E4000001A85", "3034257BF7194E4000001A86"] as const;

let at: OrderSystem;
let staff: ReturnType<typeof createStoreStaff>;

beforeAll(async () => {
  at = await startOrderSystem();
  staff = createStoreStaff(at);
  for (const locationId of ["S01", "S02"]) {
    await at.at().ask("PUT", `/v1/locations/${locationId}`, 200, {
      as: "admin",
      body: {
        name: locationId,
        openingHours: "24/7",
        timeZone: "Europe/Berlin",
        pickup: { leadMinutes: 90, lastOrderMinutes: 0, hasCurbside: true },
        zones: [{ zoneId: "floor", name: "Sales floor", kind: "sales_floor" }],
      },
    });
  }
  await at.stock("S01", SHOES, 10);
  await at.stock("S02", SHOES, 10);
});
afterAll(async () => {
  await at?.stop();
});

const wish = (orderId: string, more: object = {}) => ({
  orderId,
  lines: [{ gtin: SHOES, quantity: 2, method: "pickup", locationId: "S01", ...more }],
});

test("C9 an order becomes work for its store: told, seen, taken, staged, handed over; each with its owner and its time", async () => {
  const told = await staff.listen<TaskChangeMessage>("onhand/S01/tasks");
  await at.place(wish("web-1"));
  const pick = await staff.task("web-1", "pick");
  expect(pick).toMatchObject({
    state: "open",
    owner: null,
    locationId: "S01",
    lines: [{ gtin: SHOES, quantity: 2 }],
  });
  expect(pick.dueAt).toBe((await at.get("web-1")).fulfilments[0]!.promisedReadyAt);
  await until("the store is told", () =>
    told.some((one) => one.task.taskId === pick.taskId && one.change === "created"),
  );

  await staff.say(pick, "seen", { device: "phone-1" });
  expect((await at.get("web-1")).status).toBe("sent_to_store");
  const taken = await staff.say(pick, "accept", { device: "phone-1", actor: { kind: "staff", id: "7" } });
  expect(taken).toMatchObject({ state: "accepted", owner: { id: "7" }, seenBy: [{ device: "phone-1" }] });
  expect((await at.get("web-1")).status).toBe("accepted");
  const other = { actor: { kind: "staff", id: "8" } };
  expect(await staff.say(pick, "accept", other, 409)).toMatchObject({
    code: "task_state",
    owner: { id: "7" },
  });

  const me = { actor: { kind: "staff", id: "7" } };
  await staff.say(pick, "progress", { ...me, lines: [{ gtin: SHOES }] });
  expect((await at.get("web-1")).lines[0]).toMatchObject({ picked: 1 });
  expect(await staff.say(pick, "done", me)).toMatchObject({ state: "done", lines: [{ done: 2 }] });

  const stage = await staff.task("web-1", "stage");
  await staff.say(stage, "done", { ...me, place: "Shelf A3" });
  expect((await at.get("web-1")).status).toBe("ready");
  const handOver = await staff.task("web-1", "hand_over");
  expect(handOver).toMatchObject({ place: "Shelf A3", dueAt: null });
  await staff.say(handOver, "done", me, 400);
  const code = await at.codeOf("web-1");
  const wrong = code === "000000" ? "000001" : "000000";
  expect(await staff.say(handOver, "done", { ...me, code: wrong }, 403)).toMatchObject({
    code: "wrong_pickup_code",
  });
  await staff.say(handOver, "done", { ...me, code });
  const order = await at.get("web-1");
  expect(order).toMatchObject({ status: "collected", mustTell: false });
  const actors = order.timeline.filter((step) => step.kind === "picked" || step.kind === "collected");
  expect(actors.map((step) => step.actor)).toEqual([me.actor, me.actor, me.actor]);
  expect(await staff.live("web-1")).toEqual([]);
});

test("C9 nobody takes it: the store is reminded, then it is escalated, once each, over a restart too", async () => {
  const alerts = await staff.listen<Alert>("onhand/S02/alerts");
  const clocks = {
    pick: {
      remindAfterMinutes: 0,
      escalateAfterMinutes: 0,
      remindEveryMinutes: 60,
      escalateAgainMinutes: 60,
    },
  };
  await at.at().ask("PUT", "/v1/settings/tasks/S02", 200, { as: "admin", body: { clocks } });
  await at.place(wish("web-2", { locationId: "S02" }));
  const kinds = () => alerts.map((alert) => alert.kind);
  await until("it is escalated", () => kinds().includes("task_escalated"));
  const task = await staff.task("web-2", "pick");
  expect(task).toMatchObject({ reminders: 1, escalation: 1 });
  await at.restart();
  await expect
    .poll(() => staff.task("web-2", "pick"))
    .toMatchObject({ taskId: task.taskId, version: task.version });
  expect(kinds()).toEqual(["task_reminder", "task_escalated"]);
  const metrics = await (await at.at().request("GET", "/metrics", { as: "admin" })).text();
  expect(metrics).toContain('onhand_tasks_escalated{kind="pick"} 1');
});

test("C10 work is said over MQTT with receipts, in any number of repeats, and done once", async () => {
  await at.place(wish("web-3"));
  const pick = await staff.task("web-3", "pick");
  const receipts = await staff.listen<Receipt>("onhand/receipts/S01.phone-2");
  const say = (eventId: string, command: object) =>
    at.bus.publish(
      `onhand/S01/tasks/${pick.taskId}`,
      JSON.stringify({ eventId, device: "phone-2", ...command }),
    );
  await say("e1", { command: "accept" });
  await say("e2", { command: "progress", lines: [{ lineId: "1", quantity: 1 }] });
  await say("e2", { command: "progress", lines: [{ lineId: "1", quantity: 1 }] });
  await say("e3", { command: "progress", lines: [{ lineId: "9" }] });
  await say("e4", { command: "dance" });
  await until("all have receipts", () => receipts.length >= 5);
  const outcome = (eventId: string) =>
    receipts.filter((one) => one.eventId === eventId).map(({ status, code }) => [status, code]);
  expect(outcome("e1")).toEqual([["accepted", null]]);
  expect(outcome("e2")).toEqual([
    ["accepted", null],
    ["duplicate", null],
  ]);
  expect(outcome("e3")).toEqual([["rejected", "wrong_item"]]);
  expect(outcome("e4")).toEqual([["rejected", "invalid_request"]]);
  expect(await staff.task("web-3", "pick")).toMatchObject({ owner: { id: "phone-2" }, lines: [{ done: 1 }] });
});

test("C10 what was done offline is sent again in its order: the same answers; what others did meanwhile is told, and nothing is lost", async () => {
  await at.place(wish("web-4"));
  const pick = await staff.task("web-4", "pick");
  const one = { actor: { kind: "staff", id: "1" }, occurredAt: new Date(Date.now() - 60_000).toISOString() };
  const key = at.newKey();
  const first = await staff.say(pick, "done", one, 200, key);
  expect(await staff.say(pick, "done", one, 200, key)).toMatchObject({
    version: first.version,
  });
  const late = await staff.say(
    pick,
    "done",
    { actor: { kind: "staff", id: "2" }, lines: [{ lineId: "1", quantity: 2 }] },
    409,
  );
  expect(late).toMatchObject({ code: "task_state", state: "done", task: { needsPerson: true } });

  await at.place(wish("web-5"));
  const second = await staff.task("web-5", "pick");
  await staff.say(second, "progress", { ...one, lines: [{ lineId: "1" }] });
  await at
    .at()
    .ask("POST", "/v1/orders/web-5/cancel", 200, { as: "storefront", body: { cause: "customer" } });
  const back = await staff.task("web-5", "return_to_shelf");
  expect(back.lines).toMatchObject([{ gtin: SHOES, quantity: 1 }]);
  const lateKey = at.newKey();
  const said = { ...one, lines: [{ lineId: "1", quantity: 1 }] };
  expect(await staff.say(second, "progress", said, 409, lateKey)).toMatchObject({ state: "cancelled" });
  expect(await staff.say(second, "progress", said, 409, lateKey)).toMatchObject({ state: "cancelled" });
  const returns = (await staff.live("web-5")).filter((task) => task.kind === "return_to_shelf");
  expect(returns.map((task) => task.lines[0]!.quantity)).toEqual([1, 1]);
  const listed = await at
    .at()
    .ask<{ items: TaskAnswer[] }>("GET", "/v1/tasks?needsPerson=true", 200, { as: "store" });
  expect(listed.items.map((task) => task.orderId)).toEqual(["web-4", "web-5"]);
  await staff.say(second, "comment", { text: "Both hang again", settles: true });
  expect(await at.at().ask("GET", `/v1/tasks/${second.taskId}`, 200, { as: "store" })).toMatchObject({
    needsPerson: false,
  });
});

test("C11 a short pick writes stock, offers where else it is, and the customer has to be told: never a silent cancel", async () => {
  await at.stock("S01", SHIRT, 2, [...SHIRTS]);
  await at.stock("S02", SHIRT, 3);
  await at.place({
    orderId: "web-6",
    lines: [{ gtin: SHIRT, quantity: 2, method: "pickup", locationId: "S01" }],
  });
  const pick = await staff.task("web-6", "pick");
  await staff.say(pick, "progress", { lines: [{ epcs: [SHIRTS[0]] }] });
  // The device knows which item it looked for.
  const short = await staff.say(pick, "short", { reason: "not_found", lines: [{ epcs: [SHIRTS[1]] }] });
  expect(short).toMatchObject({ state: "done", endCause: "not_found", lines: [{ done: 1, short: 1 }] });
  await expect
    .poll(() => at.at().ask<TaskAnswer>("GET", `/v1/tasks/${pick.taskId}`, 200, { as: "store" }))
    .toMatchObject({ stockWrites: [{ reason: "not_found", quantity: 1, status: "recorded" }] });
  await expect.poll(() => at.item("S01", SHIRT)).toMatchObject({ sellable: 1, reserved: 1, available: 0 });
  const order = await at.get("web-6");
  expect(order).toMatchObject({ mustTell: true, status: "picking" });
  expect(order.notices).toMatchObject([{ kind: "short", quantity: 1, cause: "not_found", told: null }]);
  expect(order.notices[0]!.alternatives).toMatchObject([{ locationId: "S02" }]);
  const told = { by: "phone", outcome: "refund" };
  const after = await at.at().ask<Order>("POST", "/v1/orders/web-6/told", 200, { as: "store", body: told });
  expect(after).toMatchObject({ mustTell: false });

  await at.place({
    orderId: "web-7",
    lines: [{ gtin: SHOES, quantity: 1, method: "pickup", locationId: "S01" }],
  });
  const other = await staff.task("web-7", "pick");
  const before = await at.item("S01", SHOES);
  expect(await staff.say(other, "short", { reason: "damaged" })).toMatchObject({ state: "short" });
  await expect.poll(() => at.sellable("S01", SHOES)).toBe(before.sellable - 1);
  expect(await at.get("web-7")).toMatchObject({ status: "short", mustTell: true });
});

test("C4 a customer outside: the store is told where, the wait is timed, and what they drive is kept nowhere", async () => {
  const line = { gtin: SHOES, quantity: 1, method: "curbside", locationId: "S01" };
  await at.place({ orderId: "web-8", lines: [line] });
  await staff.say(await staff.task("web-8", "pick"), "done", {});
  await staff.say(await staff.task("web-8", "stage"), "done", { place: "Fridge" });
  await staff.task("web-8", "hand_over");
  await at.step("web-8", "arrive", { bay: "2", vehicle: "blue van" });
  const arrival = await staff.task("web-8", "curbside_arrival");
  expect(arrival).toMatchObject({ arrival: { bay: "2" }, place: "Fridge", vehicle: "blue van" });
  expect(arrival.waitingSeconds).toBeGreaterThanOrEqual(0);
  await staff.say(arrival, "done", { staffChecked: true });
  expect(await at.get("web-8")).toMatchObject({ status: "collected" });
  const stored = await at.db.query({
    name: "test/vehicles",
    sql: "SELECT count() AS n FROM task_log WHERE document LIKE '%blue van%' OR details LIKE '%blue van%'",
    row: z.object({ n: z.number() }),
  });
  expect(stored).toEqual([{ n: 0 }]);
});

test("C13 staff are sent to where an item was seen last; a ghost is looked for once, and leaves the books when it is not there", async () => {
  const tag = "3034257BF7194E4000001A99";
  await at.stock("S01", SHIRT, 1, [tag]);
  await at.place({
    orderId: "web-9",
    lines: [{ gtin: SHIRT, quantity: 1, method: "pickup", locationId: "S01" }],
  });
  const pick = await staff.task("web-9", "pick");
  expect(pick.lines[0]!.lastSeen[0]).toMatchObject({
    units: expect.any(Number),
    lastSeenAt: expect.any(String),
  });
  const ghost = { kind: "check_ghost", locationId: "S01", gtin: SHOES, quantity: 1 };
  const ask = (status: number) =>
    at.at().ask<TaskAnswer>("POST", "/v1/tasks", status, {
      as: "store",
      body: ghost,
      headers: { "idempotency-key": at.newKey() },
    });
  const asked = await ask(201);
  expect((await ask(200)).taskId).toBe(asked.taskId);
  const before = await at.sellable("S01", SHOES);
  expect(await staff.say(asked, "short", { reason: "not_found" })).toMatchObject({ state: "short" });
  await expect.poll(() => at.sellable("S01", SHOES)).toBe(before - 1);
  expect((await ask(201)).taskId).not.toBe(asked.taskId);
});
