import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { temporaryDirectory } from "../../test/support/temporary-directory.ts";
import type { createAsyncApi } from "../documentation/asyncapi.ts";
import type { createOpenApi } from "../documentation/openapi.ts";
import { PROBLEMS } from "../problems.ts";
import { serverConfigSchema } from "../server-config.ts";
import type { Readiness } from "./readiness.ts";

const LOCAL = { peer: "127.0.0.1" };
const directory = temporaryDirectory("dashboard");
let db: Database;
let at: TestServer;

beforeAll(async () => {
  mkdirSync(join(directory, "assets"));
  writeFileSync(join(directory, "index.html"), "<!doctype html><title>Onhand</title>");
  writeFileSync(join(directory, "assets", "main-abc123.js"), "export {};");
  writeFileSync(join(directory, "..", "outside.txt"), "outside");
  db = await openTestDatabase();
  at = await startTestServer({ db, deps: { staticDirectory: directory } });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

describe("probes", () => {
  test("readiness names each check and what is wrong with it", async () => {
    expect(await at.ask("GET", "/readyz", 200, LOCAL)).toMatchObject({ status: "ready" });
    at.bus.setUp(false);
    const broken = await at.ask<Readiness>("GET", "/readyz", 503, LOCAL);
    expect(broken.checks.filter((check) => check.reason !== null)).toMatchObject([{ name: "broker" }]);
    at.bus.setUp(true);
    at.bus.lose = () => true;
    await at.tellOnly("S01", [{ gtin: 4006381333931, quantity: 1 }]);
    at.bus.lose = () => false;
    await at.ledger.tellSequence("S01");
    const lagging = await at.ask("GET", "/readyz", 503, LOCAL);
    expect(JSON.stringify(lagging)).toContain("1 movements were missed");
    await at.ask("GET", "/livez", 200);
  });

  test("checks that are handed in count", async () => {
    const other = await startTestServer({ db });
    let reason: string | null = null;
    const server = await startTestServer({
      db,
      deps: { extraReadinessChecks: [{ name: "ingest", reason: () => reason }] },
    });
    reason = "The disk is nearly full.";
    expect(await server.ask("GET", "/readyz", 503, LOCAL)).toMatchObject({ status: "not_ready" });
    await server.stop();
    await other.stop();
  });

  test("from elsewhere only the status is told; metrics need an admin's key", async () => {
    const there = { peer: "192.0.2.7" };
    const answer = await at.request("GET", "/readyz", there);
    expect(Object.keys((await answer.json()) as object)).toEqual(["status"]);
    expect((await at.request("GET", "/metrics", there)).status).toBe(401);
    expect((await at.request("GET", "/metrics", { ...there, as: "storefront" })).status).toBe(401);
    expect((await at.request("GET", "/metrics", { ...there, as: "admin" })).status).toBe(200);
    // A proxy on this machine comes from loopback, but under the public name.
    const proxied = await startTestServer({ db, config: { hosts: ["stock.example"] } });
    const headers = { host: "stock.example" };
    expect((await proxied.request("GET", "http://stock.example/metrics", { ...LOCAL, headers })).status).toBe(
      401,
    );
    await proxied.stop();
  });

  test("metrics are Prometheus text under our own names", async () => {
    const response = await at.request("GET", "/metrics", LOCAL);
    const text = await response.text();
    for (const name of [
      "onhand_http_request_seconds_bucket",
      "onhand_positions",
      "onhand_stream_sockets",
      "onhand_projection_lag_movements",
    ]) {
      expect(text).toContain(name);
    }
  });
});

describe("the dashboard's files", () => {
  test("hashed assets are kept for ever, the page is asked for again and may be unchanged", async () => {
    const asset = await at.request("GET", "/assets/main-abc123.js");
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect(asset.headers.get("content-type")).toContain("javascript");
    const page = await at.request("GET", "/");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
    const again = await at.request("GET", "/", {
      headers: { "if-none-match": page.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
  });

  test("the page's own routes get the page, missing files and calls a problem", async () => {
    expect((await at.request("GET", "/readers")).headers.get("content-type")).toContain("text/html");
    expect((await at.request("GET", "/assets/gone.js")).status).toBe(404);
    expect((await at.request("GET", "/v1/gone")).status).toBe(404);
    expect((await at.request("POST", "/readers")).status).toBe(404);
  });

  test("no path leads out of the directory", async () => {
    for (const path of [
      "/../outside.txt",
      "/%2e%2e/outside.txt",
      "/..%2foutside.txt",
      "/assets/../../outside.txt",
    ]) {
      const response = await at.request("GET", path);
      expect([path, response.status]).toEqual([path, 404]);
    }
  });
});

describe("documents", () => {
  test("OpenAPI names every route, with its roles, answers and problems", async () => {
    const document = await at.ask<ReturnType<typeof createOpenApi>>("GET", "/openapi.json", 200);
    expect(document.openapi).toBe("3.1.0");
    const names = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = at.server.routes.map(
      (route) => `${route.method} ${route.path.replaceAll(/:([A-Za-z]+)/g, "{$1}")}`,
    );
    // It speaks ClickHouse's interface and not ours: no route of the list.
    const beside = ["GET /clickhouse/", "POST /clickhouse/"];
    expect(names.sort()).toEqual([...routes, ...beside].sort());
    const operation = document.paths["/v1/availability"]?.["get"];
    expect(operation).toMatchObject({
      "x-roles": ["storefront", "store", "merchandiser", "admin"],
      responses: {
        200: { content: { "application/json": { schema: { properties: { items: { type: "array" } } } } } },
        400: {},
        401: {},
        403: {},
        429: {},
        503: {},
      },
    });
    const ids = Object.values(document.paths).flatMap((one) =>
      Object.values(one).map((two) => two["operationId"]),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("AsyncAPI names the topics and the stream, and every reference leads somewhere", async () => {
    const document = await at.ask<ReturnType<typeof createAsyncApi>>("GET", "/asyncapi.json", 200);
    expect(document.asyncapi).toBe("3.0.0");
    const addresses = Object.values(document.channels).map((channel) => channel.address);
    expect(addresses).toEqual(
      expect.arrayContaining([
        "onhand/{location}/movements",
        "onhand/{location}/rfid/{reader}",
        "/v1/availability/stream",
      ]),
    );
    for (const reference of JSON.stringify(document).matchAll(/"\$ref":"#\/(channels|servers)\/([^"]+)"/g)) {
      expect(document).toHaveProperty([reference[1]!, reference[2]!]);
    }
  });

  test("the page shows both and every problem, and needs no other host and no script", async () => {
    const page = await (await at.request("GET", "/docs")).text();
    for (const code of Object.keys(PROBLEMS)) expect(page).toContain(`id="problem-${code}"`);
    expect(page).toContain("/v1/readers/{locationId}/{readerId}");
    expect(page).toContain("onhand/{location}/movements");
    expect(page).not.toMatch(/<script|https?:\/\/(?!json-schema)/);
  });
});

test("beyond loopback it listens only with TLS or when told to, and says how", () => {
  const refused = serverConfigSchema.safeParse({ host: "0.0.0.0" });
  expect(refused.error?.issues[0]?.message).toContain("INSECURE_LAN=true");
  expect(serverConfigSchema.safeParse({ host: "0.0.0.0", insecureLan: true }).success).toBe(true);
  expect(
    serverConfigSchema.safeParse({ host: "0.0.0.0", tls: { certFile: "c", keyFile: "k" } }).success,
  ).toBe(true);
  for (const host of ["127.0.0.1", "localhost", "::1"])
    expect(serverConfigSchema.safeParse({ host }).success).toBe(true);
});
