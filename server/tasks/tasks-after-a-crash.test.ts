import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { untilAsync } from "../../test/support/until.ts";

const GTIN = "00000096385074";
let db: Database;

/** Of the INSERTs into the log of tasks: whether they reach ClickHouse, and whether their answer comes back. */
type Fate = "pass" | "never sent" | "answer lost";

/** The connection of a server that can be killed: from then on none of its statements reaches the database. */
function createKillable() {
  let fate: Fate = "pass";
  let isDead = false;
  let lost = 0;
  const never = (): Promise<never> => new Promise(() => {});
  const killable: Database = {
    ...db,
    query: async (options) => (isDead ? await never() : await db.query(options)),
    command: async (options) => (isDead ? await never() : await db.command(options)),
    async insert(options) {
      if (isDead) await never();
      const isOfTasks = options.table === "task_log" && fate !== "pass";
      if (isOfTasks) lost += 1;
      if (isOfTasks && fate === "never sent") await never();
      await db.insert(options);
      if (isOfTasks) await never();
    },
  };
  return {
    db: killable,
    setFate: (next: Fate) => (fate = next),
    lost: () => lost,
    kill: () => (isDead = true),
  };
}

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await db.close();
});

async function tasksOf(orderId: string) {
  return await db.query({
    name: "test/tasks",
    sql: `SELECT document_id, countIf(kind = 'created') AS created, argMax(is_open, ordinal) AS is_open
      FROM task_log WHERE origin_id = {order_id:String} GROUP BY document_id`,
    params: { order_id: orderId },
    row: z.object({ document_id: z.string(), created: z.number(), is_open: z.number() }),
  });
}

test("a kill between the order's commit and that of its task loses no task and makes none twice", async () => {
  let tokens: TestServer["tokens"] | undefined;
  const orders: string[] = [];
  for (const fate of ["never sent", "answer lost"] as const) {
    const connection = createKillable();
    const at = await startTestServer({ db: connection.db, ...(tokens === undefined ? {} : { tokens }) });
    tokens = at.tokens;
    if (orders.length === 0) await at.ledger.commit("S01", [{ gtin: Number(GTIN), quantity: 50 }]);
    const orderId = `o-${orders.length}`;
    orders.push(orderId);
    const body = { orderId, lines: [{ gtin: GTIN, quantity: 1, method: "pickup", locationId: "S01" }] };
    const headers = { "idempotency-key": orderId };
    await untilAsync("it takes orders", async () => {
      const answer = await at.request("GET", "/v1/orders", { as: "admin" });
      const tasks = await at.request("GET", "/v1/tasks", { as: "admin" });
      return answer.ok && tasks.ok;
    });
    connection.setFate(fate);
    // The order is durable, and said to be.
    expect((await at.request("POST", "/v1/orders", { as: "storefront", headers, body })).status).toBe(201);
    await untilAsync("its task is on its way", async () => connection.lost() > 0);
    connection.kill();
  }
  const after = await startTestServer({ db, ...(tokens === undefined ? {} : { tokens }) });
  for (const orderId of orders) {
    await untilAsync("its task is made", async () => (await tasksOf(orderId)).length > 0);
  }
  // Made again of the same orders by another start, nothing changes.
  await after.stop();
  const again = await startTestServer({ db, ...(tokens === undefined ? {} : { tokens }) });
  await untilAsync("tasks are there", async () => {
    return (await again.request("GET", "/v1/tasks", { as: "admin" })).ok;
  });
  const listed = await again.ask<{ items: { orderId: string; kind: string }[] }>("GET", "/v1/tasks", 200, {
    as: "admin",
  });
  expect(listed.items.map(({ orderId, kind }) => `${orderId} ${kind}`).sort()).toEqual(
    orders.map((orderId) => `${orderId} pick`),
  );
  for (const orderId of orders) {
    expect(await tasksOf(orderId)).toEqual([{ document_id: expect.any(String), created: 1, is_open: 1 }]);
  }
  await again.stop();
});
