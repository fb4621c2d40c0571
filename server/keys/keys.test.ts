import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { CreatedKey } from "../../domain/api/credentials.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { parseKeyToken } from "./key-token.ts";

const GTIN = "04006381333931";
const SHOP = "https://shop.example";
let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  await at.ledger.commit("S01", [{ gtin: Number(GTIN), quantity: 500 }]);
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

async function createKey(body: object) {
  return await at.ask<CreatedKey>("POST", "/v1/keys", 201, { as: "admin", body });
}

test("a key's secret is shown once, and stored nowhere", async () => {
  const created = await createKey({ role: "storefront", name: "shop" });
  expect(parseKeyToken(created.token)).toEqual({ keyId: created.keyId, secret: created.secret });
  await at.ask("GET", "/v1/session", 200, { token: created.token });
  const listed = await at.ask("GET", "/v1/keys", 200, { as: "admin" });
  expect(JSON.stringify(listed)).not.toContain(created.secret);
  for (const table of ["api_keys", "audit_log"]) {
    const rows = await db.query({
      name: "test/rows",
      sql: `SELECT formatRow('JSONEachRow', *) AS line FROM ${table}`,
      row: z.object({ line: z.string() }),
    });
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(created.secret);
  }
});

test("a revoked key is refused at once, by the next request and by another server within a second", async () => {
  const other = await startTestServer({ db, bus: at.bus });
  const created = await createKey({ role: "storefront" });
  await at.ask("GET", "/v1/session", 200, { token: created.token });
  await expect
    .poll(async () => (await other.request("GET", "/v1/session", { token: created.token })).status)
    .toBe(200);
  await at.ask("DELETE", `/v1/keys/${created.keyId}`, 200, { as: "admin" });
  await at.ask("GET", "/v1/session", 401, { token: created.token });
  await expect
    .poll(async () => (await other.request("GET", "/v1/session", { token: created.token })).status, {
      timeout: 1000,
    })
    .toBe(401);
  await at.ask("DELETE", "/v1/keys/nobody", 404, { as: "admin" });
  await other.stop();
});

test("keys outlive the process", async () => {
  const created = await createKey({ role: "merchandiser", name: "kept" });
  const again = await startTestServer({ db });
  const answer = await again.request("GET", "/v1/session", { token: created.token });
  expect(answer.status).toBe(200);
  await again.stop();
});

test("every change by a person is in the audit log, with who did it", async () => {
  const created = await createKey({ role: "device", locationId: "S01" });
  const rows = await db.query({
    name: "test/audit",
    sql: "SELECT actor, action FROM audit_log WHERE subject = {subject:String}",
    params: { subject: created.keyId },
    row: z.object({ actor: z.string(), action: z.string() }),
  });
  const admin = parseKeyToken(at.tokens.admin)!.keyId;
  expect(rows).toEqual([{ actor: admin, action: "key.create" }]);
});

test("a key of a device or a store needs a location; others have none; only a storefront's can be published", async () => {
  for (const body of [
    { role: "device" },
    { role: "storefront", locationId: "S01" },
    { role: "admin", origins: [SHOP] },
    { role: "storefront", origins: [`${SHOP}/path`] },
    { role: "store" },
  ]) {
    const response = await at.request("POST", "/v1/keys", { as: "admin", body });
    expect([body, response.status]).toEqual([body, 400]);
  }
});

test("a publishable key works on its own origins only, sees capped numbers, and nothing else", async () => {
  const { token } = await createKey({ role: "storefront", origins: [SHOP] });
  const path = `/v1/availability?gtin=${GTIN}&location=S01`;
  const response = await at.request("GET", path, { token, headers: { origin: SHOP } });
  expect(response.headers.get("access-control-allow-origin")).toBe(SHOP);
  expect(await response.json()).toMatchObject({
    items: [{ available: 10, onHand: 10, reasonCode: "in_stock" }],
  });
  await at.ask("GET", path, 403, { token, headers: { origin: "https://other.example" } });
  await at.ask("GET", path, 403, { token });
  await at.ask("GET", "/v1/products", 403, { token, headers: { origin: SHOP } });

  const preflight = (origin: string) =>
    at.request("OPTIONS", "/v1/availability/query", {
      headers: { origin, "access-control-request-method": "POST" },
    });
  const allowed = await preflight(SHOP);
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get("access-control-allow-origin")).toBe(SHOP);
  expect(allowed.headers.get("access-control-allow-methods")).toBe("POST");
  expect((await preflight("https://other.example")).status).toBe(403);
});

test("a publishable key is rate limited per address, with the time to wait", async () => {
  const small = await startTestServer({
    db,
    config: { publishableRequestsPerSecond: 1, publishableBurst: 3 },
  });
  const { token } = await small.keys.create({
    role: "storefront",
    name: "",
    locationId: null,
    origins: [SHOP],
  });
  const ask = (peer: string) =>
    small.request("GET", `/v1/availability?gtin=${GTIN}`, { token, peer, headers: { origin: SHOP } });
  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await ask("192.0.2.1")).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const refused = await ask("192.0.2.1");
  expect(refused.headers.get("retry-after")).toBe("1");
  expect((await ask("192.0.2.2")).status).toBe(200);
  small.clock.aheadMs += 1_500;
  expect((await ask("192.0.2.1")).status).toBe(200);
  await small.stop();
});
