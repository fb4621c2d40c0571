import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AvailabilityAnswer,
  availabilityAnswerSchema,
} from "../../domain/availability/availability-item.ts";
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
