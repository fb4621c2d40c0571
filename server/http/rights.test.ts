import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemSchema } from "../../domain/api/problem.ts";
import { ROLES } from "../../domain/api/credentials.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { PROBLEMS } from "../problems.ts";

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

/** What each role may do, written down a second time, by hand: a right given by mistake fails here. */
const RIGHTS: Record<string, string> = {
  "GET /v1/pipeline": "admin",
  "GET /v1/attention": "merchandiser admin",
  "GET /v1/tasks": "store merchandiser admin",
  "GET /v1/tasks/:taskId": "store merchandiser admin",
  "POST /v1/tasks": "store merchandiser admin",
  "POST /v1/tasks/:taskId/seen": "store merchandiser admin",
  "POST /v1/tasks/:taskId/accept": "store merchandiser admin",
  "POST /v1/tasks/:taskId/release": "store merchandiser admin",
  "POST /v1/tasks/:taskId/progress": "store merchandiser admin",
  "POST /v1/tasks/:taskId/done": "store merchandiser admin",
  "POST /v1/tasks/:taskId/short": "store merchandiser admin",
  "POST /v1/tasks/:taskId/comment": "store merchandiser admin",
  "GET /v1/settings/tasks": "store merchandiser admin",
  "GET /v1/settings/tasks/:locationId": "store merchandiser admin",
  "PUT /v1/settings/tasks": "admin",
  "PUT /v1/settings/tasks/:locationId": "admin",
  "DELETE /v1/settings/read-points/:locationId/:readerId": "admin",
  "DELETE /v1/settings/read-points/:locationId/:readerId/:antenna": "admin",
  "DELETE /v1/settings/tracking/:locationId": "admin",
  "GET /v1/settings/read-points": "merchandiser admin",
  "GET /v1/settings/read-points/:locationId/:readerId": "merchandiser admin",
  "GET /v1/settings/read-points/:locationId/:readerId/:antenna": "merchandiser admin",
  "GET /v1/settings/tracking": "merchandiser admin",
  "GET /v1/settings/tracking/history": "merchandiser admin",
  "PUT /v1/settings/read-points/:locationId/:readerId": "admin",
  "PUT /v1/settings/read-points/:locationId/:readerId/:antenna": "admin",
  "PUT /v1/settings/tracking": "admin",
  "PUT /v1/settings/tracking/:locationId": "admin",
  "GET /v1/availability": "storefront store merchandiser admin",
  "DELETE /v1/webhooks/:webhookId": "admin",
  "GET /v1/webhooks": "admin",
  "GET /v1/webhooks/:webhookId": "admin",
  "GET /v1/webhooks/:webhookId/deliveries": "admin",
  "POST /v1/webhooks": "admin",
  "POST /v1/webhooks/:webhookId/deliveries/:deliveryId/redeliver": "admin",
  "POST /v1/webhooks/:webhookId/rotate-secret": "admin",
  "POST /v1/webhooks/:webhookId/test": "admin",
  "PUT /v1/webhooks/:webhookId": "admin",
  "GET /v1/connectors": "admin",
  "POST /v1/connectors": "admin",
  "GET /v1/connectors/:connectorId": "admin",
  "PUT /v1/connectors/:connectorId": "admin",
  "DELETE /v1/connectors/:connectorId": "admin",
  "PUT /v1/connectors/:connectorId/items": "admin",
  "POST /v1/connectors/:connectorId/webhook": "open",
  "POST /v1/connectors/:connectorId/orders": "storefront admin",
  "GET /v1/connectors/:connectorId/messages": "merchandiser admin",
  "GET /v1/connectors/:connectorId/messages/:messageId": "merchandiser admin",
  "POST /v1/connectors/:connectorId/messages/:messageId/replay": "merchandiser admin",
  "POST /v1/connectors/:connectorId/messages/:messageId/discard": "merchandiser admin",
  "POST /v1/connectors/:connectorId/replay": "merchandiser admin",
  "GET /v1/availability/stream/events": "storefront merchandiser admin",
  "POST /v1/availability/query": "storefront store merchandiser admin",
  "GET /v1/availability/explain": "storefront merchandiser admin",
  "GET /v1/reconciliation": "merchandiser admin",
  "POST /v1/reconciliation/:locationId": "merchandiser admin",
  "POST /v1/reservations": "storefront admin",
  "GET /v1/reservations": "storefront merchandiser admin",
  "GET /v1/reservations/:reservationId": "storefront merchandiser admin",
  "POST /v1/reservations/:reservationId/confirm": "storefront admin",
  "POST /v1/reservations/:reservationId/extend": "storefront admin",
  "POST /v1/reservations/:reservationId/transfer": "storefront admin",
  "POST /v1/reservations/:reservationId/pick": "storefront admin",
  "POST /v1/reservations/:reservationId/short": "storefront admin",
  "POST /v1/reservations/:reservationId/release": "storefront admin",
  "POST /v1/reservations/:reservationId/fulfil": "storefront admin",
  "POST /v1/orders": "storefront store admin",
  "GET /v1/orders": "storefront store merchandiser admin",
  "GET /v1/orders/:orderId": "storefront store merchandiser admin",
  "GET /v1/orders/:orderId/pickup-codes": "storefront admin",
  "POST /v1/orders/:orderId/change": "storefront store admin",
  "POST /v1/orders/:orderId/cancel": "storefront store admin",
  "POST /v1/orders/:orderId/told": "storefront store admin",
  "POST /v1/orders/:orderId/fulfilments/:fulfilmentId/sent": "store admin",
  "POST /v1/orders/:orderId/fulfilments/:fulfilmentId/accept": "store admin",
  "POST /v1/orders/:orderId/fulfilments/:fulfilmentId/pick": "store admin",
  "POST /v1/orders/:orderId/fulfilments/:fulfilmentId/short": "store admin",
  "POST /v1/orders/:orderId/fulfilments/:fulfilmentId/ready": "store admin",
  "POST /v1/orders/:orderId/fulfilments/:fulfilmentId/arrive": "storefront store admin",
  "POST /v1/orders/:orderId/fulfilments/:fulfilmentId/collect": "store admin",
  "POST /v1/orders/:orderId/fulfilments/:fulfilmentId/ship": "store admin",
  "POST /v1/orders/:orderId/fulfilments/:fulfilmentId/deliver": "storefront store admin",
  "POST /v1/promise": "storefront merchandiser admin",
  "POST /v1/promise/reservations": "storefront admin",
  "GET /v1/purchases": "storefront store admin",
  "POST /v1/returns": "storefront store admin",
  "GET /v1/returns": "storefront store merchandiser admin",
  "GET /v1/returns/:returnId": "storefront store merchandiser admin",
  "POST /v1/returns/:returnId/inspect": "store admin",
  "POST /v1/misses": "storefront store admin",
  "GET /v1/misses": "storefront store merchandiser admin",
  "GET /v1/misses/:missId": "storefront store merchandiser admin",
  "POST /v1/misses/:missId/save": "storefront store admin",
  "POST /v1/customers": "storefront store admin",
  "POST /v1/customers/lookup": "storefront store merchandiser admin",
  "GET /v1/customers/:customerId": "storefront store merchandiser admin",
  "GET /v1/customers/:customerId/purchases": "merchandiser admin",
  "POST /v1/customers/:customerId/consents": "storefront store admin",
  "PUT /v1/customers/:customerId/contact": "storefront store admin",
  "POST /v1/customers/:customerId/merges": "admin",
  "DELETE /v1/customers/:customerId/merges/:mergeId": "admin",
  "GET /v1/customers/:customerId/export": "admin",
  "DELETE /v1/customers/:customerId": "admin",
  "GET /v1/annotations": "merchandiser analyst admin",
  "POST /v1/annotations": "merchandiser admin",
  "PUT /v1/annotations/:annotationId": "merchandiser admin",
  "DELETE /v1/annotations/:annotationId": "merchandiser admin",
  "GET /v1/reports": "merchandiser analyst admin",
  "GET /v1/reports/:name": "merchandiser analyst admin",
  "GET /v1/sql/samples": "analyst admin",
  "GET /v1/sql/tables": "analyst admin",
  "POST /v1/lifetime-value/fits": "admin",
  "GET /v1/lifetime-value/fits": "merchandiser analyst admin",
  "GET /v1/lifetime-value": "merchandiser analyst admin",
  "GET /v1/offers": "storefront store merchandiser admin",
  "GET /v1/offers/:offerId": "storefront store merchandiser admin",
  "PUT /v1/offers/:offerId": "merchandiser admin",
  "POST /v1/offers/:offerId/issues": "storefront store merchandiser admin",
  "POST /v1/offers/:offerId/redemptions": "storefront store admin",
  "GET /v1/offer-channels": "merchandiser admin",
  "GET /v1/settings/promise": "merchandiser admin",
  "PUT /v1/settings/promise": "admin",
  "GET /v1/positions": "merchandiser admin",
  "POST /v1/events": "device admin",
  "GET /v1/locations": "storefront store merchandiser analyst admin",
  "GET /v1/locations/:locationId": "storefront store merchandiser analyst admin",
  "PUT /v1/locations/:locationId": "merchandiser admin",
  "PATCH /v1/locations/:locationId": "merchandiser admin",
  "GET /v1/products": "storefront store merchandiser analyst admin",
  "GET /v1/products/:gtin": "storefront store merchandiser analyst admin",
  "PUT /v1/products/:gtin": "merchandiser admin",
  "PATCH /v1/products/:gtin": "merchandiser admin",
  "GET /v1/tag-mappings": "merchandiser admin",
  "PUT /v1/tag-mappings": "merchandiser admin",
  "GET /v1/tag-mappings/:epc": "merchandiser admin",
  "PUT /v1/tag-mappings/:epc": "merchandiser admin",
  "DELETE /v1/tag-mappings/:epc": "merchandiser admin",
  "GET /v1/readers": "merchandiser admin",
  "GET /v1/readers/:locationId/:readerId": "merchandiser admin",
  "PUT /v1/readers/:locationId/:readerId": "merchandiser admin",
  "PATCH /v1/readers/:locationId/:readerId": "merchandiser admin",
  "GET /v1/counts": "merchandiser admin",
  "GET /v1/counts/:countId": "merchandiser admin",
  "POST /v1/counts/:countId/decision": "merchandiser admin",
  "GET /v1/items": "store merchandiser admin",
  "GET /v1/zone-stock": "store merchandiser admin",
  "GET /v1/movements": "merchandiser admin",
  "GET /v1/lists": "merchandiser admin",
  "GET /v1/lists/ghosts": "merchandiser admin",
  "GET /v1/lists/misplaced": "merchandiser admin",
  "GET /v1/lists/backroom-only": "merchandiser admin",
  "GET /v1/lists/sold-but-seen": "merchandiser admin",
  "GET /v1/lists/unknown-tags": "merchandiser admin",
  "GET /v1/lists/losses": "merchandiser admin",
  "GET /v1/items/:epc": "store merchandiser admin",
  "GET /v1/lists/unmatched": "merchandiser admin",
  "GET /v1/erp/books": "merchandiser admin",
  "GET /v1/erp/differences": "merchandiser admin",
  "GET /v1/erp/differences.csv": "merchandiser admin",
  "GET /v1/items/:epc/history": "merchandiser admin",
  "GET /v1/items/:epc/reads": "merchandiser admin",
  "GET /v1/readers/:locationId/:readerId/notices": "merchandiser admin",
  "GET /v1/reader-mappings": "merchandiser admin",
  "PUT /v1/reader-mappings/:name": "admin",
  "DELETE /v1/reader-mappings/:name": "admin",
  "GET /v1/dead-letters": "merchandiser admin",
  "GET /v1/dead-letters/groups": "merchandiser admin",
  "GET /v1/dead-letters/:deadLetterId": "merchandiser admin",
  "POST /v1/dead-letters/:deadLetterId/replay": "merchandiser admin",
  "POST /v1/dead-letters/:deadLetterId/discard": "merchandiser admin",
  "POST /v1/dead-letters/:deadLetterId/reopen": "merchandiser admin",
  "POST /v1/dead-letters/replay": "merchandiser admin",
  "GET /v1/dead-letters/replays": "merchandiser admin",
  "GET /v1/dead-letters/replays/:jobId": "merchandiser admin",
  "POST /v1/dead-letters/replays/:jobId/stop": "merchandiser admin",
  "POST /epcis/v2/capture": "device merchandiser admin",
  "GET /epcis/v2/capture": "device merchandiser admin",
  "GET /epcis/v2/capture/:captureID": "device merchandiser admin",
  "OPTIONS /epcis/v2/capture": "device merchandiser admin",
  "OPTIONS /epcis/v2/capture/:captureID": "device merchandiser admin",
  "GET /epcis/v2/events": "merchandiser admin",
  "GET /epcis/v2/events/:eventID": "merchandiser admin",
  "POST /epcis/v2/events": "device merchandiser admin",
  "OPTIONS /epcis/v2/events": "merchandiser admin",
  "OPTIONS /epcis/v2/events/:eventID": "merchandiser admin",
  "GET /epcis/v2/eventTypes": "merchandiser admin",
  "OPTIONS /epcis/v2/eventTypes": "merchandiser admin",
  "GET /epcis/v2/eventTypes/:value": "merchandiser admin",
  "OPTIONS /epcis/v2/eventTypes/:value": "merchandiser admin",
  "GET /epcis/v2/eventTypes/:value/events": "merchandiser admin",
  "OPTIONS /epcis/v2/eventTypes/:value/events": "merchandiser admin",
  "GET /epcis/v2/epcs": "merchandiser admin",
  "OPTIONS /epcis/v2/epcs": "merchandiser admin",
  "GET /epcis/v2/epcs/:value": "merchandiser admin",
  "OPTIONS /epcis/v2/epcs/:value": "merchandiser admin",
  "GET /epcis/v2/epcs/:value/events": "merchandiser admin",
  "OPTIONS /epcis/v2/epcs/:value/events": "merchandiser admin",
  "GET /epcis/v2/bizSteps": "merchandiser admin",
  "OPTIONS /epcis/v2/bizSteps": "merchandiser admin",
  "GET /epcis/v2/bizSteps/:value": "merchandiser admin",
  "OPTIONS /epcis/v2/bizSteps/:value": "merchandiser admin",
  "GET /epcis/v2/bizSteps/:value/events": "merchandiser admin",
  "OPTIONS /epcis/v2/bizSteps/:value/events": "merchandiser admin",
  "GET /epcis/v2/bizLocations": "merchandiser admin",
  "OPTIONS /epcis/v2/bizLocations": "merchandiser admin",
  "GET /epcis/v2/bizLocations/:value": "merchandiser admin",
  "OPTIONS /epcis/v2/bizLocations/:value": "merchandiser admin",
  "GET /epcis/v2/bizLocations/:value/events": "merchandiser admin",
  "OPTIONS /epcis/v2/bizLocations/:value/events": "merchandiser admin",
  "GET /epcis/v2/readPoints": "merchandiser admin",
  "OPTIONS /epcis/v2/readPoints": "merchandiser admin",
  "GET /epcis/v2/readPoints/:value": "merchandiser admin",
  "OPTIONS /epcis/v2/readPoints/:value": "merchandiser admin",
  "GET /epcis/v2/readPoints/:value/events": "merchandiser admin",
  "OPTIONS /epcis/v2/readPoints/:value/events": "merchandiser admin",
  "GET /epcis/v2/dispositions": "merchandiser admin",
  "OPTIONS /epcis/v2/dispositions": "merchandiser admin",
  "GET /epcis/v2/dispositions/:value": "merchandiser admin",
  "OPTIONS /epcis/v2/dispositions/:value": "merchandiser admin",
  "GET /epcis/v2/dispositions/:value/events": "merchandiser admin",
  "OPTIONS /epcis/v2/dispositions/:value/events": "merchandiser admin",
  "GET /epcis/v2/queries": "merchandiser admin",
  "POST /epcis/v2/queries": "merchandiser admin",
  "GET /epcis/v2/queries/:queryName": "merchandiser admin",
  "DELETE /epcis/v2/queries/:queryName": "merchandiser admin",
  "GET /epcis/v2/queries/:queryName/events": "merchandiser admin",
  "GET /epcis/v2/queries/:queryName/subscriptions": "merchandiser admin",
  "POST /epcis/v2/queries/:queryName/subscriptions": "merchandiser admin",
  "DELETE /epcis/v2/nextPageToken/:token": "merchandiser admin",
  "GET /v1/locations/:locationId/opening": "storefront merchandiser admin",
  "GET /v1/incoming": "merchandiser admin",
  "GET /v1/availability/schedule": "storefront merchandiser admin",
  "GET /v1/rules": "merchandiser admin",
  "GET /v1/rules/:ruleId": "merchandiser admin",
  "PUT /v1/rules/:ruleId": "merchandiser admin",
  "DELETE /v1/rules/:ruleId": "merchandiser admin",
  "GET /v1/rule-changes": "merchandiser admin",
  "POST /v1/rule-previews": "merchandiser admin",
  "GET /v1/location-groups": "merchandiser admin",
  "PUT /v1/location-groups/:groupId": "merchandiser admin",
  "DELETE /v1/location-groups/:groupId": "merchandiser admin",
  "GET /v1/feeds/google-local-inventory.tsv": "storefront merchandiser admin",
  "GET /v1/feeds/:channel/stock.csv": "storefront merchandiser admin",
  "GET /v1/feeds/runs": "merchandiser admin",
  "GET /v1/feeds/runs/:runId": "merchandiser admin",
  "GET /v1/feeds/runs/:runId/text": "merchandiser admin",
  "POST /v1/feeds/lint": "merchandiser admin",
  "GET /v1/feeds/settings": "merchandiser admin",
  "PUT /v1/feeds/settings": "admin",
  "GET /v1/feeds/audits": "merchandiser admin",
  "POST /v1/feeds/audits": "merchandiser admin",
  "GET /v1/feeds/audits/:auditId": "store merchandiser admin",
  "POST /v1/feeds/audits/:auditId/found": "store merchandiser admin",
  "GET /v1/keys": "admin",
  "POST /v1/keys": "admin",
  "DELETE /v1/keys/:keyId": "admin",
  "GET /v1/session": "device storefront store merchandiser analyst admin",
  "DELETE /v1/session": "device storefront store merchandiser analyst admin",
  "POST /v1/tickets": "storefront store merchandiser admin",
  "POST /v1/login-codes": "admin",
  "POST /v1/session": "open",
  "GET /login": "open",
  "GET /livez": "open",
  "GET /readyz": "open",
  "GET /metrics": "open",
  "GET /openapi.json": "open",
  "GET /asyncapi.json": "open",
  "GET /docs": "open",
  "GET /docs.css": "open",
};

test("the rights of every route are those that were meant", () => {
  const actual = Object.fromEntries(
    at.server.routes.map((route) => [
      `${route.method} ${route.path}`,
      route.roles === "open" ? "open" : route.roles.join(" "),
    ]),
  );
  expect(actual).toEqual(RIGHTS);
});

test("every example in the documentation is one that its route takes or gives", () => {
  const wrong: string[] = [];
  let held = 0;
  for (const { method, path, examples, body, bodyForDocs, answer } of at.server.routes) {
    const pairs = [
      ["body", examples?.body, body ?? bodyForDocs],
      ["answer", examples?.answer, answer?.schema],
    ] as const;
    for (const [name, example, schema] of pairs) {
      if (example === undefined) continue;
      held += 1;
      if (schema?.safeParse(example).success !== true) wrong.push(`${method} ${path} ${name}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(held).toBeGreaterThan(8);
});

/** A body that no schema takes: what is allowed is refused for it, before it does anything. */
const NONSENSE = { body: { nonsense: true } };
/** These take no body, and would do what they do. */
const HARMLESS = new Set(["/v1/session", "/v1/tickets", "/v1/login-codes"]);

async function verdict(name: string, role: (typeof ROLES)[number]): Promise<string> {
  const [method = "", pattern = ""] = name.split(" ");
  const path = pattern.replaceAll(/:[A-Za-z]+/g, "x");
  const isWrite = method !== "GET" && !HARMLESS.has(path);
  const response = await at.request(method, path, { as: role, ...(isWrite ? NONSENSE : {}) });
  if (response.status !== 403) return response.status === 401 ? "unauthenticated" : "allowed";
  const problem = problemSchema.parse(await response.json());
  return `${problem.code}: ${(problem["allowed"] as string[]).join(" ")}`;
}

describe.each(Object.entries(RIGHTS).filter(([, rights]) => rights !== "open"))("%s", (name, rights) => {
  test("without a key, or with a wrong one, is 401", async () => {
    const [method = "", pattern = ""] = name.split(" ");
    const path = pattern.replaceAll(/:[A-Za-z]+/g, "x");
    expect((await at.request(method, path)).status).toBe(401);
    expect((await at.request(method, path, { token: `oh_000000000000_${"A".repeat(43)}` })).status).toBe(401);
  });

  test.each(ROLES)("lets %s in exactly when it may, and else says who may", async (role) => {
    const mayCall = rights.split(" ").includes(role);
    expect(await verdict(name, role)).toBe(mayCall ? "allowed" : `forbidden: ${rights}`);
  });
});

test("every refusal is problem+json with type, title, status, detail, code and the request's id", async () => {
  const refusals = [
    await at.request("GET", "/v1/nothing", { as: "admin" }),
    await at.request("DELETE", "/v1/availability", { as: "admin" }),
    await at.request("GET", "/v1/availability"),
    await at.request("GET", "/v1/availability?gtin=12", { as: "admin" }),
    await at.request("PUT", "/v1/products/96385074", { as: "admin", body: {} }),
    await at.request("PUT", "/v1/products/96385074", {
      as: "admin",
      headers: { "content-type": "text/plain" },
    }),
    await at.request("GET", "/v1/availability/stream", { as: "admin" }),
  ];
  const statuses = [];
  for (const response of refusals) {
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = problemSchema.parse(await response.json());
    expect(problem.status).toBe(response.status);
    expect(Object.keys(PROBLEMS)).toContain(problem.code);
    expect(problem.type).toBe(`/docs#problem-${problem.code}`);
    expect(problem["requestId"]).toBe(response.headers.get("x-request-id"));
    statuses.push(response.status);
  }
  expect(statuses).toEqual([404, 405, 401, 400, 400, 415, 426]);
  expect(refusals[1]!.headers.get("allow")).toBe("GET");
});

test("a body beyond the limit is 413, whether its length is announced or not", async () => {
  const small = await startTestServer({ db, config: { maxBodyBytes: 100 } });
  const body = { name: "x".repeat(200) };
  await small.ask("PUT", "/v1/products/96385074", 413, { as: "admin", body });
  const stream = new Blob([JSON.stringify(body)]).stream();
  const response = await small.server.app.request("/v1/products/96385074", {
    method: "PUT",
    headers: { authorization: `Bearer ${small.tokens.admin}`, "content-type": "application/json" },
    body: stream,
    duplex: "half",
  } as RequestInit);
  expect(response.status).toBe(413);
  await small.stop();
});

test("a body that is not JSON says so", async () => {
  const response = await at.server.app.request("/v1/products/96385074", {
    method: "PUT",
    headers: { authorization: `Bearer ${at.tokens.admin}`, "content-type": "application/json" },
    body: "{",
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "invalid_json" });
});

test("a request that names another host is refused: a page cannot reach this server under its own name", async () => {
  const problem = await at.ask("GET", "/livez", 403, { headers: { host: "evil.example" } });
  expect(problem).toMatchObject({ code: "host_not_allowed" });
  await at.ask("GET", "/livez", 200, { headers: { host: "127.0.0.1:8080" } });
  await at.ask("GET", "/livez", 200, { headers: { host: "[::1]:8080" } });
});

test("a handler that fails answers 500 with the request's id and nothing of the inside", async () => {
  const failing = await startTestServer({
    db,
    deps: {
      extraRoutes: [
        {
          method: "GET",
          path: "/v1/boom",
          tag: "Test",
          summary: "Fails",
          roles: "open",
          handle: () => {
            throw new Error("secret inside");
          },
        },
      ],
    },
  });
  const problem = await failing.ask("GET", "/v1/boom", 500);
  expect(problem).toMatchObject({ code: "internal_error" });
  expect(JSON.stringify(problem)).not.toContain("secret inside");
  await failing.stop();
});
