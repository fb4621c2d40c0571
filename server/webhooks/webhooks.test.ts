import { eventually } from "../../test/support/eventually.ts";
import { hostname } from "node:os";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Webhook, WebhookDelivery } from "../../domain/webhooks/webhook.ts";
import type { Database } from "../../sql/database.ts";
import { MemoryBus } from "../../test/support/memory-bus.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { validGtins } from "../../test/support/valid-gtins.ts";
import { isSignedWith, startWebhookReceiver } from "../../test/support/webhook-receiver.ts";

const [A = 0, B = 0, ...MORE] = validGtins(130);
const HOUR_MS = 3_600_000;
const CONFIG = {
  webhooks: { allowPrivate: true, tickMs: 20, firstRetryMs: 20, timeoutSeconds: 1, encryptionKey: "k" },
};
let db: Database;
let at: TestServer;
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db, config: CONFIG });
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

type Created = Webhook & { secret: string };

async function receive(answer?: (count: number) => number | null) {
  const receiver = await startWebhookReceiver(answer);
  cleanUps.push(receiver.stop);
  return receiver;
}

async function follow(server: TestServer, url: string, wish: Record<string, unknown>): Promise<Created> {
  const body = { url, eventTypes: ["availability.changed"], ...wish };
  const created = await server.ask<Created>("POST", "/v1/webhooks", 201, { as: "admin", body });
  cleanUps.push(async () => {
    await server.request("DELETE", `/v1/webhooks/${created.webhookId}`, { as: "admin" });
  });
  return created;
}

const availableIn = (data: readonly Record<string, unknown>[]) =>
  data.flatMap(({ items }) => (items as { available: number }[]).map(({ available }) => available));

const deliveriesOf = async (server: TestServer, { webhookId }: Webhook, query = "") => {
  const path = `/v1/webhooks/${webhookId}/deliveries${query}`;
  return (await server.ask<{ items: WebhookDelivery[] }>("GET", path, 200, { as: "admin" })).items;
};

describe("what is told", () => {
  test("a change is posted with the state before, signed with the secret that was shown once", async () => {
    await at.tellOnly("W01", [{ gtin: A, quantity: 5 }]);
    const receiver = await receive();
    const created = await follow(at, receiver.url, { filter: { locations: ["W01"] } });
    await at.tellOnly("W01", [{ gtin: A, quantity: -2 }]);
    await eventually(() => expect(receiver.received.length).toBe(1));
    const [first] = receiver.received;
    expect(first?.data["items"]).toMatchObject([
      { gtin: gtinFromNumber(A), locationId: "W01", available: 3, previousAvailable: 5 },
    ]);
    expect(isSignedWith(created.secret, first!)).toBe(true);
    expect(isSignedWith(`${created.secret.slice(0, -6)}AAAAA=`, first!)).toBe(false);
    expect(Math.abs(Number(first!.headers["webhook-timestamp"]) * 1000 - Date.now())).toBeLessThan(60_000);
    const { items } = await at.ask<{ items: Webhook[] }>("GET", "/v1/webhooks", 200, { as: "admin" });
    expect(JSON.stringify(items)).not.toContain("whsec_");
  });

  test("with thresholds only crossings, of what was asked for, and nothing of what was before", async () => {
    await at.tellOnly("W02", [
      { gtin: A, quantity: 7 },
      { gtin: B, quantity: 7 },
    ]);
    const receiver = await receive();
    await follow(at, receiver.url, {
      filter: { gtins: [gtinFromNumber(A)], locations: ["W02"], thresholds: [0, 5] },
    });
    const move = (quantity: number) =>
      at.tellOnly("W02", [
        { gtin: A, quantity },
        { gtin: B, quantity },
      ]);
    await move(-1);
    await move(-1);
    await eventually(() => expect(receiver.received.length).toBe(1));
    await move(-1);
    await move(-4);
    await eventually(() => expect(availableIn(receiver.of("availability.changed"))).toEqual([5, 0]));
  });

  test("many changes come in few posts of at most 100 items", async () => {
    const receiver = await receive();
    await follow(at, receiver.url, { filter: { locations: ["W03"] } });
    await at.tellOnly(
      "W03",
      MORE.map((gtin) => ({ gtin, quantity: 1 })),
    );
    await eventually(() => expect(availableIn(receiver.of("availability.changed")).length).toBe(MORE.length));
    expect(receiver.received.length).toBeLessThanOrEqual(4);
  });
});

describe("what does not arrive", () => {
  test("is tried again under the same id until it is taken, and the log says how it went", async () => {
    const receiver = await receive((count) => (count === 2 ? null : ([500, 0, 302][count - 1] ?? 200)));
    const created = await follow(at, receiver.url, { filter: { locations: ["W04"] } });
    await at.tellOnly("W04", [{ gtin: A, quantity: 1 }]);
    await eventually(() => expect(receiver.received.length).toBe(4));
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    await eventually(async () =>
      expect(await deliveriesOf(at, created)).toMatchObject([
        { status: "delivered", attempts: 4, responseCode: 200, error: "", nextAttemptAt: null },
      ]),
    );
  });

  test("after a restart it is sent, with what changed while nobody ran; and nothing twice that was taken", async () => {
    const bus = new MemoryBus();
    const first = await startTestServer({ db, bus, config: CONFIG });
    let isOpen = false;
    const receiver = await receive(() => (isOpen ? 200 : 503));
    await first.ledger.commit("W05", [{ gtin: A, quantity: 4 }]);
    const created = await follow(first, receiver.url, { filter: { locations: ["W05"] } });
    cleanUps.pop();
    await first.ledger.commit("W05", [{ gtin: A, quantity: 1 }]);
    await eventually(() => expect(receiver.received.length).toBeGreaterThan(0));
    await first.stop();
    await first.ledger.commit("W05", [{ gtin: A, quantity: -5 }]);
    isOpen = true;
    const second = await startTestServer({ db, bus, config: CONFIG });
    await eventually(() =>
      expect(new Set(availableIn(receiver.of("availability.changed")))).toEqual(new Set([0, 5])),
    );
    await eventually(async () =>
      expect((await deliveriesOf(second, created)).map(({ status }) => status)).toEqual([
        "delivered",
        "delivered",
      ]),
    );
    await second.stop();
    const { length } = receiver.received;
    const third = await startTestServer({ db, bus, config: CONFIG });
    await first.ledger.commit("W05", [{ gtin: A, quantity: 9 }]);
    await eventually(() => expect(receiver.received.length).toBe(length + 1));
    await third.request("DELETE", `/v1/webhooks/${created.webhookId}`, { as: "admin" });
    await third.stop();
  }, 40_000);

  test("an address that says that it is gone is left alone at once", async () => {
    const receiver = await receive(() => 410);
    const created = await follow(at, receiver.url, { filter: { locations: ["W07"] } });
    await at.tellOnly("W07", [{ gtin: A, quantity: 1 }]);
    await eventually(async () =>
      expect(
        await at.ask<Webhook>("GET", `/v1/webhooks/${created.webhookId}`, 200, { as: "admin" }),
      ).toMatchObject({ isEnabled: false, disabledReason: "gone" }),
    );
  });
});

describe("what people do", () => {
  test("a test is sent, and a delivery can be sent again under its id", async () => {
    const receiver = await receive();
    const created = await follow(at, receiver.url, { filter: { locations: ["none"] } });
    const path = `/v1/webhooks/${created.webhookId}`;
    const { deliveryId } = await at.ask<WebhookDelivery>("POST", `${path}/test`, 202, { as: "admin" });
    await eventually(() => expect(receiver.received.length).toBe(1));
    expect(receiver.received[0]).toMatchObject({
      type: "webhook.test",
      headers: { "webhook-id": deliveryId },
    });
    await eventually(async () =>
      expect(await deliveriesOf(at, created, "?status=delivered")).toHaveLength(1),
    );
    await at.ask("POST", `${path}/deliveries/${deliveryId}/redeliver`, 202, { as: "admin" });
    await eventually(() => expect(receiver.received.length).toBe(2));
    await eventually(async () =>
      expect(await deliveriesOf(at, created)).toMatchObject([
        { deliveryId, attempts: 2, status: "delivered" },
      ]),
    );
    await at.ask("POST", `${path}/deliveries/msg_none/redeliver`, 404, { as: "admin" });
  });

  test("a rotated secret signs beside the old one for its time of grace, then alone", async () => {
    const receiver = await receive();
    const created = await follow(at, receiver.url, { filter: { locations: ["none"] } });
    const path = `/v1/webhooks/${created.webhookId}`;
    const rotated = await at.ask<Created>("POST", `${path}/rotate-secret`, 200, {
      as: "admin",
      body: { graceHours: 1 },
    });
    await at.ask("POST", `${path}/test`, 202, { as: "admin" });
    await eventually(() => expect(receiver.received.length).toBe(1));
    const signedBy = (index: number) =>
      [created.secret, rotated.secret].map((secret) => isSignedWith(secret, receiver.received[index]!));
    expect(signedBy(0)).toEqual([true, true]);
    at.clock.aheadMs = 2 * HOUR_MS;
    await at.ask("POST", `${path}/test`, 202, { as: "admin" });
    await eventually(() => expect(receiver.received.length).toBe(2));
    expect(signedBy(1)).toEqual([false, true]);
  });

  test("an unknown type of event and a wrong product are refused", async () => {
    const post = (body: Record<string, unknown>) =>
      at.request("POST", "/v1/webhooks", {
        as: "admin",
        body: { url: "http://127.0.0.1:9/", eventTypes: ["*"], ...body },
      });
    expect((await post({ eventTypes: ["stock.changed"] })).status).toBe(400);
    expect((await post({ url: "ftp://example.com/" })).status).toBe(400);
    expect((await post({ filter: { gtins: ["4006381333932"] } })).status).toBe(400);
  });
});

test("secrets are not readable where they are stored", async () => {
  const receiver = await receive();
  const created = await follow(at, receiver.url, {});
  const rows = await db.query({
    name: "test/secrets",
    sql: "SELECT secret FROM webhooks",
    row: z.object({ secret: z.string() }),
  });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ secret }) => secret.includes(created.secret))).toEqual([]);
});

test("addresses that are not public are refused, as they are written and as they are resolved; so is a filter over too much", async () => {
  const guarded = await startTestServer({
    db,
    config: { maxItemsPerQuery: 1, webhooks: { tickMs: 20, encryptionKey: "k" } },
  });
  const post = async (url: string) => {
    const body = { url, eventTypes: ["webhook.test"] };
    const response = await guarded.request("POST", "/v1/webhooks", { as: "admin", body });
    return (await response.json()) as { code?: string; webhookId: string };
  };
  for (const url of [
    "http://example.com/",
    "https://10.0.0.1/",
    "https://[::1]/",
    "https://localhost/",
    "https://a:b@example.com/",
  ]) {
    expect((await post(url)).code).toBe("webhook_url_refused");
  }
  // A name of this machine: judged by its address, at the attempt.
  const { webhookId } = await post("https://localhost.localdomain./hook");
  const named = await post(`https://${hostname()}/hook`);
  for (const id of [webhookId, named.webhookId]) {
    await guarded.ask("POST", `/v1/webhooks/${id}/test`, 202, { as: "admin" });
    await eventually(async () => {
      const [delivery] = await deliveriesOf(guarded, { webhookId: id } as Webhook);
      expect(delivery).toMatchObject({ attempts: 1, responseCode: null });
    });
    await guarded.request("DELETE", `/v1/webhooks/${id}`, { as: "admin" });
  }
  await guarded.tellOnly(
    "W08",
    MORE.slice(0, 2).map((gtin) => ({ gtin, quantity: 1 })),
  );
  const body = { url: "https://example.com/", eventTypes: ["availability.changed"], filter: {} };
  const { code } = await guarded.ask<{ code: string }>("POST", "/v1/webhooks", 400, { as: "admin", body });
  expect(code).toBe("too_many_items");
  await guarded.stop();
});

test("a webhook that takes nothing for days is switched off, said in the audit log, and told the newest when it is back", async () => {
  let isOpen = false;
  const receiver = await receive(() => (isOpen ? 200 : 500));
  const created = await follow(at, receiver.url, { filter: { locations: ["W06"] } });
  const path = `/v1/webhooks/${created.webhookId}`;
  const get = () => at.ask<Webhook>("GET", path, 200, { as: "admin" });
  await at.tellOnly("W06", [{ gtin: A, quantity: 1 }]);
  await eventually(async () => expect((await get()).failingSince).not.toBeNull());
  at.clock.aheadMs += 73 * HOUR_MS;
  await eventually(async () =>
    expect(await get()).toMatchObject({ isEnabled: false, disabledReason: "failing" }),
  );
  const audited = await db.query({
    name: "test/audit",
    sql: "SELECT subject FROM audit_log WHERE action = 'webhook.disable'",
    row: z.object({ subject: z.string() }),
  });
  expect(audited.map(({ subject }) => subject)).toContain(created.webhookId);
  await at.ask("POST", `${path}/test`, 409, { as: "admin" });
  await at.tellOnly("W06", [{ gtin: A, quantity: 6 }]);
  isOpen = true;
  const { url, eventTypes, filter } = created;
  await at.ask("PUT", path, 200, { as: "admin", body: { url, eventTypes, filter } });
  await eventually(() => expect(availableIn(receiver.of("availability.changed"))).toContain(7));
});
