import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import type { TaskAnswer } from "../../domain/tasks/task.ts";
import { type TaskServerFrame, taskServerFrameSchema } from "../../domain/tasks/task-frames.ts";
import { type OrderSystem, startOrderSystem } from "../../test/support/order-system.ts";
import { createStoreStaff } from "../../test/support/store-staff.ts";
import { until } from "../../test/support/until.ts";
import { startWebhookReceiver } from "../../test/support/webhook-receiver.ts";

const SHOES = "04006381333931";
let at: OrderSystem;
let staff: ReturnType<typeof createStoreStaff>;
/** While it is true, what tasks say of stock is lost on its way to the broker. */
let isStockLost = false;

beforeAll(async () => {
  at = await startOrderSystem({
    listen: true,
    config: { webhooks: { allowPrivate: true, tickMs: 20 } },
    wrapBus: (bus) => ({
      ...bus,
      publish: (topic, ...message) =>
        isStockLost && topic.endsWith("/stock/tasks") ? Promise.resolve() : bus.publish(topic, ...message),
    }),
  });
  staff = createStoreStaff(at);
  await at.stock("S01", SHOES, 20);
});
afterAll(async () => {
  await at?.stop();
});

const place = (orderId: string, quantity = 1) =>
  at.place({ orderId, lines: [{ gtin: SHOES, quantity, method: "pickup", locationId: "S01" }] });

async function openSocket(as: "store" | "admin") {
  const { url, tokens } = at.at();
  const headers = { authorization: `Bearer ${tokens[as]}` };
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/v1/tasks/stream`, { headers });
  const frames: TaskServerFrame[] = [];
  socket.on("message", (data) => {
    frames.push(taskServerFrameSchema.parse(JSON.parse((data as Buffer).toString("utf8"))));
  });
  await until("the socket is ready", () => frames.some((frame) => frame.type === "ready"));
  const of = <Type extends TaskServerFrame["type"]>(type: Type) =>
    frames.filter((frame): frame is Extract<TaskServerFrame, { type: Type }> => frame.type === type);
  return { of, send: (frame: object) => socket.send(JSON.stringify(frame)), close: () => socket.close() };
}

test("a socket gets all that is open at its location, then each change; a store's key follows no other location", async () => {
  await place("s-1");
  const pick = await staff.task("s-1", "pick");
  const store = await openSocket("store");
  store.send({ type: "subscribe", location: "S02" });
  await until("it is refused", () => store.of("error").length > 0);
  expect(store.of("error")).toMatchObject([{ code: "location_not_allowed" }]);
  store.send({ type: "subscribe" });
  await until("all is told", () => store.of("tasks").length > 0);
  expect(store.of("tasks")[0]!.tasks.map((task) => task.taskId)).toContain(pick.taskId);
  await staff.say(pick, "accept", {});
  await until("the change is told", () => store.of("task").length > 0);
  expect(store.of("task")).toMatchObject([
    { change: "accepted", task: { taskId: pick.taskId, state: "accepted" } },
  ]);
  const admin = await openSocket("admin");
  admin.send({ type: "subscribe" });
  await until("a location is asked for", () => admin.of("error").length > 0);
  store.close();
  admin.close();
});

test("a key of a store sees and works its own location alone", async () => {
  const other = {
    lines: [{ gtin: SHOES, quantity: 1, method: "pickup", locationId: "S02" }],
    orderId: "s-2",
  };
  await at.stock("S02", SHOES, 2);
  await at.place(other);
  const pick = await staff.task("s-2", "pick");
  const ask = (method: string, path: string, status: number, body?: object) =>
    at.at().ask<{ code: string; items: TaskAnswer[] }>(method, path, status, {
      as: "store",
      headers: { "idempotency-key": at.newKey() },
      ...(body === undefined ? {} : { body }),
    });
  expect((await ask("GET", "/v1/tasks", 200)).items.map((task) => task.locationId)).not.toContain("S02");
  expect(await ask("GET", "/v1/tasks?location=S02", 403)).toMatchObject({ code: "location_not_allowed" });
  expect(await ask("GET", `/v1/tasks/${pick.taskId}`, 403)).toMatchObject({ code: "location_not_allowed" });
  expect(await ask("POST", `/v1/tasks/${pick.taskId}/accept`, 403, {})).toMatchObject({
    code: "location_not_allowed",
  });
  const ghost = { kind: "check_ghost", locationId: "S02", gtin: SHOES };
  expect(await ask("POST", "/v1/tasks", 403, ghost)).toMatchObject({ code: "location_not_allowed" });
  expect(await ask("GET", "/v1/tasks/t-none", 404)).toMatchObject({ code: "task_not_found" });
});

test("what a short pick says of stock is written once, though the broker lost it and the server stopped", async () => {
  await place("s-3");
  const pick = await staff.task("s-3", "pick");
  const before = await at.sellable("S01", SHOES);
  isStockLost = true;
  const short = await staff.say(pick, "short", { reason: "not_found" });
  expect(short).toMatchObject({ state: "short", stockWrites: [{ status: "pending" }] });
  expect(await at.get("s-3")).toMatchObject({ mustTell: true });
  await at.restart();
  isStockLost = false;
  const task = () => at.at().ask<TaskAnswer>("GET", `/v1/tasks/${pick.taskId}`, 200, { as: "store" });
  await expect
    .poll(async () => (await at.at().request("GET", "/v1/tasks", { as: "store" })).status)
    .toBe(200);
  await expect.poll(task).toMatchObject({ stockWrites: [{ status: "recorded" }] });
  await expect.poll(() => at.sellable("S01", SHOES)).toBe(before - 1);
  await at.restart();
  await expect
    .poll(async () => (await at.at().request("GET", "/v1/tasks", { as: "store" })).status)
    .toBe(200);
  expect(await at.sellable("S01", SHOES)).toBe(before - 1);
});

test("goods that lay ready for an order that is cancelled go back to the shelf, once, and no task is ever made twice", async () => {
  await place("s-4", 2);
  await staff.say(await staff.task("s-4", "pick"), "done", {});
  await staff.say(await staff.task("s-4", "stage"), "done", { place: "B1" });
  await staff.task("s-4", "hand_over");
  await at.at().ask("POST", "/v1/orders/s-4/cancel", 200, { as: "storefront", body: { cause: "customer" } });
  const back = await staff.task("s-4", "return_to_shelf");
  expect(back).toMatchObject({ place: "B1", lines: [{ quantity: 2 }] });
  await at.restart();
  await expect.poll(async () => (await staff.live("s-4")).map((task) => task.taskId)).toEqual([back.taskId]);
  expect(await staff.say(back, "done", {})).toMatchObject({ state: "done" });
  const rows = await at.db.query({
    name: "test/causes",
    sql: `SELECT countIf(kind = 'created') AS made, uniqExactIf(JSONExtractString(task, 'cause'), kind = 'created') AS causes
      FROM task_events`,
    row: z.object({ made: z.number(), causes: z.number() }),
  });
  expect(rows[0]!.made).toBe(rows[0]!.causes);
  expect(rows[0]!.made).toBeGreaterThanOrEqual(6);
});

test("a pick whose last unit was scanned before it is ended is followed by its stage", async () => {
  await place("s-9", 2);
  const pick = await staff.task("s-9", "pick");
  await staff.say(pick, "accept", {});
  await staff.say(pick, "progress", { lines: [{ lineId: pick.lines[0]!.lineId, quantity: 2 }] });
  expect(await staff.live("s-9")).toMatchObject([{ kind: "pick", state: "accepted" }]);
  await staff.say(pick, "done", {});
  await staff.say(await staff.task("s-9", "stage"), "done", { place: "B2" });
  expect(await at.get("s-9")).toMatchObject({ status: "ready" });
});

test("an order that goes on without its tasks takes them along", async () => {
  await place("s-5");
  const pick = await staff.task("s-5", "pick");
  await at.step("s-5", "ready");
  await staff.task("s-5", "hand_over");
  const ended = await at.at().ask("GET", `/v1/tasks/${pick.taskId}`, 200, { as: "store" });
  expect(ended).toMatchObject({ state: "done", endCause: "ready" });
  await at.step("s-5", "collect", { staffChecked: true });
  await expect.poll(() => staff.live("s-5")).toEqual([]);
});

test("webhooks are told of tasks of the locations that they ask for", async () => {
  const receiver = await startWebhookReceiver();
  for (const location of ["S01", "S09"]) {
    const body = { url: receiver.url, eventTypes: ["task.*"], filter: { locations: [location] } };
    await at.at().ask("POST", "/v1/webhooks", 201, { as: "admin", body });
  }
  await place("s-6");
  const pick = await staff.task("s-6", "pick");
  await staff.say(pick, "done", {});
  await until("it is told", () => receiver.of("task.done").length > 0);
  expect(receiver.of("task.created")[0]).toMatchObject({ task: { taskId: pick.taskId, kind: "pick" } });
  expect(receiver.of("task.done")).toMatchObject([{ task: { taskId: pick.taskId, state: "done" } }]);
  await receiver.stop();
});

test("a location may pick and make ready in one, or make no tasks at all", async () => {
  const put = (body: object) => at.at().ask("PUT", "/v1/settings/tasks/S01", 200, { as: "admin", body });
  await put({ staging: "with_pick" });
  await place("s-7");
  await staff.say(await staff.task("s-7", "pick"), "done", {});
  expect(await at.get("s-7")).toMatchObject({ status: "ready" });
  await staff.task("s-7", "hand_over");
  await put({ isUsed: false });
  await place("s-8");
  await at.step("s-8", "ready");
  await at.step("s-8", "collect", { staffChecked: true });
  expect(await staff.live("s-8")).toEqual([]);
});
