import { eventually } from "../../test/support/eventually.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AvailabilityAnswer,
  availabilityAnswerSchema,
} from "../../domain/availability/availability-item.ts";
import { gtinCheckDigit } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const GTIN = "04006381333931";
const OTHER = "04006381333948";
let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  await at.ledger.commit("S01", [
    { gtin: Number(GTIN), quantity: 5 },
    { gtin: Number(GTIN), quantity: 2, state: "damaged" },
    { gtin: Number(OTHER), quantity: 1, state: "inspect" },
  ]);
  await at.ledger.commit("S02", [{ gtin: Number(GTIN), quantity: 40 }]);
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

describe("GET /v1/availability", () => {
  test("counts only sellable units as available, and says why there are none", async () => {
    const answer = availabilityAnswerSchema.parse(
      await at.ask("GET", `/v1/availability?gtin=${GTIN},${OTHER}&location=S01`, 200, { as: "storefront" }),
    );
    expect(answer.items).toMatchObject([
      { gtin: GTIN, onHand: 7, sellable: 5, available: 5, reasonCode: "in_stock" },
      { gtin: OTHER, onHand: 1, sellable: 0, available: 0, reasonCode: "not_sellable" },
    ]);
    expect(answer.revision).toBeGreaterThan(Date.parse("2020-01-01") * 1000);
  });

  test("without a location answers every location that ever had the product", async () => {
    const answer = await at.ask<AvailabilityAnswer>("GET", `/v1/availability?gtin=${GTIN}`, 200, {
      as: "storefront",
    });
    expect(answer.items.map((item) => item.locationId).sort()).toEqual(["S01", "S02"]);
  });

  test("takes shorter GTINs, and answers what was never recorded as no_record", async () => {
    const answer = await at.ask(
      "GET",
      "/v1/availability?gtin=4006381333931&gtin=96385074&location=S02",
      200,
      {
        as: "storefront",
      },
    );
    expect(answer.items).toMatchObject([
      { gtin: GTIN, available: 40 },
      { gtin: "00000096385074", available: 0, reasonCode: "no_record" },
    ]);
  });

  test("a mistyped code is refused with its name, never answered as out of stock", async () => {
    const problem = await at.ask("GET", "/v1/availability?gtin=4006381333932", 400, { as: "storefront" });
    expect(problem).toMatchObject({ code: "invalid_gtin", gtins: ["4006381333932"] });
  });

  test("a question without a product names the place of the mistake", async () => {
    const problem = await at.ask("GET", "/v1/availability", 400, { as: "storefront" });
    expect(problem).toMatchObject({ code: "invalid_request", errors: [{ at: "query.gtin" }] });
  });
});

test("POST /v1/availability/query answers products times locations, in this order", async () => {
  const body = { gtins: [OTHER, GTIN], locations: ["S02", "S01"] };
  const answer = await at.ask<AvailabilityAnswer>("POST", "/v1/availability/query", 200, {
    as: "merchandiser",
    body,
  });
  expect(answer.items.map((item) => [item.gtin, item.locationId])).toEqual([
    [OTHER, "S02"],
    [OTHER, "S01"],
    [GTIN, "S02"],
    [GTIN, "S01"],
  ]);
});

test("a question beyond the limit is refused with the limit, and changes nothing", async () => {
  const small = await startTestServer({ db, config: { maxItemsPerQuery: 3 } });
  const body = { gtins: [OTHER, GTIN], locations: ["S02", "S01"] };
  const problem = await small.ask("POST", "/v1/availability/query", 400, { as: "storefront", body });
  expect(problem).toMatchObject({ code: "too_many_items", limit: 3 });
  await small.stop();
});

describe("near", () => {
  test("asks the nearest locations, with their distances, within the radius and up to the limit", async () => {
    const put = (id: string, body: Record<string, unknown>) =>
      at.ask("PUT", `/v1/locations/${id}`, 200, { as: "admin", body: { name: id, ...body } });
    await put("S01", { latitude: 52.52, longitude: 13.405 });
    await put("S02", { latitude: 53.551, longitude: 9.994 });
    await put("S03", { latitude: 48.137, longitude: 11.575 });
    await put("S04", {});
    const near = { lat: 52.4, lon: 13.05, radiusKm: 300 };
    const ask = (more: Record<string, unknown>) =>
      at.ask<AvailabilityAnswer>("POST", "/v1/availability/query", 200, {
        as: "storefront",
        body: { gtins: [GTIN], near: { ...near, ...more } },
      });
    await eventually(async () => {
      expect((await ask({})).locations).toEqual([
        { locationId: "S01", distanceKm: 27.5 },
        { locationId: "S02", distanceKm: 241.3 },
      ]);
    });
    const answer = await ask({});
    expect(answer.items.map((item) => [item.locationId, item.available])).toEqual([
      ["S01", 5],
      ["S02", 40],
    ]);
    expect((await ask({ limit: 1 })).items).toHaveLength(1);
  });

  test("stands instead of locations, not beside them", async () => {
    const both = { gtins: [GTIN], locations: ["S01"], near: { lat: 0, lon: 0 } };
    for (const body of [both, { gtins: [GTIN] }]) {
      const problem = await at.ask("POST", "/v1/availability/query", 400, { as: "storefront", body });
      expect(problem).toMatchObject({ code: "invalid_request", errors: [{ at: "body.locations" }] });
    }
  });
});

// With ONHAND_LONG=1 the most that may be asked for: 5,000 products at 100 locations.
const MANY_GTINS = process.env["ONHAND_LONG"] === "1" ? 5_000 : 500;
test(`${MANY_GTINS * 100} items come as one answer, and others are answered while it is made`, async () => {
  const gtins = Array.from({ length: MANY_GTINS }, (_, index) => `${20_000_000_000 + index}`).map(
    withCheckDigit,
  );
  const locations = Array.from({ length: 100 }, (_, index) => `L${index}`);
  const response = await at.request("POST", "/v1/availability/query", {
    as: "merchandiser",
    body: { gtins, locations },
  });
  expect(response.status).toBe(200);
  let bytes = 0;
  let items = 0;
  let longestMs = 0;
  let beganMs = performance.now();
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - beganMs);
    beganMs = performance.now();
  }, 5);
  let tail = "";
  for await (const chunk of response.body!) {
    bytes += chunk.byteLength;
    const text = tail + new TextDecoder().decode(chunk);
    items += text.split('"gtin":').length - 1;
    tail = text.slice(-6);
  }
  clearInterval(timer);
  expect(items).toBe(MANY_GTINS * 100);
  expect(bytes).toBeGreaterThan(items * 200);
  expect(tail.endsWith("]}")).toBe(true);
  // On an idle machine 20 ms; a loaded one may take its time, but never the seconds that all of it takes.
  expect(longestMs).toBeLessThan(1_000);
});

function withCheckDigit(body: string): string {
  return `${body.padStart(13, "0")}${gtinCheckDigit(Number(body))}`;
}
