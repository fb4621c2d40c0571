import { eventually } from "../../test/support/eventually.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const GTIN = "04006381333931";
const OTHER = "04006381333948";
const HOUR_MS = 3_600_000;
let db: Database;
let at: TestServer;
let startMs = 0;
const iso = (hours: number) => new Date(startMs + hours * HOUR_MS).toISOString();
let told = 0;

/** An event that ingest has committed. */
async function tell(locationId: string, body: Record<string, unknown>): Promise<void> {
  told += 1;
  const event = { eventId: `in-${told}`, occurredAt: iso(told / 3_600_000), ...body };
  await at.ledger.store(locationId, [], {
    eventType: String(body["type"]),
    body: JSON.stringify(event),
    occurredAtMs: startMs + told,
  });
}
const lines = (quantity: number) => [{ gtin: GTIN, quantity, state: "sellable" }];

async function itemAt(locationId: string, quantity = 1, on: TestServer = at) {
  const answer = await on.ask<AvailabilityAnswer>("POST", "/v1/availability/query", 200, {
    as: "storefront",
    body: { gtins: [GTIN], locations: [locationId], quantity },
  });
  return answer.items[0]!;
}

beforeAll(async () => {
  startMs = Date.now();
  db = await openTestDatabase();
  at = await startTestServer({ db });
  await at.ask("PUT", "/v1/locations/S01", 200, {
    as: "admin",
    body: { name: "x", timeZone: "Pacific/Auckland" },
  });
  await at.ledger.commit("S01", [{ gtin: Number(GTIN), quantity: 2 }]);
  await tell("S01", { type: "expected_receipt", reference: "PO-1", expectedAt: iso(50), lines: lines(5) });
  await tell("S01", { type: "expected_receipt", reference: "PO-2", expectedAt: iso(26), lines: lines(1) });
  await tell("W01", { type: "transfer_out", transferId: "T-1", to: "S01", lines: lines(4) });
  while ((await itemAt("S01")).incoming.length < 3) await new Promise((resolve) => setImmediate(resolve));
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

describe("what is to come", () => {
  test("stands in the answer, the earliest first, with when the quantity asked for can be had", async () => {
    const item = await itemAt("S01", 4);
    expect(item).toMatchObject({
      available: 2,
      incoming: [{ quantity: 1 }, { quantity: 4 }, { quantity: 5 }],
    });
    expect(item.incoming[0]!.expectedAt).toBe(iso(26));
    expect(item.availableFrom).toBe(item.incoming[1]!.expectedAt);
    expect((await itemAt("S01", 2)).availableFrom).toBeNull();
    expect((await itemAt("S01", 12)).availableFrom).toBe(iso(50));
    expect((await itemAt("S01", 13)).availableFrom).toBeNull();
  });

  test("is listed with its references, and can be asked for by place and product", async () => {
    const answer = await at.ask("GET", `/v1/incoming?location=S01&gtin=${GTIN}`, 200, { as: "merchandiser" });
    expect(answer).toMatchObject({
      total: 3,
      items: [
        { kind: "receipt", reference: "PO-2", quantity: 1, isLate: false, from: null },
        { kind: "transfer", reference: "T-1", quantity: 4, from: "W01" },
        { kind: "receipt", reference: "PO-1", quantity: 5 },
      ],
    });
    expect(await at.ask("GET", "/v1/incoming?location=S02", 200, { as: "admin" })).toMatchObject({
      total: 0,
    });
    expect(await at.ask("GET", `/v1/incoming?gtin=${OTHER}`, 200, { as: "admin" })).toMatchObject({
      total: 0,
    });
  });

  test("is planned day by day by the location's own clock, from what is there now", async () => {
    const schedule = await at.ask<{
      timeZone: string;
      days: { date: string; supply: number; onHand: number; available: number }[];
    }>("GET", `/v1/availability/schedule?gtin=${GTIN}&location=S01&days=5`, 200, { as: "storefront" });
    expect(schedule.timeZone).toBe("Pacific/Auckland");
    const dateAt = (hours: number) =>
      new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Auckland", dateStyle: "short" }).format(
        startMs + hours * HOUR_MS,
      );
    expect(schedule.days.map((day) => day.date)).toEqual([0, 24, 48, 72, 96].map(dateAt));
    expect(schedule.days.reduce((units, day) => units + day.supply, 0)).toBe(10);
    expect(schedule.days.find((day) => day.date === dateAt(26))?.supply).toBeGreaterThanOrEqual(1);
    expect(schedule.days[0]).toMatchObject({ onHand: 2, available: 2 });
    expect(schedule.days.at(-1)).toMatchObject({ onHand: 12, available: 12 });
    await at.ask("GET", `/v1/availability/schedule?gtin=${GTIN}&location=S01&days=181`, 400, { as: "admin" });
  });
});

test("what came is taken off, and another server reads the same from the ledger", async () => {
  await tell("S01", { type: "receipt", reference: "PO-1", lines: lines(2) });
  await tell("S01", { type: "transfer_in", transferId: "T-1", from: "W01", lines: lines(4) });
  await eventually(async () =>
    expect((await itemAt("S01")).incoming.map((one) => one.quantity)).toEqual([1, 3]),
  );
  const other = await startTestServer({ db });
  await eventually(async () =>
    expect((await itemAt("S01", 1, other)).incoming.map((one) => one.quantity)).toEqual([1, 3]),
  );
  await other.stop();
});

test("what is late stops counting by itself when its grace ends, and those who follow it are told within a second", async () => {
  const { projection } = at.server;
  const row = projection.table().find("S01", Number(GTIN));
  let toldAt = 0;
  projection.onChange((changed) => {
    if (changed === row) toldAt = Date.now();
  });
  at.clock.aheadMs = 49 * HOUR_MS;
  expect((await itemAt("S01")).incoming.map((one) => one.quantity)).toEqual([1, 3]);
  const movedAt = Date.now();
  at.clock.aheadMs = 51 * HOUR_MS;
  expect((await itemAt("S01")).incoming.map((one) => one.quantity)).toEqual([3]);
  await eventually(() => expect(toldAt).toBeGreaterThanOrEqual(movedAt));
  expect(toldAt - movedAt).toBeLessThan(1_000);
});
