import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventsAnswer } from "../../domain/api/events-answer.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { Database } from "../../sql/database.ts";
import { MemoryBus } from "../../test/support/memory-bus.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const NOW = new Date().toISOString();
let db: Database;
let at: TestServer;
let isAnswering = true;

beforeAll(async () => {
  db = await openTestDatabase();
  const bus = new MemoryBus();
  at = await startTestServer({ db, bus, config: { receiptTimeoutMs: 200 } });
  // What ingest does with an event, as far as a sender sees it: a receipt, once it is judged.
  for (const kind of ["pos", "stock"]) {
    await bus.subscribe(`onhand/+/${kind}/+`, (topic, payload) => {
      const event = JSON.parse(new TextDecoder().decode(payload));
      const isKnown = event.note === "known";
      const receipt: Receipt = {
        eventId: event.eventId,
        status: isKnown ? "duplicate" : event.note === "bad" ? "rejected" : "accepted",
        code: event.note === "bad" ? "in_future" : null,
        detail: null,
        topic,
        recordedAt: NOW,
      };
      if (isAnswering) void bus.publish("onhand/receipts/anybody", JSON.stringify(receipt));
    });
  }
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

const sale = (extra: object = {}) => ({
  type: "sale",
  terminalId: "T1",
  transactionId: "1001",
  occurredAt: NOW,
  lines: [{ lineNo: 1, gtin: "4006381333931", quantity: 1 }],
  ...extra,
});
const adjustment = (eventId: string, extra: object = {}) => ({
  type: "adjustment",
  eventId,
  locationId: "S01",
  occurredAt: NOW,
  lines: [{ gtin: "4006381333931", quantity: -1 }],
  ...extra,
});
const lastTopics = (count: number) =>
  at.bus.published
    .filter((one) => !one.topic.includes("receipts"))
    .slice(-count)
    .map((one) => one.topic);

describe("POST /v1/events", () => {
  test("one event or many, each answered with its receipt, in order", async () => {
    const one = await at.ask("POST", "/v1/events", 200, { as: "admin", body: adjustment("a1") });
    expect(one).toMatchObject({ receipts: [{ eventId: "a1", status: "accepted" }] });
    const many = [
      adjustment("a2", { note: "bad" }),
      sale({ storeId: "S02" }),
      adjustment("a3", { note: "known" }),
    ];
    const answer = await at.ask<EventsAnswer>("POST", "/v1/events?source=erp", 200, {
      as: "admin",
      body: many,
    });
    expect(answer.receipts.map((one) => [one.eventId, one.status, one.code])).toEqual([
      ["a2", "rejected", "in_future"],
      ["S02.T1.1001.sale", "accepted", null],
      ["a3", "duplicate", null],
    ]);
    expect(lastTopics(3)).toEqual(["onhand/S01/stock/erp", "onhand/S02/pos/T1", "onhand/S01/stock/erp"]);
  });

  test("a device speaks for its own location, and only for it", async () => {
    await at.ask("POST", "/v1/events", 200, { as: "device", body: sale() });
    expect(lastTopics(1)).toEqual(["onhand/S01/pos/T1"]);
    const problem = await at.ask("POST", "/v1/events", 403, {
      as: "device",
      body: sale({ locationId: "S02" }),
    });
    expect(problem).toMatchObject({ code: "location_not_allowed", allowed: "S01" });
    await at.ask("POST", "/v1/events?location=S02", 403, { as: "device", body: sale() });
  });

  test("what is not an event is refused before anything is published", async () => {
    const before = at.bus.published.length;
    for (const body of [
      {},
      [adjustment("ok"), { type: "sale" }],
      sale({ occurredAt: "yesterday" }),
      sale({ terminalId: "a/b" }),
    ]) {
      const problem = await at.ask("POST", "/v1/events?location=S01", 400, { as: "admin", body });
      expect(problem).toMatchObject({ code: "invalid_request" });
    }
    expect(await at.ask("POST", "/v1/events", 422, { as: "admin", body: sale() })).toMatchObject({
      code: "event_without_location",
    });
    await at.ask("POST", "/v1/events", 400, {
      as: "admin",
      body: Array.from({ length: 1001 }, (_, i) => adjustment(`x${i}`)),
    });
    expect(at.bus.published.length).toBe(before);
  });

  test("without a receipt in time the outcome is unknown, which is said, with what was answered before", async () => {
    isAnswering = false;
    const problem = await at.ask("POST", "/v1/events", 504, { as: "admin", body: adjustment("lost") });
    expect(problem).toMatchObject({ code: "outcome_unknown", receipts: [] });
    expect(problem["detail"]).toContain("same eventId");
    isAnswering = true;
    await at.ask("POST", "/v1/events", 200, { as: "admin", body: adjustment("lost") });
  });

  test("without a broker nothing is taken in, which is said", async () => {
    at.bus.setUp(false);
    expect(await at.ask("POST", "/v1/events", 503, { as: "admin", body: adjustment("b1") })).toMatchObject({
      code: "broker_unavailable",
    });
    at.bus.setUp(true);
  });

  test("reads go to the reader's topic as they are", async () => {
    const body = [{ epc: "3034257BF7194E4000001A85", antenna: 1 }];
    const answer = await at.ask("POST", "/v1/events?location=S01&reader=r1", 202, { as: "device", body });
    expect(answer).toEqual({ receipts: [] });
    const sent = at.bus.published.at(-1)!;
    expect([sent.topic, JSON.parse(sent.payload)]).toEqual(["onhand/S01/rfid/r1", body]);
    await at.ask("POST", "/v1/events?location=S02&reader=r1", 403, { as: "device", body });
  });
});
