import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countDetailSchema, countsPageSchema } from "../../domain/api/counts.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../support/start-test-server.ts";

const GTIN = "04006381333931";
const OTHER_GTIN = "04006381333948";
const MINUTE = 60_000;
const startedAtMs = Date.now() - 90 * MINUTE;
const at = (minutes: number) => new Date(startedAtMs + minutes * MINUTE).toISOString();

describe("counts over HTTP", () => {
  let db: Database;
  let running: IngestInProcess;
  let server: TestServer;
  let events = 0;

  beforeAll(async () => {
    db = await openTestDatabase();
    running = await startIngestInProcess({ db });
    server = await startTestServer({ db, deps: { bus: running.bus } });
  });
  afterAll(async () => {
    await server?.stop();
    await running?.stop();
    await db?.close();
  });

  async function tell(minutes: number, body: Record<string, unknown>): Promise<Receipt> {
    const event = { eventId: `e${++events}`, locationId: "store-1", occurredAt: at(minutes), ...body };
    const response = await server.request("POST", "/v1/events", { as: "admin", body: event });
    const { receipts } = await response.json();
    return receipts[0];
  }

  async function count(countId: string, minutes: number, quantity: number): Promise<void> {
    expect(await tell(minutes, { type: "count_started", countId })).toMatchObject({ status: "accepted" });
    const capturedAt = at(minutes + 1);
    const quantities = [
      { gtin: GTIN, quantity, capturedAt },
      { gtin: OTHER_GTIN, quantity: 10, capturedAt },
    ];
    await tell(minutes + 2, { type: "count_reads", countId, quantities });
    expect(await tell(minutes + 3, { type: "count_ended", countId })).toMatchObject({ status: "accepted" });
  }

  const list = async (query = "") =>
    countsPageSchema.parse(await (await server.request("GET", `/v1/counts${query}`, { as: "admin" })).json());
  const detail = async (countId: string) =>
    countDetailSchema.parse(
      await (await server.request("GET", `/v1/counts/${countId}`, { as: "merchandiser" })).json(),
    );
  const decide = (countId: string, decision: string) =>
    server.request("POST", `/v1/counts/${countId}/decision`, {
      as: "merchandiser",
      body: { locationId: "store-1", decision },
    });

  it("are listed with what they found, and told in detail", async () => {
    const book = [
      { gtin: GTIN, quantity: 102 },
      { gtin: OTHER_GTIN, quantity: 10 },
    ];
    await tell(0, { type: "position", lines: book });
    await count("c1", 10, 100);
    await tell(20, { type: "count_started", countId: "c2", zones: ["floor"] });
    const { items, nextCursor } = await list();
    expect(nextCursor).toBeNull();
    expect(items).toMatchObject([
      { countId: "c2", state: "open", zones: ["floor"], captured: 0, expected: null, endedAt: null },
      {
        countId: "c1",
        locationId: "store-1",
        state: "applied",
        zones: null,
        startedAt: at(10),
        endedAt: at(13),
        decidedAt: null,
        captured: 2,
        expected: 112,
        found: 110,
        counted: 110,
        products: 2,
        exactProducts: 1,
        exactAccuracy: 0.5,
        unitAccuracy: 1 - 2 / 110,
      },
    ]);
    expect(await detail("c1")).toMatchObject({
      totalLines: 2,
      lines: [
        { gtin: GTIN, expected: 102, counted: 100, difference: -2 },
        { gtin: OTHER_GTIN, expected: 10, counted: 10, difference: 0 },
      ],
    });
    const first = await list("?limit=1");
    expect(first.items.map((one) => one.countId)).toEqual(["c2"]);
    const second = await list(`?limit=1&cursor=${first.nextCursor}`);
    expect(second.items.map((one) => one.countId)).toEqual(["c1"]);
    expect((await list("?location=store-2")).items).toEqual([]);
    await tell(21, { type: "count_ended", countId: "c2" });
  });

  it("that are held are decided, once", async () => {
    await count("c3", 30, 20);
    expect(await detail("c3")).toMatchObject({ state: "held", expected: 110, found: 30, decidedAt: null });
    const response = await decide("c3", "accept");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: "accepted" });
    expect(await detail("c3")).toMatchObject({ state: "applied", decidedAt: expect.any(String) });
    expect(await (await decide("c3", "reject")).json()).toMatchObject({
      status: "rejected",
      code: "count_not_held",
    });
  });

  it("that are not known are said to be so", async () => {
    const response = await server.request("GET", "/v1/counts/nope", { as: "admin" });
    expect([response.status, (await response.json()).code]).toEqual([404, "count_not_found"]);
    expect((await decide("nope", "accept")).status).toBe(404);
  });
});
