import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ListName, ListPage, ListsSummary } from "../../domain/api/lists.ts";
import { encodeEpcUri } from "../../domain/epc/encode-epc.ts";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import type { Database } from "../../sql/database.ts";
import { SCARF, scarf, scarfTag, storeEvents, storeReads } from "../../test/support/looking-data.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const NOW = Date.now();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HAT = "04006381333931";
let db: Database;
let at: TestServer;

/** Ordinals are Unix microseconds, as ingest gives them. */
let lastOrdinal = 0;
const ordinalAt = (atMs: number) => {
  lastOrdinal = Math.max(lastOrdinal + 1, atMs * 1000);
  return lastOrdinal;
};
const event = (
  atMs: number,
  type: string,
  item: {
    epc: string;
    zoneId: string;
    status?: "present" | "sold" | "left";
    gtin?: number;
    locationId?: string;
  },
) => ({ ordinal: ordinalAt(atMs), atMs, type, items: [item] });

async function prepare(): Promise<void> {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  for (const [gtin, name, price] of [
    [SCARF, "Wool scarf", "19.90"],
    [HAT, "Hat", "9.50"],
  ]) {
    await at.ask("PUT", `/v1/products/${gtin}`, 200, {
      as: "admin",
      body: { gtin, name, price, currency: "EUR" },
    });
  }
  const kinds = { dock: "dock", back: "backroom", floor: "sales_floor", floor2: "sales_floor", exit: "exit" };
  for (const locationId of ["S01", "S02"]) {
    await at.ask("PUT", `/v1/locations/${locationId}`, 200, {
      as: "admin",
      body: {
        locationId,
        name: locationId,
        zones: Object.entries(kinds).map(([zoneId, kind]) => ({ zoneId, name: zoneId, kind })),
      },
    });
  }
}
beforeAll(prepare);
afterAll(async () => {
  await at?.stop();
  await db?.close();
});

const list = <Name extends ListName>(name: Name, query = "") =>
  at.ask<ListPage<Name>>("GET", `/v1/lists/${name}?${query}`, 200, { as: "merchandiser" });

describe("ghosts", () => {
  test("are tags of known products that were read and are no item, with where and how often, and what is at stake", async () => {
    await storeEvents(db, [event(NOW - 2 * HOUR, "item_seen", { epc: scarf(1), zoneId: "floor" })]);
    await storeReads(db, [
      { epc: scarfTag(1, 1), atMs: NOW - 2 * HOUR },
      { epc: scarfTag(50, 1), atMs: NOW - 2 * HOUR, rssiDbm: -72, verdict: "stray" },
      { epc: scarfTag(50, 3), atMs: NOW - HOUR, rssiDbm: -70 },
      { epc: scarfTag(51, 1), atMs: NOW - HOUR, verdict: "waiting" },
      { epc: scarfTag(52, 1), atMs: NOW - HOUR, gtin: 1234 },
    ]);
    await storeReads(db, [{ epc: scarfTag(53, 1), atMs: NOW - 1000 }]);
    const ghosts = await list("ghosts", "location=S01&hours=4");
    expect(ghosts).toMatchObject({
      items: [
        {
          epc: scarf(50),
          product: { gtin: SCARF, name: "Wool scarf", price: "19.90" },
          locationId: "S01",
          zoneId: "floor",
          zoneKind: "sales_floor",
          readerId: "r1",
          reads: 2,
          maxRssiDbm: -70,
          firstSeenAt: new Date(NOW - 2 * HOUR).toISOString(),
          lastSeenAt: new Date(NOW - HOUR).toISOString(),
        },
      ],
      nextCursor: null,
      totals: { count: 1, units: 1, value: [{ currency: "EUR", amount: "19.90" }] },
    });
    expect((await list("ghosts", "hours=0.5")).totals.count).toBe(0);
    expect((await list("ghosts", "location=S02")).items).toEqual([]);
  });

  test("have the identity that the domain gives them, whatever the tag's filter, scheme and serial", async () => {
    const serials = fc.oneof(
      fc.bigInt(0n, 2n ** 38n - 1n).map(String),
      fc.bigInt(2n ** 38n, 10n ** 20n - 1n).map(String),
      fc.stringMatching(/^[A-Z0-9a-z_=-]{1,20}$/),
      fc.bigInt(0n, 10n ** 11n).map((number) => `0${number}`),
    );
    const prefixes = [6, 7, 8, 9, 10, 11, 12].map((length) => "0614141234567".slice(0, length));
    const tags = fc
      .record({
        filter: fc.nat(7),
        prefix: fc.constantFrom(...prefixes),
        serial: serials,
        bits: fc.constantFrom(96, 198),
      })
      .map(({ filter, prefix, serial, bits }) => {
        const reference = "812345678".slice(0, 13 - prefix.length);
        return encodeEpcUri(`urn:epc:tag:sgtin-${bits}:${filter}.${prefix}.${reference}.${serial}`);
      });
    const seed = Date.now();
    const codes = fc
      .sample(tags, { numRuns: 2000, seed })
      .flatMap((tag) => (tag.ok ? [tag.value as string] : []));
    expect(codes.filter((code) => code.startsWith("30")).length).toBeGreaterThan(100);
    expect(codes.filter((code) => code.startsWith("36")).length).toBeGreaterThan(500);
    const other = await openTestDatabase();
    const there = await startTestServer({ db: other });
    await there.ask("PUT", `/v1/products/${HAT}`, 200, { as: "admin", body: { gtin: HAT, name: "Hat" } });
    await storeReads(
      other,
      codes.map((epc) => ({ epc, atMs: NOW - HOUR, gtin: Number(HAT) })),
    );
    const found = new Set<string>();
    for (let cursor = ""; ; ) {
      const page = await there.ask<ListPage<"ghosts">>(
        "GET",
        `/v1/lists/ghosts?limit=200&hours=4${cursor}`,
        200,
        {
          as: "admin",
        },
      );
      for (const { epc } of page.items) found.add(epc);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    await there.stop();
    await other.close();
    const expected = new Set(codes.map((code) => identityOfEpc(code)));
    const missing = [...expected].filter((epc) => !found.has(epc));
    const wrong = [...found].filter((epc) => !expected.has(epc));
    expect({ seed, missing, wrong }).toEqual({ seed, missing: [], wrong: [] });
  });
});

describe("misplaced", () => {
  test("are items left for long where goods do not stay, and strays from where their product stands; not those that moved since", async () => {
    const long = NOW - 20 * HOUR;
    await storeEvents(db, [
      event(long, "item_seen", { epc: scarf(100), zoneId: "dock", locationId: "S02" }),
      event(long, "item_seen", { epc: scarf(101), zoneId: "exit", locationId: "S02" }),
      event(long, "item_seen", { epc: scarf(102), zoneId: "dock", locationId: "S02" }),
      event(long, "item_seen", { epc: scarf(103), zoneId: "back", locationId: "S02" }),
      event(long, "item_seen", { epc: scarf(104), zoneId: "dock", locationId: "S02", status: "sold" }),
      ...[110, 111, 112, 113, 114].map((serial) =>
        event(long, "item_seen", { epc: scarf(serial), zoneId: "floor", locationId: "S02" }),
      ),
      event(long, "item_seen", { epc: scarf(120), zoneId: "floor2", locationId: "S02" }),
      event(NOW - HOUR, "item_moved", { epc: scarf(102), zoneId: "dock", locationId: "S02" }),
    ]);
    const misplaced = await list("misplaced", "location=S02");
    expect(misplaced.items.map(({ epc, why, expectedZoneId }) => [epc, why, expectedZoneId])).toEqual([
      [scarf(101), "zone_kind", null],
      [scarf(100), "zone_kind", null],
      [scarf(120), "other_zone", "floor"],
    ]);
    expect(misplaced.items[0]?.since).toBe(new Date(long).toISOString());
    expect(misplaced.totals).toEqual({ count: 3, units: 3, value: [{ currency: "EUR", amount: "59.70" }] });
    expect((await list("misplaced", "location=S02&hours=30")).items).toEqual([]);
    expect((await list("misplaced", "location=S02&hours=0.5")).totals.count).toBe(4);
  });

  test("tell since when also where the newest snapshot of items is younger than the last thing that happened", async () => {
    const other = await openTestDatabase();
    const there = await startTestServer({ db: other });
    await there.ask("PUT", "/v1/locations/S01", 200, {
      as: "admin",
      body: { locationId: "S01", name: "x", zones: [{ zoneId: "dock", name: "Dock", kind: "dock" }] },
    });
    const long = NOW - 90 * HOUR;
    await storeEvents(other, [event(long, "item_seen", { epc: scarf(1), zoneId: "dock" })]);
    const snapshot = lastOrdinal;
    const at = new Date(NOW - HOUR).toISOString();
    await other.insert({
      name: "test/snapshot",
      table: "item_snapshots",
      // biome-ignore format: one line
      columns: ["snapshot_id", "epc", "gtin", "location_id", "zone_id", "status", "state", "first_seen_at", "last_seen_at"],
      rows: [[snapshot, scarf(1), Number(SCARF), "S01", "dock", "present", "sellable", at, at]],
    });
    await other.insert({
      name: "test/snapshot",
      table: "snapshots",
      columns: ["snapshot_id", "taken_at", "positions", "items"],
      rows: [[snapshot, at, 0, 1]],
    });
    const page = await there.ask<ListPage<"misplaced">>("GET", "/v1/lists/misplaced", 200, { as: "admin" });
    expect(page.items).toMatchObject([
      { since: new Date(long).toISOString(), product: { isKnown: false, name: "" } },
    ]);
    expect(page.totals).toEqual({ count: 1, units: 1, value: [] });
    await there.stop();
    await other.close();
  });
});

describe("back-room only", () => {
  test("are a store's products with items in the back and none out front", async () => {
    await storeEvents(db, [
      event(NOW - HOUR, "item_seen", { epc: "HAT1", gtin: Number(HAT), zoneId: "back", locationId: "S02" }),
      event(NOW - HOUR, "item_seen", { epc: "HAT2", gtin: Number(HAT), zoneId: "dock", locationId: "S02" }),
      event(NOW - HOUR, "item_seen", {
        epc: "HAT3",
        gtin: Number(HAT),
        zoneId: "floor",
        locationId: "S02",
        status: "sold",
      }),
    ]);
    const page = await list("backroom-only", "location=S02");
    expect(page.items).toMatchObject([
      { product: { gtin: HAT, name: "Hat" }, locationId: "S02", backroomUnits: 1, dockUnits: 1 },
    ]);
    expect(page.totals).toEqual({ count: 1, units: 2, value: [{ currency: "EUR", amount: "19.00" }] });
    await storeEvents(db, [
      event(NOW - MINUTE, "item_moved", {
        epc: "HAT1",
        gtin: Number(HAT),
        zoneId: "floor",
        locationId: "S02",
      }),
    ]);
    expect((await list("backroom-only", "location=S02")).items).toEqual([]);
  });
});

describe("sold but seen", () => {
  test("are items that the tracker told of after their sale and that still count as sold, with the sale", async () => {
    const sold = { zoneId: "floor", status: "sold" } as const;
    await storeEvents(db, [
      event(NOW - 40 * HOUR, "sale", { epc: scarf(200), ...sold }),
      event(NOW - 30 * HOUR, "item_seen", { epc: scarf(200), ...sold }),
      event(NOW - 5 * HOUR, "item_seen", { epc: scarf(200), ...sold, zoneId: "back" }),
      event(NOW - 40 * HOUR, "sale", { epc: scarf(201), ...sold }),
      event(NOW - 30 * HOUR, "item_seen", { epc: scarf(201), ...sold }),
      event(NOW - 20 * HOUR, "return", { epc: scarf(201), zoneId: "back", status: "present" }),
      event(NOW - 40 * HOUR, "sale", { epc: scarf(202), ...sold }),
    ]);
    const page = await list("sold-but-seen", "location=S01");
    expect(page.items).toMatchObject([
      {
        epc: scarf(200),
        zoneId: "back",
        soldAt: new Date(NOW - 40 * HOUR).toISOString(),
        saleEventId: expect.any(String),
        firstSeenAfterAt: new Date(NOW - 30 * HOUR).toISOString(),
        lastSeenAt: new Date(NOW - 5 * HOUR).toISOString(),
        times: 2,
      },
    ]);
    expect(page.totals.count).toBe(1);
    expect((await list("sold-but-seen", "hours=1")).items).toEqual([]);
    // ClickHouse may run a query in another way once it has seen it a few times.
    for (let run = 0; run < 4; run += 1) {
      expect((await list("sold-but-seen", "location=S01")).items).toEqual(page.items);
    }
  });
});

describe("unknown tags", () => {
  test("stand together where they are alike, with an example and what to do", async () => {
    const reader = { locationId: "S02", readerId: "gate" };
    const foreign = { gtin: 0, verdict: "no_product", atMs: NOW - HOUR };
    await storeReads(
      db,
      [
        { ...foreign, epc: "E28011700000020A1B2C3D4E" },
        { ...foreign, epc: "E28011700000020A1B2C3D4F" },
        { ...foreign, epc: "E28011700000020A1B2C3D4F", atMs: NOW - 2 * HOUR },
        { ...foreign, epc: "AB0102030405060708090A0B" },
        { ...foreign, epc: "3176451FD40004D200000000" },
        { epc: scarfTag(300, 1), gtin: 1_234_567, atMs: NOW - HOUR },
        { ...foreign, epc: "AC0102030405060708090A0B", verdict: "too_old" },
      ],
      reader,
    );
    const page = await list("unknown-tags", "location=S02&hours=4");
    expect(page.items[0]).toMatchObject({
      scheme: null,
      prefix: "E2801170",
      gtin: null,
      tags: 2,
      reads: 3,
      locations: ["S02"],
      readers: ["S02/gate"],
      suggestion: "encode_tags",
      example: { detail: expect.stringContaining("never encoded") },
    });
    expect(page.items.slice(1).map(({ prefix, gtin, suggestion }) => ({ prefix, gtin, suggestion }))).toEqual(
      expect.arrayContaining([
        { prefix: "AB010203", gtin: null, suggestion: "map_tags" },
        { prefix: "3176451F", gtin: null, suggestion: "ignore" },
        { prefix: "", gtin: "00000001234567", suggestion: "import_product" },
      ]),
    );
    expect(page.totals).toEqual({ count: 4, units: 5, value: [] });
    await at.ask("PUT", "/v1/tag-mappings/AB0102030405060708090A0B", 200, {
      as: "admin",
      body: { gtin: HAT },
    });
    expect((await list("unknown-tags", "location=S02&hours=4")).totals).toMatchObject({ count: 3, units: 4 });
  });
});

describe("losses", () => {
  test("are items that left unsold; who came back is listed and no loss any more", async () => {
    const left = { zoneId: "exit", status: "left" } as const;
    await storeEvents(db, [
      event(NOW - 3 * HOUR, "item_left", { epc: scarf(400), ...left }),
      event(NOW - 2 * HOUR, "item_left", { epc: scarf(401), ...left }),
      event(NOW - HOUR, "item_seen", { epc: scarf(401), zoneId: "floor" }),
    ]);
    const page = await list("losses", "location=S01");
    expect(page.items).toMatchObject([
      { epc: scarf(401), status: "present", zoneId: "exit" },
      { epc: scarf(400), status: "left", zoneKind: "exit", leftAt: new Date(NOW - 3 * HOUR).toISOString() },
    ]);
    expect(page.totals).toEqual({ count: 2, units: 1, value: [{ currency: "EUR", amount: "19.90" }] });
    const first = await list("losses", "location=S01&limit=1");
    const second = await list("losses", `location=S01&limit=1&cursor=${first.nextCursor}`);
    expect([first, second].map((one) => one.items[0]?.epc)).toEqual([scarf(401), scarf(400)]);
    expect([second.nextCursor, second.totals.count]).toEqual([null, 2]);
  });
});

test("the summary has the totals of every list", async () => {
  const summary = await at.ask<ListsSummary>("GET", "/v1/lists?location=S01", 200, { as: "admin" });
  expect(summary.items.map(({ list: name, problem }) => [name, problem])).toEqual([
    ["ghosts", null],
    ["misplaced", null],
    ["backroom-only", null],
    ["sold-but-seen", null],
    ["unknown-tags", null],
    ["losses", null],
  ]);
  expect(summary.items[5]?.totals).toMatchObject({ count: 2, units: 1 });
  await at.ask("GET", "/v1/lists/ghosts?hours=1000", 400, { as: "admin" });
  await at.ask("GET", "/v1/lists/nonsense", 404, { as: "admin" });
});
