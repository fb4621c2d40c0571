import { eventually } from "../../test/support/eventually.ts";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { settingsMessageSchema } from "../../domain/api/master-data-answers.ts";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const SCARF = "04006381333931";
const HAT = "04006381333948";
const MINUTE_MS = 60_000;
const ALLOCATION = {
  kind: "allocation",
  quantity: 6,
  scope: { channel: "store", gtin: SCARF, locationId: "S01" },
};
let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  const put = (path: string, body: unknown) => at.ask("PUT", path, 200, { as: "admin", body });
  await put("/v1/locations/S01", { name: "Berlin", timeZone: "Europe/Berlin" });
  await put("/v1/locations/S02", { name: "Lisbon", timeZone: "Europe/Lisbon" });
  await put(`/v1/products/${SCARF}`, { name: "Scarf", category: "Scarves" });
  await put(`/v1/products/${HAT}`, { name: "Hat", category: "Hats" });
  await put("/v1/location-groups/south", { name: "South", locations: ["S02"] });
  for (const locationId of ["S01", "S02"]) {
    await at.ledger.commit(locationId, [
      { gtin: Number(SCARF), quantity: 10 },
      { gtin: Number(HAT), quantity: 4 },
    ]);
  }
});
afterEach(async () => {
  const { items } = await at.ask<{ items: { rule: { ruleId: string } }[] }>("GET", "/v1/rules", 200, {
    as: "admin",
  });
  for (const { rule } of items) await at.ask("DELETE", `/v1/rules/${rule.ruleId}`, 200, { as: "admin" });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

const setRule = (ruleId: string, body: Record<string, unknown>) =>
  at.ask("PUT", `/v1/rules/${ruleId}`, 200, { as: "merchandiser", body: { scope: {}, ...body } });

/** What is promised of scarves and hats at both locations, in this order. */
async function promised(channel?: string, on: TestServer = at): Promise<number[]> {
  const wish = channel === undefined ? "" : `&channel=${channel}`;
  const answer = await on.ask<AvailabilityAnswer>(
    "GET",
    `/v1/availability?gtin=${SCARF},${HAT}&location=S01,S02${wish}`,
    200,
    { as: "storefront" },
  );
  return answer.items.map((item) => item.available);
}

describe("safety stock", () => {
  test("is withheld from its channel, at its place and of its products, from the answer on", async () => {
    await setRule("web-scarves", {
      kind: "safety_stock",
      quantity: 3,
      scope: { channel: "web", category: "Scarves" },
    });
    await setRule("south-hats", {
      kind: "safety_stock",
      quantity: 1,
      scope: { locationGroup: "south", gtin: HAT },
    });
    expect(await promised("web")).toEqual([7, 7, 4, 3]);
    expect(await promised("app")).toEqual([10, 10, 4, 3]);
    expect(await promised()).toEqual([10, 10, 4, 3]);
  });

  test("a product that comes into a category comes under its rules", async () => {
    await setRule("scarves", { kind: "safety_stock", quantity: 3, scope: { category: "Scarves" } });
    await at.ask("PATCH", `/v1/products/${HAT}`, 200, { as: "admin", body: { category: "Scarves" } });
    await eventually(async () => expect(await promised()).toEqual([7, 7, 1, 1]));
    await at.ask("PATCH", `/v1/products/${HAT}`, 200, { as: "admin", body: { category: "Hats" } });
  });
});

test("a cap shows its channel no more than it says, and others all", async () => {
  await setRule("five", { kind: "cap", quantity: 5, scope: { channel: "marketplace" } });
  expect(await promised("marketplace")).toEqual([5, 5, 4, 4]);
  expect(await promised("web")).toEqual([10, 10, 4, 4]);
});

test("a rule says who set it, what it was before, and when it changes next; others are told and the log has it", async () => {
  const startsAt = new Date(Date.now() + MINUTE_MS).toISOString();
  await setRule("buffer", { kind: "safety_stock", quantity: 1, note: "first" });
  const second = await setRule("buffer", { kind: "safety_stock", quantity: 2, window: { startsAt } });
  expect(second).toMatchObject({
    isInForce: false,
    nextChangeAt: startsAt,
    rule: { ruleId: "buffer", quantity: 2 },
  });
  const messages = at.bus.published.filter(({ topic }) => topic === "onhand/settings");
  expect(settingsMessageSchema.parse(JSON.parse(messages.at(-1)!.payload)).changed).toEqual(["rules"]);
  await at.ask("DELETE", "/v1/rules/buffer", 200, { as: "admin" });
  const history = await at.ask<{ items: unknown[] }>("GET", "/v1/rule-changes?rule=buffer&limit=3", 200, {
    as: "admin",
  });
  expect(history.items).toMatchObject([
    { rule: null, before: { quantity: 2 } },
    { rule: { quantity: 2 }, before: { quantity: 1, note: "first" } },
    { rule: { quantity: 1 }, before: null },
  ]);
  await at.ask("GET", "/v1/rules/buffer", 404, { as: "admin" });
});

test("a preview shows what would be promised, and changes nothing", async () => {
  await setRule("buffer", { kind: "safety_stock", quantity: 1 });
  const rule = { kind: "safety_stock", quantity: 3, scope: { channel: "web", gtin: SCARF } };
  const preview = await at.ask("POST", "/v1/rule-previews", 200, {
    as: "merchandiser",
    body: { ruleId: "more", rule },
  });
  expect(preview).toMatchObject({ channel: "web", covered: 2, changed: 2 });
  expect(preview["items"]).toContainEqual({ locationId: "S01", gtin: SCARF, from: 9, to: 7 });
  const without = await at.ask("POST", "/v1/rule-previews", 200, {
    as: "admin",
    body: { ruleId: "buffer", rule: null },
  });
  expect(without).toMatchObject({ changed: 4 });
  expect(await promised("web")).toEqual([9, 9, 3, 3]);
});

test("what contradicts itself or names what is not there is refused, and a group that rules name stays", async () => {
  const put = (status: number, scope: Record<string, unknown>, kind = "safety_stock") =>
    at.ask("PUT", "/v1/rules/wrong", status, { as: "admin", body: { kind, quantity: 1, scope } });
  expect(await put(422, { locationId: "S01", locationGroup: "south" })).toMatchObject({
    code: "invalid_rule",
  });
  expect(await put(422, {}, "allocation")).toMatchObject({ code: "invalid_rule" });
  expect(await put(404, { locationId: "S99" })).toMatchObject({ code: "location_not_found" });
  expect(await put(404, { locationGroup: "north" })).toMatchObject({ code: "location_group_not_found" });
  await setRule("south", { kind: "cap", quantity: 5, scope: { locationGroup: "south" } });
  const refused = await at.ask("DELETE", "/v1/location-groups/south", 409, { as: "admin" });
  expect(refused).toMatchObject({ code: "location_group_in_use", rules: ["south"] });
});

test("another server that reads the same tables follows a change without being asked", async () => {
  const other = await startTestServer({ db, bus: at.bus });
  await setRule("buffer", { kind: "safety_stock", quantity: 2 });
  await eventually(async () => expect(await promised("web", other)).toEqual([8, 8, 2, 2]));
  await other.stop();
});

test("says for any instant which rule held, with its units", async () => {
  await setRule("for-the-store", ALLOCATION);
  await setRule("buffer", { kind: "safety_stock", quantity: 1, note: "For the window" });
  const answer = await at.ask<{ rules: unknown[] }>(
    "GET",
    `/v1/availability/explain?gtin=${SCARF}&location=S01&channel=web`,
    200,
    { as: "merchandiser" },
  );
  expect(answer.rules).toMatchObject([
    { ruleId: "for-the-store", kind: "allocation", units: 6 },
    { ruleId: "buffer", kind: "safety_stock", units: 1, note: "For the window" },
  ]);
});

// The clock is moved from here on, and never back.
test("an allocation withholds from all others what its channel has not sold of it, and returns at its release", async () => {
  const releaseAt = new Date(Date.now() + 5 * MINUTE_MS).toISOString();
  await setRule("for-the-store", { ...ALLOCATION, releaseAt });
  expect((await promised("store"))[0]).toBe(10);
  expect((await promised("web"))[0]).toBe(4);
  await at.ledger.commit("S01", [{ gtin: Number(SCARF), quantity: -2, reason: "sold" }]);
  await eventually(async () => expect((await promised("web"))[0]).toBe(4));
  expect((await promised("store"))[0]).toBe(8);
  at.clock.aheadMs = 6 * MINUTE_MS;
  expect((await promised("web"))[0]).toBe(8);
  await at.ledger.commit("S01", [{ gtin: Number(SCARF), quantity: 2, reason: "received" }]);
});

test("a window that opens or closes is told within a second, though no stock moved, by each location's own clock", async () => {
  const now = Date.now();
  const [opens, closes] = [now + 10 * MINUTE_MS, now + 20 * MINUTE_MS].map((ms) =>
    new Date(ms).toISOString(),
  );
  await setRule("later", {
    kind: "safety_stock",
    quantity: 10,
    scope: { locationId: "S01", gtin: SCARF },
    window: { startsAt: opens, endsAt: closes },
  });
  const told: number[] = [];
  const { projection } = at.server;
  const row = projection.table().find("S01", Number(SCARF));
  projection.onChange((changed) => {
    if (changed === row) told.push(Date.now());
  });
  for (const [minutes, expected] of [
    [11, 0],
    [21, 10],
  ] as const) {
    told.length = 0;
    const movedAt = Date.now();
    at.clock.aheadMs = minutes * MINUTE_MS;
    expect((await promised())[0]).toBe(expected);
    await eventually(() => expect(told).not.toEqual([]));
    expect(told[0]! - movedAt).toBeLessThan(1_000);
  }
});
