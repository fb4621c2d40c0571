import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sumOfTerms } from "../../domain/explain/explain-availability.ts";
import type { Explanation } from "../../domain/explain/explanation.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const A = 4_006_381_333_931;
const B = 4_006_381_333_948;
const MINUTE = 60_000;
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

const explain = (gtin: number, location: string, query = "") =>
  at.ask<Explanation>(
    "GET",
    `/v1/availability/explain?gtin=${gtinFromNumber(gtin)}&location=${location}${query}`,
    200,
    { as: "admin" },
  );
const now = () => Date.now() + at.clock.aheadMs;
const later = (ms: number) => {
  at.clock.aheadMs += ms;
};
const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString());

/** A count with its start and its result, as ingest writes them. */
async function count(location: string, gtin: number, expected: number, counted: number): Promise<void> {
  const countId = `c${now()}`;
  await at.ledger.store(location, [], { eventType: "count_started", body: JSON.stringify({ countId }) });
  later(MINUTE);
  const result = { state: "applied", lines: { gtins: [gtin], expected: [expected], counted: [counted] } };
  const lines =
    counted === expected ? [] : [{ gtin, quantity: counted - expected, reason: "counted" as const }];
  await at.ledger.commit(location, lines, {
    eventType: "count_ended",
    body: JSON.stringify({ countId, result }),
  });
}

describe("an explanation", () => {
  test("tells each movement with time, source and effect, and comes to the answer", async () => {
    await at.ledger.commit("S01", [{ gtin: A, quantity: 10, reason: "received" }]);
    await at.ledger.commit("S01", [{ gtin: A, quantity: 2, state: "damaged", reason: "returned" }]);
    await at.ledger.commit("S01", [
      { gtin: A, quantity: -3, reason: "sold" },
      { gtin: B, quantity: 5, reason: "received" },
    ]);
    const told = await explain(A, "S01");
    expect(told).toMatchObject({
      basis: "answered",
      isNow: true,
      throughSequence: 4,
      answer: { onHand: 9, sellable: 7, available: 7, reasonCode: "in_stock" },
      opening: { standsFor: "start", lines: 0, onHand: 0, sellable: 0 },
      steps: [
        { kind: "movement", reason: "received", onHand: 10, sellable: 10, onHandAfter: 10, sequence: 1 },
        { reason: "returned", state: "damaged", onHand: 2, sellable: 0, onHandAfter: 12, sellableAfter: 10 },
        { reason: "sold", onHand: -3, sellable: -3, onHandAfter: 9, sellableAfter: 7, source: "stock/test" },
      ],
    });
    expect(sumOfTerms(told)).toBe(7);
  });

  test("starts at the last count that looked at the product, also where the count found no difference", async () => {
    await at.ledger.commit("S02", [{ gtin: A, quantity: 100, reason: "received" }]);
    await count("S02", A, 100, 98);
    later(MINUTE);
    await at.ledger.commit("S02", [{ gtin: A, quantity: -1, reason: "sold" }]);
    const first = await explain(A, "S02");
    expect(first.opening).toMatchObject({ standsFor: "last_count", lines: 1, onHand: 100 });
    expect(first.steps.map((step) => [step.kind, step.onHand, step.onHandAfter])).toEqual([
      ["count", 0, 100],
      ["movement", -2, 98],
      ["movement", -1, 97],
    ]);
    expect(first.steps[0]?.count).toMatchObject({ expected: 100, counted: 98 });
    later(MINUTE);
    await count("S02", A, 97, 97);
    const second = await explain(A, "S02");
    expect(second.opening).toMatchObject({ standsFor: "last_count", lines: 3, onHand: 97 });
    expect(second.steps).toMatchObject([{ kind: "count", count: { expected: 97, counted: 97 } }]);
    expect(second.answer.available).toBe(97);
  });

  test("of a past instant is what was recorded until then, or with eventTime what is known of then by now", async () => {
    const start = now();
    await at.ledger.commit("S03", [{ gtin: A, quantity: 10, reason: "received" }]);
    later(10 * MINUTE);
    const between = now();
    later(10 * MINUTE);
    // A sale that was told late: it happened before `between`.
    await at.ledger.commit("S03", [{ gtin: A, quantity: -4, reason: "sold" }], {
      occurredAtMs: start + 5 * MINUTE,
    });
    later(MINUTE);
    const then = await explain(A, "S03", `&at=${iso(between)}`);
    expect(then).toMatchObject({ isNow: false, answer: { available: 10 } });
    const known = await explain(A, "S03", `&at=${iso(between)}&eventTime=true`);
    expect(known).toMatchObject({ basis: "event_time", answer: { available: 6 } });
    expect(known.steps.map((step) => step.onHand)).toEqual([10, -4]);
    expect((await explain(A, "S03", `&at=${iso(start - MINUTE)}`)).answer.reasonCode).toBe("no_record");
  });

  test("shows the newest steps of a long history, and folds the others into one line with their sum", async () => {
    for (let n = 1; n <= 30; n += 1) await at.ledger.commit("S04", [{ gtin: A, quantity: n }]);
    const told = await explain(A, "S04", "&steps=10");
    expect(told.opening).toMatchObject({ standsFor: "older_steps", lines: 20, onHand: 210 });
    expect(told.steps.map((step) => step.onHand)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
    expect(told.answer.available).toBe(465);
  });

  test("sees a line that another location's event holds", async () => {
    const columns = [
      "location_id",
      "ordinal",
      "event_id",
      "event_type",
      "source",
      "occurred_at",
      "recorded_at",
    ];
    const line = ["location_id", "sequence", "gtin", "state", "quantity", "reason", "epc", "reservation_id"];
    const [other] = at.ledger.draft("S05", [{ gtin: A, quantity: 3, reason: "transferred_out" }]);
    const recorded = new Date(now()).toISOString();
    await db.insert({
      name: "test/transfer",
      table: "events",
      columns: [...columns, ...line.map((name) => `movements.${name}`), "movements.order_id"],
      rows: [
        // biome-ignore format: one line for each group of columns
        [
          "S06", 900_000, "t1", "item_transferred", "rfid/r1", recorded, recorded,
          ["S06", "S05"], [900, 1], [A, A], ["sellable", "sellable"], [-3, 3],
          ["transferred_in", "transferred_out"], ["", ""], ["", ""], ["", ""],
        ],
      ],
    });
    if (other !== undefined) await at.ledger.tell("S05", [other]);
    expect((await explain(A, "S05")).steps).toMatchObject([{ source: "rfid/r1", onHand: 3 }]);
  });

  test("that does not come to the answer is an error with both numbers, never shown as right", async () => {
    await at.ledger.commit("S07", [{ gtin: A, quantity: 5 }]);
    at.table().add("S07", A, "sellable", 1);
    const problem = await at.ask(
      "GET",
      `/v1/availability/explain?gtin=${gtinFromNumber(A)}&location=S07`,
      500,
      { as: "admin" },
    );
    expect(problem).toMatchObject({
      code: "explanation_differs",
      explained: [5, 0, 0, 0],
      answered: [6, 0, 0, 0],
    });
    const metrics = await (await at.request("GET", "/metrics", { as: "admin" })).text();
    expect(metrics).toContain("onhand_explain_mismatches_total 1");
  });

  test("of the future, and of past odds, is refused", async () => {
    const path = `/v1/availability/explain?gtin=${gtinFromNumber(A)}&location=S01&at=`;
    const statusOf = async (query: string) => (await at.request("GET", query, { as: "admin" })).status;
    expect(await statusOf(`${path}${iso(now() + MINUTE)}`)).toBe(400);
    expect(await statusOf(`${path}${iso(now() - MINUTE)}&confidence=0.9`)).toBe(400);
  });
});
