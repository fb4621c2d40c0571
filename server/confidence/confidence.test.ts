import { eventually } from "../../test/support/eventually.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";
import { presenceLevel } from "../../domain/confidence/presence-level.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { validGtins } from "../../test/support/valid-gtins.ts";

const [TAGGED = 0, UNTAGGED = 0, PHANTOM = 0] = validGtins(3);
const SECOND_MS = 1000;
const DAY_MS = 24 * 3_600_000;
const SURE = presenceLevel(0.9999);
const DOUBTED = presenceLevel(0.5);
let db: Database;
let system: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  await db.insert({
    name: "test/products",
    table: "products",
    columns: ["gtin", "sku", "name", "category", "kind", "currency", "is_tagged", "version"],
    rows: [
      [TAGGED, "T", "Shirt", "Shirts", "merchandise", "EUR", 1, 1],
      [UNTAGGED, "U", "Socks", "Socks", "merchandise", "EUR", 0, 1],
      [PHANTOM, "P", "Scarf", "Scarves", "merchandise", "EUR", 1, 1],
    ],
  });
  system = await startTestServer({ db });
});
afterAll(async () => {
  await system.stop();
  await db.close();
});

async function writeOdds(
  gtin: number,
  levels: number[],
  counts: number[],
  unidentified: number,
): Promise<void> {
  const version = (Date.now() + system.clock.aheadMs) * 1000;
  await db.insert({
    name: "test/item-odds",
    table: "item_odds",
    columns: ["location_id", "gtin", "levels", "counts", "unidentified", "version"],
    rows: [
      ["S01", gtin, levels, counts, unidentified, version],
      ["S01", 0, [], [], 0, version],
    ],
  });
}

/** A count that found so many, as ingest writes what came of it. */
async function count(gtin: number, expected: number, counted: number): Promise<void> {
  const result = { state: "applied", lines: { gtins: [gtin], expected: [expected], counted: [counted] } };
  const lines =
    expected === counted ? [] : [{ gtin, quantity: counted - expected, reason: "counted" as const }];
  const options = { eventType: "count_ended", body: JSON.stringify({ countId: "c", result }) };
  await system.ledger.commit("S01", lines, options);
}

async function ask(gtin: number, wish = ""): Promise<AvailabilityItem> {
  const path = `/v1/availability?gtin=${gtinFromNumber(gtin)}&location=S01${wish}`;
  const { items } = await system.ask<{ items: AvailabilityItem[] }>("GET", path, 200, { as: "admin" });
  const [item] = items;
  if (item === undefined) throw new Error("no item");
  return item;
}

test("what ingest says of items becomes the confidence of an answer, and what can be promised with it", async () => {
  await system.ledger.commit("S01", [{ gtin: TAGGED, quantity: 3 }]);
  await writeOdds(TAGGED, [DOUBTED, SURE], [1, 2], 0);
  const before = system.server.projection.revision();
  system.clock.aheadMs += 6 * SECOND_MS;
  await eventually(async () => expect((await ask(TAGGED, "&quantity=3")).confidence).toBeCloseTo(0.5, 2));
  expect(system.server.projection.revision()).toBeGreaterThan(before);
  expect((await ask(TAGGED, "&quantity=2")).confidence).toBeGreaterThan(0.999);
  expect(await ask(TAGGED, "&confidence=0.95")).toMatchObject({ sellable: 3, available: 2 });
  expect(await ask(TAGGED, "&confidence=0.4")).toMatchObject({ sellable: 3, available: 3 });
  expect(await ask(TAGGED)).toMatchObject({ sellable: 3, available: 3 });
});

test("a sale before ingest has summed up again takes a sure unit: the doubted one stays doubted", async () => {
  await system.ledger.commit("S01", [{ gtin: TAGGED, quantity: -1, reason: "sold" }]);
  expect((await ask(TAGGED, "&quantity=2")).confidence).toBeCloseTo(0.5, 2);
  expect(await ask(TAGGED, "&confidence=0.95")).toMatchObject({ sellable: 2, available: 1 });
});

test("a unit of a tagged product that no reader has seen is doubted where readers see others", async () => {
  await system.ledger.commit("S01", [{ gtin: PHANTOM, quantity: 1 }]);
  expect((await ask(PHANTOM)).confidence).toBeLessThan(0.3);
  expect(await ask(PHANTOM, "&confidence=0.95")).toMatchObject({ available: 0, reasonCode: "uncertain" });
});

test("a count makes a book sure again, and what moves afterwards less so; wrong counts are learnt from", async () => {
  await system.ledger.commit("S01", [{ gtin: UNTAGGED, quantity: 20 }]);
  const neverCounted = (await ask(UNTAGGED, "&quantity=20")).confidence ?? 0;
  await count(UNTAGGED, 20, 20);
  system.clock.aheadMs += 31 * SECOND_MS;
  await eventually(async () => {
    expect((await ask(UNTAGGED, "&quantity=20")).confidence).toBeGreaterThan(Math.max(0.95, neverCounted));
  });
  const counted = (await ask(UNTAGGED, "&quantity=20")).confidence ?? 0;
  for (const quantity of [-5, 5, -5, 5, -5, 5])
    await system.ledger.commit("S01", [{ gtin: UNTAGGED, quantity }]);
  const moved = (await ask(UNTAGGED, "&quantity=20")).confidence ?? 0;
  expect(moved).toBeLessThan(counted);
  system.clock.aheadMs += 30 * DAY_MS;
  expect((await ask(UNTAGGED, "&quantity=20")).confidence).toBeLessThan(moved);
  await count(UNTAGGED, 20, 10);
  await system.ledger.commit("S01", [{ gtin: UNTAGGED, quantity: 10 }]);
  // Counts are asked for each half minute, and may just have been.
  system.clock.aheadMs += 31 * SECOND_MS;
  await eventually(async () => {
    const { confidence } = await ask(UNTAGGED, "&quantity=20");
    expect(confidence).toBeLessThan(counted);
    expect(await linesLearnt(system)).toBe(1);
  });
});

async function linesLearnt(one: TestServer): Promise<number> {
  const text = await (await one.request("GET", "/metrics", { as: "admin" })).text();
  return Number(/^onhand_count_lines_learnt (\d+)$/m.exec(text)?.[1]);
}

test("a server that starts knows all of it again from the tables", async () => {
  const confidenceOf = async (one: TestServer, gtin: number) => {
    const path = `/v1/availability?gtin=${gtinFromNumber(gtin)}&location=S01&quantity=2`;
    const { items } = await one.ask<{ items: AvailabilityItem[] }>("GET", path, 200, { as: "admin" });
    return items[0]?.confidence ?? -1;
  };
  const aheadMs = system.clock.aheadMs;
  const other = await startTestServer({ db, deps: { nowMs: () => Date.now() + aheadMs } });
  try {
    for (const gtin of [TAGGED, PHANTOM, UNTAGGED]) {
      const known = await confidenceOf(system, gtin);
      await eventually(async () => expect(await confidenceOf(other, gtin)).toBeCloseTo(known, 2));
    }
    await eventually(async () => expect(await linesLearnt(other)).toBe(1));
  } finally {
    await other.stop();
  }
});
