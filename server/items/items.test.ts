import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { ItemHistoryPage, ItemLife, ItemReads, ItemsPage } from "../../domain/api/items.ts";
import type { MovementsPage } from "../../domain/api/movements-page.ts";
import type { ZoneStockRow } from "../../domain/api/zone-stock.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { SCARF, scarf, scarfTag, storeEvents, storeReads } from "../../test/support/looking-data.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

/** At the start of a minute, so that reads half a second apart are in one window. */
const NOW = Math.floor(Date.now() / 60_000) * 60_000;
const MINUTE = 60_000;
let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  await at.ask("PUT", `/v1/products/${SCARF}`, 200, {
    as: "admin",
    body: { gtin: SCARF, name: "Wool scarf", price: "19.90", currency: "EUR" },
  });
  await at.ask("PUT", "/v1/locations/S01", 200, {
    as: "admin",
    body: {
      locationId: "S01",
      name: "Old Town",
      zones: [
        { zoneId: "floor", name: "Floor", kind: "sales_floor" },
        { zoneId: "back", name: "Back", kind: "backroom" },
      ],
    },
  });
  const line = { locationId: "S01", gtin: Number(SCARF), epc: scarf(1) };
  await storeEvents(db, [
    {
      ordinal: 100,
      atMs: NOW - 30 * MINUTE,
      type: "item_seen",
      items: [{ epc: scarf(1), zoneId: "back" }],
      lines: [{ ...line, quantity: 1, reason: "found" }],
    },
    { ordinal: 101, atMs: NOW - 25 * MINUTE, type: "item_seen", items: [{ epc: scarf(2), zoneId: "back" }] },
    {
      ordinal: 102,
      atMs: NOW - 20 * MINUTE,
      type: "item_moved",
      items: [{ epc: scarf(1), zoneId: "floor", firstSeenAtMs: NOW - 30 * MINUTE }],
    },
    {
      ordinal: 103,
      atMs: NOW - 10 * MINUTE,
      type: "sale",
      source: "pos/till-1",
      items: [{ epc: scarf(1), zoneId: "floor", status: "sold", firstSeenAtMs: NOW - 30 * MINUTE }],
      lines: [{ ...line, quantity: -1, reason: "sold" }],
    },
  ]);
  await storeReads(db, [
    { epc: scarfTag(1, 1), atMs: NOW - 20 * MINUTE, rssiDbm: -55, antenna: 2 },
    { epc: scarfTag(1, 3), atMs: NOW - 20 * MINUTE + 500, rssiDbm: Number.NaN, antenna: 2 },
    { epc: scarfTag(2, 1), atMs: NOW - 20 * MINUTE, antenna: 2 },
    { epc: scarfTag(1, 1), atMs: NOW - 5 * MINUTE, antenna: -1, verdict: "waiting", zoneId: "" },
  ]);
  await storeReads(db, [{ epc: scarfTag(9, 1), atMs: NOW - MINUTE }]);
});
afterAll(async () => {
  await at?.stop();
  await db?.close();
});

const life = (epc: string) =>
  at.ask<ItemLife>("GET", `/v1/items/${encodeURIComponent(epc)}`, 200, { as: "merchandiser" });

describe("one item", () => {
  test("tells what is believed now, each step with what changed and its movements, and its raw reads", async () => {
    const answer = await life(scarfTag(1, 1));
    expect(answer).toMatchObject({
      epc: scarf(1),
      decoded: { ok: true, scheme: "sgtin-96", gtin14: SCARF },
      product: { gtin: SCARF, name: "Wool scarf", price: "19.90", isKnown: true },
      item: {
        locationId: "S01",
        zoneId: "floor",
        zoneKind: "sales_floor",
        status: "sold",
        firstSeenAt: new Date(NOW - 30 * MINUTE).toISOString(),
        lastSeenAt: new Date(NOW - 10 * MINUTE).toISOString(),
      },
    });
    expect(answer.history.items).toMatchObject([
      {
        eventType: "sale",
        source: "pos/till-1",
        status: "sold",
        from: { status: "present", zoneId: "floor" },
        movements: [{ locationId: "S01", quantity: -1, reason: "sold" }],
      },
      {
        eventType: "item_moved",
        zoneId: "floor",
        from: { zoneId: "back", zoneKind: "backroom" },
        movements: [],
      },
      { eventType: "item_seen", zoneId: "back", from: null, movements: [{ quantity: 1, reason: "found" }] },
    ]);
    expect(answer.reads).toMatchObject({ windowSeconds: 60, isCut: false });
    expect(answer.reads.windows).toEqual([
      {
        locationId: "S01",
        readerId: "r1",
        antenna: null,
        zoneId: "",
        firstAt: new Date(NOW - 5 * MINUTE).toISOString(),
        lastAt: new Date(NOW - 5 * MINUTE).toISOString(),
        reads: 1,
        maxRssiDbm: -60,
        verdicts: ["waiting"],
      },
      expect.objectContaining({
        antenna: 2,
        zoneId: "floor",
        reads: 2,
        maxRssiDbm: -55,
        verdicts: ["accepted"],
      }),
    ]);
  });

  test.each([
    scarf(1).toLowerCase(),
    `0x${scarfTag(1, 7)}`,
    "urn:epc:id:sgtin:0614141.812345.1",
    "urn:epc:tag:sgtin-96:3.0614141.812345.1",
    "urn:epc:tag:sgtin-198:3.0614141.812345.1",
    `urn:epc:raw:96.x${scarfTag(1, 2)}`,
    `(01)${SCARF}(21)1`,
    `https://id.gs1.org/01/${SCARF}/21/1`,
  ])("is found by %s", async (text) => {
    const answer = await life(text);
    expect(answer.epc).toBe(scarf(1));
    expect(answer.history.items).toHaveLength(3);
  });

  test("its life comes in pages, where each step still knows the one before it", async () => {
    const page = (cursor: string) =>
      at.ask<ItemHistoryPage>("GET", `/v1/items/${scarf(1)}/history?limit=1${cursor}`, 200, { as: "admin" });
    const first = await page("");
    const second = await page(`&cursor=${first.nextCursor}`);
    const third = await page(`&cursor=${second.nextCursor}`);
    expect([first, second, third].map((one) => one.items[0]?.eventType)).toEqual([
      "sale",
      "item_moved",
      "item_seen",
    ]);
    expect(second.items[0]?.from).toMatchObject({ zoneId: "back" });
    expect(third.nextCursor).toBeNull();
  });

  test("more windows of reads than asked for are cut, and it says so", async () => {
    const reads = await at.ask<ItemReads>("GET", `/v1/items/${scarf(1)}/reads?limit=1&hours=1`, 200, {
      as: "admin",
    });
    expect(reads).toMatchObject({ isCut: true, windows: [{ verdicts: ["waiting"] }] });
    const none = await at.ask<ItemReads>("GET", `/v1/items/${scarf(1)}/reads?hours=0.01`, 200, {
      as: "admin",
    });
    expect(none.windows).toEqual([]);
  });

  test("a tag that was read and never became an item has its reads and no belief", async () => {
    expect(await life(scarf(9))).toMatchObject({
      item: null,
      history: { items: [] },
      product: { gtin: SCARF },
    });
  });

  test("one that nobody ever saw is a 404 with what its EPC means; what names no tag is a 400", async () => {
    const unseen = await at.ask("GET", `/v1/items/${scarf(777)}`, 404, { as: "admin" });
    expect(unseen).toMatchObject({
      code: "item_not_found",
      decoded: { ok: true, serial: "777" },
      product: { name: "Wool scarf" },
    });
    const chip = await at.ask("GET", "/v1/items/E28011700000020A1B2C3D4E", 404, { as: "admin" });
    expect(chip).toMatchObject({ decoded: { ok: false, code: "epc_tid_header" }, product: null });
    for (const text of ["nonsense", "urn:epc:idpat:sgtin:0614141.812345.*", `(01)${SCARF}`]) {
      const refused = await at.ask("GET", `/v1/items/${encodeURIComponent(text)}`, 400, { as: "admin" });
      expect(refused).toMatchObject({ code: "invalid_epc" });
    }
  });
});

describe("items by product, place and status", () => {
  const list = (query: string) => at.ask<ItemsPage>("GET", `/v1/items?${query}`, 200, { as: "admin" });

  test("each has its newest belief, also where the newest snapshot has an older one", async () => {
    expect((await list(`gtin=${SCARF}`)).items).toMatchObject([
      { epc: scarf(1), status: "sold", zoneKind: "sales_floor", product: { name: "Wool scarf" } },
      { epc: scarf(2), status: "present", zoneKind: "backroom" },
    ]);
    await db.insert({
      name: "test/snapshot",
      table: "item_snapshots",
      // biome-ignore format: one line for each group of columns
      columns: ["snapshot_id", "epc", "gtin", "location_id", "zone_id", "status", "state", "first_seen_at", "last_seen_at"],
      rows: [1, 2].map((serial) => [
        101,
        scarf(serial),
        Number(SCARF),
        "S01",
        "back",
        "present",
        "sellable",
        new Date(NOW).toISOString(),
        new Date(NOW).toISOString(),
      ]),
    });
    await db.insert({
      name: "test/snapshot",
      table: "snapshots",
      columns: ["snapshot_id", "taken_at", "positions", "items"],
      rows: [[101, new Date(NOW).toISOString(), 0, 2]],
    });
    expect((await list("location=S01")).items).toMatchObject([
      { epc: scarf(1), status: "sold" },
      { epc: scarf(2), status: "present" },
    ]);
  });

  test("filters hold together, and pages give each item once", async () => {
    expect((await list("status=present&zone=back")).items.map(({ epc }) => epc)).toEqual([scarf(2)]);
    expect((await list("status=present&location=S02")).items).toEqual([]);
    const first = await list("limit=1");
    const second = await list(`limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ epc }) => epc)).toEqual([scarf(1), scarf(2)]);
    expect(second.nextCursor).toBeNull();
    await at.ask("GET", "/v1/items?gtin=123", 400, { as: "admin" });
  });
});

describe("where units are, and what moved stock", () => {
  test("units on hand are counted by zone, by product or by place; what was sold is nowhere", async () => {
    const zones = (query: string) =>
      at.ask<{ items: ZoneStockRow[] }>("GET", `/v1/zone-stock?${query}`, 200, { as: "store" });
    const back = { locationId: "S01", zoneId: "back", zoneName: "Back", zoneKind: "backroom" };
    expect((await zones(`gtin=${SCARF}`)).items).toMatchObject([
      { ...back, units: 1, sellableUnits: 1, products: 1 },
    ]);
    expect((await zones("location=S01")).items).toMatchObject([{ ...back, units: 1 }]);
    expect((await zones("location=S02")).items).toEqual([]);
    await at.ask("GET", "/v1/zone-stock", 400, { as: "admin" });
  });

  test("lines of the ledger come the last recorded first, each once over all pages", async () => {
    const page = (query: string) =>
      at.ask<MovementsPage>("GET", `/v1/movements?${query}`, 200, { as: "merchandiser" });
    const first = await page(`gtin=${SCARF}&limit=1`);
    expect(first.items).toMatchObject([
      { locationId: "S01", gtin: SCARF, quantity: -1, reason: "sold", source: "pos/till-1", epc: scarf(1) },
    ]);
    const second = await page(`gtin=${SCARF}&limit=1&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ quantity: 1, reason: "found" }], nextCursor: null });
    expect((await page("location=S01")).items).toHaveLength(2);
    expect((await page(`location=S02&gtin=${SCARF}`)).items).toEqual([]);
    await at.ask("GET", "/v1/movements", 400, { as: "admin" });
    await at.ask("GET", `/v1/movements?gtin=${SCARF}&cursor=x`, 400, { as: "admin" });
  });

  test("lines of one event at two places each come once, over all pages", async () => {
    const epc = scarf(3);
    const line = { gtin: Number(SCARF), epc, reason: "transferred_out", quantity: -1 };
    await storeEvents(db, [
      {
        ordinal: 104,
        atMs: NOW - 5 * MINUTE,
        type: "item_transferred",
        items: [{ epc, zoneId: "back", locationId: "S09" }],
        lines: [
          { ...line, locationId: "S08" },
          { ...line, locationId: "S09", reason: "transferred_in", quantity: 1 },
        ],
      },
    ]);
    const seen: string[] = [];
    let cursor: string | null = "";
    for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
      const page: MovementsPage = await at.ask(
        "GET",
        `/v1/movements?gtin=${SCARF}&limit=1&cursor=${cursor}`,
        200,
        { as: "admin" },
      );
      seen.push(...page.items.map(({ locationId, reason }) => `${locationId} ${reason}`));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(["S09 transferred_in", "S08 transferred_out", "S01 sold", "S01 found"]);
  });
});

describe("in a big ledger", () => {
  test("one item's life and reads are found without reading those of others", async () => {
    const big = await openTestDatabase();
    const events = 200_000;
    await big.command({
      name: "test/many-events",
      sql: `INSERT INTO events (location_id, ordinal, event_id, event_type, recorded_at, \`items.epc\`, \`items.gtin\`,
              \`items.location_id\`, \`items.zone_id\`, \`items.status\`, \`items.state\`, \`items.first_seen_at\`, \`items.last_seen_at\`)
            SELECT concat('S', toString(number % 20)), number + 1, toString(number), 'item_seen', now64(3),
              ['3034257BF7194E' || lpad(hex(number), 10, '0')], [1], ['S'], ['z'], ['present'], ['sellable'], [now64(3)], [now64(3)]
            FROM numbers(${events})`,
      maxSeconds: 60,
    });
    await big.command({
      name: "test/many-reads",
      sql: `INSERT INTO read_batches (location_id, reader_id, received_at, epc, gtin, antenna, zone_id, observed_at, rssi_dbm, read_count, verdict)
            SELECT concat('S', toString(intDiv(number, 1000))), 'r', now64(3),
              arrayMap(i -> '3034257BF7194E' || lpad(hex(number * 20 + i), 10, '0'), range(20)), range(20), range(20),
              arrayMap(i -> 'z', range(20)), arrayMap(i -> now64(3), range(20)), range(20), range(20), arrayMap(i -> 'accepted', range(20))
            FROM numbers(15000)`,
      maxSeconds: 60,
    });
    const epc = `3034257BF7194E${(123_456).toString(16).toUpperCase().padStart(10, "0")}`;
    const share = async (name: string, index: string, params: Record<string, unknown>) => {
      const rows = await big.query({
        name: "test/explain",
        sql: `EXPLAIN indexes = 1 ${loadQuery(name)}`,
        params,
        row: z.object({ explain: z.string() }),
      });
      const lines = rows.map(({ explain }) => explain.trim());
      const found = lines
        .slice(lines.findIndex((line) => line.includes(index)))
        .find((line) => /Granules: \d/.test(line));
      const [, read = "1", all = "1"] = /Granules: (\d+)\/(\d+)/.exec(found ?? "") ?? [];
      return { read: Number(read), all: Number(all) };
    };
    const life = await share("items/history", "items_epc_bloom", {
      epc,
      before_ordinal: Number.MAX_SAFE_INTEGER,
      page_rows: 51,
    });
    expect(life.all).toBeGreaterThan(20);
    expect(life.read / life.all).toBeLessThan(0.2);
    const reads = await share("items/reads", "epc_bloom", {
      forms: [epc],
      since: new Date(NOW - 60 * MINUTE),
      window_seconds: 60,
      page_rows: 201,
    });
    expect(reads.all).toBeGreaterThan(1);
    expect(reads.read).toBeLessThan(reads.all);
    const rows = await big.query({
      name: "test/found",
      sql: loadQuery("items/history"),
      params: { epc, before_ordinal: Number.MAX_SAFE_INTEGER, page_rows: 51 },
      row: z.looseObject({ ordinal: z.number() }),
    });
    expect(rows.map(({ ordinal }) => ordinal)).toEqual([123_457]);
    await big.close();
  });
});
