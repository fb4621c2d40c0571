import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

async function signIn(path = at.server.createLoginPath()): Promise<string> {
  const response = await at.request("GET", path);
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/");
  const cookie = response.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  return cookie.split(";")[0] ?? "";
}

test("the start link signs in one browser, once", async () => {
  const path = at.server.createLoginPath();
  const cookie = await signIn(path);
  expect(await at.ask("GET", "/v1/session", 200, { headers: { cookie } })).toMatchObject({
    actor: "start-link",
    role: "admin",
  });
  expect(await at.ask("GET", path, 401)).toMatchObject({ code: "login_code_invalid" });
});

test("links and sessions end", async () => {
  const path = at.server.createLoginPath();
  const cookie = await signIn();
  at.clock.aheadMs += 61 * 60_000;
  expect((await at.request("GET", path)).status).toBe(401);
  expect((await at.request("GET", "/v1/session", { headers: { cookie } })).status).toBe(200);
  at.clock.aheadMs += 12 * 3_600_000;
  expect((await at.request("GET", "/v1/session", { headers: { cookie } })).status).toBe(401);
});

test("a change with a cookie needs this server's own origin", async () => {
  const headers = { cookie: await signIn(), host: "localhost:8080" };
  const body = { name: "A scarf" };
  const path = "/v1/products/96385074";
  const statusFrom = async (origin: string | null) => {
    const withOrigin = origin === null ? headers : { ...headers, origin };
    return (await at.request("PUT", path, { headers: withOrigin, body })).status;
  };
  expect(await statusFrom(null)).toBe(403);
  expect(await statusFrom("http://localhost:9999")).toBe(403);
  expect(await statusFrom("http://localhost:8080")).toBe(200);
});

test("signing out ends the session, not only the cookie", async () => {
  const cookie = await signIn();
  const headers = { cookie, host: "localhost", origin: "http://localhost" };
  const response = await at.request("DELETE", "/v1/session", { headers });
  expect(response.status).toBe(204);
  expect(response.headers.get("set-cookie")).toContain("Max-Age=0");
  await at.ask("GET", "/v1/session", 401, { headers: { cookie } });
});

test("a person may sign in with a key, whose end is the session's end", async () => {
  const created = await at.keys.create({ role: "merchandiser", name: "", locationId: null, origins: [] });
  const response = await at.request("POST", "/v1/session", { body: { key: created.token } });
  expect(response.status).toBe(200);
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  expect(await at.ask("GET", "/v1/session", 200, { headers: { cookie } })).toMatchObject({
    role: "merchandiser",
  });
  await at.keys.revoke(created.keyId);
  await at.ask("GET", "/v1/session", 401, { headers: { cookie } });
  await at.ask("POST", "/v1/session", 401, { body: { key: created.token } });
  await at.ask("POST", "/v1/session", 403, { body: { key: at.tokens.device } });
  await at.ask("POST", "/v1/session", 200, { body: { key: at.tokens.analyst } });
});

test("an admin can make a new link", async () => {
  const made = await at.ask<{ path: string }>("POST", "/v1/login-codes", 201, { as: "admin" });
  expect(await signIn(made.path)).toMatch(/^onhand_session=/);
});

test("a store's key and a store's link sign in its staff, held to the one location, on the store page", async () => {
  const response = await at.request("POST", "/v1/session", { body: { key: at.tokens.store } });
  const byKey = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const wish = { role: "store", locationId: "S02" };
  const made = await at.ask<{ path: string }>("POST", "/v1/login-codes", 201, { as: "admin", body: wish });
  const link = await at.request("GET", made.path);
  expect(link.headers.get("location")).toBe("/store/");
  const byLink = (link.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  for (const [cookie, locationId] of [
    [byKey, "S01"],
    [byLink, "S02"],
  ] as const) {
    expect(await at.ask("GET", "/v1/session", 200, { headers: { cookie } })).toMatchObject({
      role: "store",
      locationId,
    });
  }
  await at.ask("POST", "/v1/login-codes", 400, { as: "admin", body: { role: "store" } });
  await at.ask("POST", "/v1/login-codes", 400, { as: "admin", body: { role: "admin", locationId: "S02" } });
});

test("the machine's owner may do what an admin may", async () => {
  const owned = await startTestServer({ db, deps: { ownerToken: "a-token-of-the-lock-file" } });
  expect(await owned.ask("GET", "/v1/session", 200, { token: "a-token-of-the-lock-file" })).toMatchObject({
    actor: "owner",
    role: "admin",
  });
  await owned.ask("GET", "/v1/session", 401, { token: "a-token-of-the-lock-filf" });
  await owned.stop();
});
