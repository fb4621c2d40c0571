import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  locationsPageSchema,
  productsPageSchema,
  settingsMessageSchema,
} from "../../domain/api/master-data-answers.ts";
import type { PositionsPage } from "../../domain/api/positions-page.ts";
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

const zone = (zoneId: string, kind = "sales_floor") => ({ zoneId, name: zoneId, kind });
/** The newest announcement. */
const announced = () =>
  settingsMessageSchema.parse(
    JSON.parse(at.bus.published.findLast((one) => one.topic === "onhand/settings")!.payload),
  );

describe("locations", () => {
  test("what is put is what is got, and others are told", async () => {
    const location = {
      locationId: "S01",
      name: "Old Town",
      kind: "store",
      latitude: 52.5,
      longitude: 13.4,
      address: "1 Main Street",
      openingHours: "Mo-Sa 10:00-20:00",
      timeZone: "Europe/Berlin",
      currency: "EUR",
      gln: "4012345000009",
      zones: [zone("floor"), zone("dock", "dock")],
      publicHolidays: ["2026-12-25"],
      pickup: { isOffered: true, hasCurbside: true, leadMinutes: 90, lastOrderMinutes: 30, holdHours: 48 },
    };
    const before = announced().revision;
    const { locationId: _in, ...body } = location;
    expect(await at.ask("PUT", "/v1/locations/S01", 200, { as: "merchandiser", body })).toEqual(location);
    expect(await at.ask("GET", "/v1/locations/S01", 200, { as: "storefront" })).toEqual(location);
    expect(announced().changed).toEqual(["locations"]);
    expect(announced().revision).toBeGreaterThan(before);
    expect(at.bus.published.findLast((one) => one.topic === "onhand/settings")!.isRetained).toBe(true);
  });

  test("a patch changes what it names and keeps the rest", async () => {
    await at.ask("PUT", "/v1/locations/S02", 200, {
      as: "admin",
      body: { name: "Harbour", zones: [zone("floor")] },
    });
    await at.ask("PATCH", "/v1/locations/S02", 200, { as: "admin", body: { name: "Harbour East" } });
    expect(await at.ask("GET", "/v1/locations/S02", 200, { as: "admin" })).toMatchObject({
      name: "Harbour East",
      zones: [zone("floor")],
    });
    await at.ask("PATCH", "/v1/locations/S02", 400, { as: "admin", body: { nmae: "typo" } });
    await at.ask("PATCH", "/v1/locations/nowhere", 404, { as: "admin", body: { name: "x" } });
  });

  test("opening hours that are not understood are refused with the reason, never stored", async () => {
    const body = { name: "x", openingHours: "Mo-Sa 10:00-20:00 || by appointment" };
    expect(await at.ask("PUT", "/v1/locations/S03", 422, { as: "admin", body })).toMatchObject({
      code: "invalid_opening_hours",
      detail: expect.stringContaining("|"),
    });
    await at.ask("GET", "/v1/locations/S03", 404, { as: "admin" });
  });

  test("opening hours are shown as they are understood, by the location's own clock", async () => {
    const body = { name: "x", openingHours: "24/7", timeZone: "Asia/Tokyo" };
    await at.ask("PUT", "/v1/locations/S04", 200, { as: "admin", body });
    const opening = await at.ask<{ asOf: string; days: { spans: { from: string; to: string }[] }[] }>(
      "GET",
      "/v1/locations/S04/opening?days=2",
      200,
      { as: "storefront" },
    );
    expect(opening).toMatchObject({ isOpen: true, opensAt: null, closesAt: null, problem: null });
    expect(opening).toMatchObject({
      readyAt: new Date(Date.parse(opening.asOf) + 120 * 60_000).toISOString(),
    });
    expect(opening.days.map((day) => day.spans[0]?.from.slice(11))).toEqual([
      "15:00:00.000Z",
      "15:00:00.000Z",
    ]);
    await at.ask("PATCH", "/v1/locations/S04", 200, { as: "admin", body: { openingHours: "" } });
    expect(await at.ask("GET", "/v1/locations/S04/opening", 200, { as: "admin" })).toMatchObject({
      isOpen: null,
      readyAt: null,
      problem: expect.stringContaining("no opening hours"),
    });
  });

  test("an unknown time zone is refused", async () => {
    const body = { name: "x", timeZone: "Europe/Atlantis" };
    expect(await at.ask("PUT", "/v1/locations/S03", 422, { as: "admin", body })).toMatchObject({
      code: "invalid_time_zone",
    });
  });

  test("pages walk through all of them once, and search finds by name", async () => {
    for (let n = 10; n < 20; n += 1)
      await at.ask("PUT", `/v1/locations/P${n}`, 200, { as: "admin", body: { name: `Place ${n}` } });
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const path = `/v1/locations?limit=4${cursor === "" ? "" : `&cursor=${cursor}`}`;
      const page = locationsPageSchema.parse(await at.ask("GET", path, 200, { as: "admin" }));
      seen.push(...page.items.map((one) => one.locationId));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => id.startsWith("P"))).toHaveLength(10);
    const found = await at.ask("GET", "/v1/locations?query=place%2013", 200, { as: "admin" });
    expect(found["items"]).toMatchObject([{ locationId: "P13" }]);
    await at.ask("GET", "/v1/locations?cursor=nonsense", 400, { as: "admin" });
  });
});

describe("products", () => {
  test("money keeps its decimals, and cost is nobody's business outside", async () => {
    const body = { name: "Scarf", sku: "SC-1", price: "19.90", cost: "7.125", category: "Accessories" };
    await at.ask("PUT", "/v1/products/4006381333931", 200, { as: "merchandiser", body });
    const stored = await at.ask("GET", "/v1/products/04006381333931", 200, { as: "merchandiser" });
    expect(stored).toMatchObject({ ...body, gtin: "04006381333931", isTagged: true });
    expect(await at.ask("GET", "/v1/products/04006381333931", 200, { as: "storefront" })).toMatchObject({
      cost: null,
    });
    await at.ask("PATCH", "/v1/products/4006381333931", 200, { as: "admin", body: { price: null } });
    expect(await at.ask("GET", "/v1/products/4006381333931", 200, { as: "admin" })).toMatchObject({
      price: null,
      cost: "7.125",
      sku: "SC-1",
    });
  });

  test("a wrong check digit makes no product", async () => {
    const problem = await at.ask("PUT", "/v1/products/4006381333932", 400, {
      as: "admin",
      body: { name: "x" },
    });
    expect(problem).toMatchObject({ code: "invalid_gtin" });
    await at.ask("GET", "/v1/products/96385074", 404, { as: "admin" });
  });

  test("search finds by any word of it", async () => {
    for (const query of ["scarf", "SC-1", "accessor", "4006381"]) {
      const page = productsPageSchema.parse(
        await at.ask("GET", `/v1/products?query=${query}`, 200, { as: "admin" }),
      );
      expect([query, page.items[0]?.gtin]).toEqual([query, "04006381333931"]);
    }
  });
});

describe("readers", () => {
  const heard = (readerId: string, status = "online") => ({
    locationId: "R01",
    readerId,
    status,
    format: "impinj",
    lastHeardAt: new Date().toISOString(),
    readsPerSecond: 3,
    reads: 100,
    rejected: 1,
    waitingReads: 40,
    antennasSeen: [1, 2],
  });

  test("an unknown reader that was heard is offered, assigned to zones, and then healthy", async () => {
    await at.ask("PUT", "/v1/locations/R01", 200, {
      as: "admin",
      body: { name: "R", zones: [zone("floor"), zone("dock", "dock")] },
    });
    const tell = (status: string) =>
      at.bus.publish(
        "onhand/R01/readers",
        JSON.stringify({ locationId: "R01", at: new Date().toISOString(), readers: [heard("new", status)] }),
      );
    await tell("unassigned");
    const list = await at.ask("GET", "/v1/readers?query=R01", 200, { as: "merchandiser" });
    expect(list["items"]).toMatchObject([
      { readerId: "new", isAssigned: false, health: { status: "unassigned", waitingReads: 40 } },
    ]);

    const body = { name: "Door", defaultZoneId: "floor", antennas: { 1: "dock" } };
    await at.ask("PUT", "/v1/readers/R01/new", 200, { as: "merchandiser", body });
    expect(announced().changed).toEqual(["readers"]);
    await tell("online");
    expect(await at.ask("GET", "/v1/readers/R01/new", 200, { as: "admin" })).toMatchObject({
      ...body,
      isAssigned: true,
      health: { status: "online", readsPerSecond: 3 },
    });
  });

  test("a reader that has been quiet is not called online by an old message", async () => {
    at.clock.aheadMs += 61_000;
    expect(await at.ask("GET", "/v1/readers/R01/new", 200, { as: "admin" })).toMatchObject({
      health: { status: "silent", readsPerSecond: 0 },
    });
    at.clock.aheadMs += 600_000;
    expect(await at.ask("GET", "/v1/readers/R01/new", 200, { as: "admin" })).toMatchObject({
      health: { status: "offline" },
    });
  });

  test("what only the table of activity knows is listed too, after a start", async () => {
    const heardAt = new Date(Date.now() - 3_600_000).toISOString();
    await db.insert({
      name: "test/activity",
      table: "reader_activity",
      columns: ["location_id", "reader_id", "minute", "format", "reads", "rejected", "last_heard_at"],
      rows: [["R02", "old", heardAt, "zebra", 7, 0, heardAt]],
    });
    expect(await at.ask("GET", "/v1/readers/R02/old", 200, { as: "admin" })).toMatchObject({
      isAssigned: false,
      health: { format: "zebra", reads: 7, lastHeardAt: heardAt },
    });
    await at.ask("GET", "/v1/readers/R02/never", 404, { as: "admin" });
  });

  test("zones must exist, and stay while a reader looks at them", async () => {
    expect(
      await at.ask("PUT", "/v1/readers/R01/x", 422, { as: "admin", body: { defaultZoneId: "roof" } }),
    ).toMatchObject({
      code: "unknown_zone",
      zones: ["roof"],
    });
    await at.ask("PUT", "/v1/readers/nowhere/x", 404, { as: "admin", body: {} });
    const problem = await at.ask("PATCH", "/v1/locations/R01", 409, {
      as: "admin",
      body: { zones: [zone("floor")] },
    });
    expect(problem).toMatchObject({ code: "zone_in_use", readers: ["new"] });
  });
});

test("a change made while the broker is away is announced when it is back", async () => {
  at.bus.setUp(false);
  await at.ask("PUT", "/v1/locations/B01", 200, { as: "admin", body: { name: "B" } });
  const count = at.bus.published.length;
  at.bus.setUp(true);
  await expect.poll(() => at.bus.published.length).toBe(count + 1);
  expect(announced().changed).toEqual(["locations"]);
});

describe("positions", () => {
  test("browsing and searching walk through every position once, with the product's words", async () => {
    const gtins = [4006381333931, 4006381333948, 96385074, 80614141123458];
    await at.ledger.commit(
      "S02",
      gtins.slice(0, 3).map((gtin) => ({ gtin, quantity: 2 })),
    );
    await at.ledger.commit(
      "S01",
      gtins.map((gtin) => ({ gtin, quantity: 1 })),
    );
    at.clock.aheadMs += 2_000;
    await at.ask("PUT", "/v1/products/96385074", 200, { as: "admin", body: { name: "Scarf, small" } });
    const walk = async (query: string) => {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: PositionsPage = await at.ask<PositionsPage>(
          "GET",
          `/v1/positions?limit=2&${query}${cursor === "" ? "" : `&cursor=${cursor}`}`,
          200,
          { as: "merchandiser" },
        );
        seen.push(...page.items.map((one) => `${Number(one.gtin)} ${one.locationId} ${one.name}`));
        cursor = page.nextCursor;
      }
      return seen;
    };
    expect(await walk("")).toEqual([
      "96385074 S01 Scarf, small",
      "96385074 S02 Scarf, small",
      "4006381333931 S01 Scarf",
      "4006381333931 S02 Scarf",
      "4006381333948 S01 ",
      "4006381333948 S02 ",
      "80614141123458 S01 ",
    ]);
    expect(await walk("location=S02")).toEqual([
      "96385074 S02 Scarf, small",
      "4006381333931 S02 Scarf",
      "4006381333948 S02 ",
    ]);
    expect(await walk("query=scarf&location=S01,S02")).toEqual([
      "96385074 S01 Scarf, small",
      "96385074 S02 Scarf, small",
      "4006381333931 S01 Scarf",
      "4006381333931 S02 Scarf",
    ]);
  });
});
