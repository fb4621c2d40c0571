import { eventually } from "../../test/support/eventually.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocationCheck, Reconciliation } from "../../domain/api/reconciliation.ts";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const A = 4_006_381_333_931;
const B = 4_006_381_333_948;
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

const check = (location: string) =>
  at.ask<LocationCheck>("POST", `/v1/reconciliation/${location}`, 200, { as: "admin" });
const results = () => at.ask<Reconciliation>("GET", "/v1/reconciliation", 200, { as: "merchandiser" });
const metric = async (name: string) => {
  const text = await (await at.request("GET", "/metrics", { as: "admin" })).text();
  return Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.split(" ")[1],
  );
};

describe("the check of memory against the ledger", () => {
  test("finds a row that was damaged in memory, says both numbers, and puts it right", async () => {
    await at.ledger.commit("S01", [
      { gtin: A, quantity: 10 },
      { gtin: B, quantity: 4, state: "damaged" },
    ]);
    expect(await check("S01")).toMatchObject({ outcome: "equal", positions: 2, sequence: 2, differences: 0 });
    const before = at.server.projection.revision();
    at.table().add("S01", A, "sellable", 3);
    at.table().add("S01", B, "damaged", -1);
    const found = await check("S01");
    expect(found).toMatchObject({ outcome: "mended", differences: 2 });
    expect(found.examples).toEqual(
      expect.arrayContaining([
        { gtin: gtinFromNumber(A), state: "sellable", inMemory: 13, inLedger: 10 },
        { gtin: gtinFromNumber(B), state: "damaged", inMemory: 3, inLedger: 4 },
      ]),
    );
    expect(at.table().get("S01", A)?.sellable).toBe(10);
    expect(at.server.projection.revision()).toBeGreaterThan(before);
    expect(await check("S01")).toMatchObject({ outcome: "equal" });
    const { history, locations } = await results();
    expect(history).toMatchObject([
      { locationId: "S01", outcome: "mended", differences: 2, serverId: at.server.projection.serverId },
    ]);
    expect(locations).toMatchObject([{ locationId: "S01", outcome: "equal" }]);
    expect(await metric('onhand_reconciliation_differences_total{kind="position"}')).toBe(2);
  });

  test("finds what is in memory alone", async () => {
    await at.ledger.commit("S02", [{ gtin: A, quantity: 1 }]);
    at.table().add("S02", B, "sellable", 7);
    expect(await check("S02")).toMatchObject({
      outcome: "mended",
      examples: [{ gtin: gtinFromNumber(B), inMemory: 7, inLedger: 0 }],
    });
  });

  test("gives no false alarm while stock changes, nor while movements are stored and not told yet", async () => {
    const gtins = Array.from({ length: 20 }, (_, n) => A + n * 1000);
    const till = { isOpen: true };
    const selling = (async () => {
      for (let n = 0; till.isOpen || n < 20; n += 1) {
        const lines = gtins.map((gtin) => ({ gtin, quantity: (n % 3) - 1 }));
        const stored = await at.ledger.store("S03", lines);
        await new Promise(setImmediate);
        await at.ledger.tell("S03", stored);
      }
    })();
    await eventually(() => expect(at.table().find("S03", A)).toBeGreaterThanOrEqual(0));
    const checks: LocationCheck[] = [];
    for (let n = 0; n < 8; n += 1) checks.push(await check("S03"));
    till.isOpen = false;
    await selling;
    expect(checks.map((one) => one.outcome)).toEqual(checks.map(() => "equal"));
    expect(new Set(checks.map((one) => one.sequence)).size).toBeGreaterThan(1);
  });

  test("puts right what differs although stock changes meanwhile", async () => {
    await at.ledger.commit("S04", [{ gtin: A, quantity: 50 }]);
    at.table().add("S04", A, "sellable", 5);
    const [found] = await Promise.all([
      check("S04"),
      (async () => {
        for (let n = 0; n < 10; n += 1) await at.ledger.commit("S04", [{ gtin: A, quantity: -1 }]);
      })(),
    ]);
    expect(found).toMatchObject({ outcome: "mended", differences: 1 });
    const answer = await at.ask<AvailabilityAnswer>(
      "GET",
      `/v1/availability?gtin=${gtinFromNumber(A)}&location=S04`,
      200,
      { as: "admin" },
    );
    expect(answer.items[0]?.onHand).toBe(40);
  });

  test("tells of itself on /readyz, and of a location that never had stock that it has none", async () => {
    const { checks } = await at.ask<{ checks: { name: string; reason: null; note?: string }[] }>(
      "GET",
      "/readyz",
      200,
      { as: "admin" },
    );
    const own = checks.find((one) => one.name === "reconciliation");
    expect(own).toMatchObject({ reason: null });
    expect(own?.note).toMatch(/^4 locations with \d+ positions were compared with the ledger since/);
    await at.ask("POST", "/v1/reconciliation/S99", 404, { as: "admin" });
  });

  test("runs by itself, location after location", async () => {
    const running = await startTestServer({ db, config: { reconcileEverySeconds: 1 } });
    for (const locationId of running.table().locationIds) running.table().add(locationId, A, "sellable", 2);
    await eventually(async () => {
      const body = await running.ask<Reconciliation>("GET", "/v1/reconciliation", 200, { as: "admin" });
      expect(body.locations.map((one) => one.outcome)).toContain("mended");
    });
    await running.stop();
  });
});
