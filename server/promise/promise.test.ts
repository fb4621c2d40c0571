import { eventually } from "../../test/support/eventually.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { PromiseAnswer } from "../../domain/promise/promise.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const A = 4_006_381_333_931;
const B = 4_006_381_333_948;
const customer = { lat: 52.52, lon: 13.405 };
let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  const put = (locationId: string, more: Record<string, unknown>) =>
    at.ask("PUT", `/v1/locations/${locationId}`, 200, {
      as: "admin",
      body: { locationId, name: locationId, timeZone: "UTC", openingHours: "24/7", ...more },
    });
  await put("near", { latitude: 52.5, longitude: 13.4, pickup: { hasCurbside: true } });
  await put("town", { latitude: 52.4, longitude: 13.1 });
  await put("depot", { latitude: 51.3, longitude: 12.4, kind: "warehouse", pickup: { isOffered: false } });
  await at.ledger.commit("near", [{ gtin: A, quantity: 2 }]);
  await at.ledger.commit("town", [
    { gtin: A, quantity: 9 },
    { gtin: B, quantity: 1 },
  ]);
  await at.ledger.commit("depot", [
    { gtin: A, quantity: 50 },
    { gtin: B, quantity: 50 },
  ]);
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

/** Without doubt, so that what is known of each unit does not change the order. */
const promise = (lines: [number, number][], { weights = {}, ...more }: Record<string, unknown> = {}) =>
  at.ask<PromiseAnswer>("POST", "/v1/promise", 200, {
    as: "storefront",
    body: {
      lines: lines.map(([gtin, quantity]) => ({ gtin: gtinFromNumber(gtin), quantity })),
      customer,
      weights: { doubt: 0, ...(weights as object) },
      ...more,
    },
  });

describe("a promise", () => {
  test("ranks the ways by what is available now", async () => {
    const { ways } = await promise([[A, 2]]);
    expect(ways.map((way) => way.wayId)).toEqual([
      "pickup@near",
      "curbside@near",
      "ship_from_warehouse@depot",
      "ship_from_store@near",
      "ship_from_store@town",
      "pickup@town",
    ]);
    await at.ledger.commit("near", [{ gtin: A, quantity: -1 }]);
    expect((await promise([[A, 2]])).ways[0]?.wayId).toBe("ship_from_warehouse@depot");
    await at.ledger.commit("near", [{ gtin: A, quantity: 1 }]);
  });

  test("sums the lines of one product, and splits what nobody has whole", async () => {
    const body = { methods: ["pickup", "ship_from_store"] };
    const { ways } = await promise(
      [
        [A, 1],
        [B, 1],
        [A, 9],
      ],
      body,
    );
    expect(ways.map((way) => [way.wayId, way.isWhole])).toEqual([
      ["pickup@near+ship_from_store@town", false],
      ["ship_from_store@near+ship_from_store@town", false],
      ["pickup@town+ship_from_store@near", false],
    ]);
    const { missing } = await promise([[B, 60]]);
    expect(missing).toEqual([{ gtin: gtinFromNumber(B), requested: 60, available: 51 }]);
  });

  test("weighs as the call or the company says", async () => {
    const first = async (more = {}) => (await promise([[A, 1]], more)).ways[0]?.wayId;
    expect(await first()).toBe("pickup@near");
    expect(await first({ weights: { perKmToCollect: 100 } })).toBe("ship_from_warehouse@depot");
    await at.ask("PUT", "/v1/settings/promise", 200, { as: "admin", body: { collectRadiusKm: 0 } });
    expect(await first()).toBe("ship_from_warehouse@depot");
    const stored = await at.ask("GET", "/v1/settings/promise", 200, { as: "merchandiser" });
    expect(stored).toMatchObject({ settings: { collectRadiusKm: 0, maxShipments: 3 } });
    await at.ask("PUT", "/v1/settings/promise", 200, { as: "admin", body: {} });
    expect(await first()).toBe("pickup@near");
  });

  test("knows of a location that was changed", async () => {
    await at.ask("PATCH", "/v1/locations/near", 200, { as: "admin", body: { pickup: { isOffered: false } } });
    const isKnown = async () => {
      const { ways, leftOut } = await promise([[A, 1]]);
      expect(ways.some((way) => way.wayId === "pickup@near")).toBe(false);
      expect(leftOut).toContainEqual({ locationId: "near", method: "pickup", reason: "not_offered" });
    };
    await eventually(isKnown);
    await at.ask("PATCH", "/v1/locations/near", 200, { as: "admin", body: { pickup: { isOffered: true } } });
    const isOffered = async () => expect((await promise([[A, 1]])).ways[0]?.wayId).toBe("pickup@near");
    await eventually(isOffered);
  });
});

describe("a way that is chosen", () => {
  const reserve = async (key: string, body: Record<string, unknown>) => {
    const response = await at.request("POST", "/v1/promise/reservations", {
      as: "storefront",
      headers: { "idempotency-key": key },
      body: { customer, weights: { doubt: 0 }, ...body },
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const basket = (quantity: number) => [{ gtin: gtinFromNumber(A), quantity }];

  test("becomes one reservation of all its parts, the same for a repeat, and lost ways are told with the next best", async () => {
    const wayId = "pickup@near+ship_from_store@town";
    const body = { lines: basket(10), methods: ["pickup", "ship_from_store"], wayId };
    const first = await reserve("k1", body);
    expect(first).toMatchObject({ status: 201, body: { status: "held" } });
    const lines = first.body["lines"] as { locationId: string; quantity: number }[];
    expect(new Map(lines.map((line) => [line.locationId, line.quantity]))).toEqual(
      new Map([
        ["near", 1],
        ["town", 9],
      ]),
    );
    expect(await reserve("k1", body)).toEqual(first);
    expect(await reserve("k1", { ...body, lines: basket(1) })).toMatchObject({
      status: 422,
      body: { code: "idempotency_key_reused" },
    });
    const lost = await reserve("k2", { ...body, methods: undefined });
    expect(lost).toMatchObject({ status: 409, body: { code: "promise_lost", missing: [] } });
    expect((lost.body["ways"] as PromiseAnswer["ways"])[0]?.wayId).toBe("ship_from_warehouse@depot");
    const best = await reserve("k3", { lines: basket(10) });
    expect(best).toMatchObject({ status: 201, body: { lines: [{ locationId: "depot", quantity: 10 }] } });
  });

  test("is never granted twice for the last units, however many ask at once", async () => {
    const wayId = "ship_from_warehouse@depot";
    const lines = [{ gtin: gtinFromNumber(B), quantity: 8 }];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => reserve(`race-${n}`, { lines, wayId })),
    );
    expect(answers.filter((one) => one.status === 201)).toHaveLength(6);
    expect(answers.filter((one) => one.status === 409)).toHaveLength(6);
  });

  test("a refused hold names other locations, with distance, time and method, the best first", async () => {
    const response = await at.request("POST", "/v1/reservations", {
      as: "storefront",
      headers: { "idempotency-key": "k9" },
      body: { lines: [{ gtin: gtinFromNumber(A), quantity: 5, locationId: "near" }] },
    });
    const problem = (await response.json()) as { lines: { alternatives: Record<string, unknown>[] }[] };
    expect(problem.lines[0]?.alternatives).toMatchObject([
      { locationId: "depot", available: 40, method: "ship_from_warehouse" },
    ]);
    expect(problem.lines[0]?.alternatives[0]?.["distanceKm"]).toBeGreaterThan(100);
  });
});
