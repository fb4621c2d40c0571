import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ItemState, LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import { createStockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../../test/support/open-test-database.ts";
import { EVENT_COLUMNS, eventRow } from "../pipeline/event-rows.ts";
import { KnownEvents } from "../pipeline/known-events.ts";
import { loadBook } from "./load-book.ts";

const gtin = 614141123452;
const epc = "3074257BF7194E4000001A85";
const beginMs = Date.parse("2026-03-02T09:00:00Z");
const minute = 60_000;
const ownsLocation = (locationId: string) => locationId === "ours";

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db?.close());

const itemAt = (locationId: string, lastSeenAtMs: number): ItemState => ({
  epc,
  gtin,
  locationId,
  zoneId: "floor",
  status: "present",
  state: "sellable",
  firstSeenAtMs: beginMs,
  lastSeenAtMs,
});
const event = (locationId: string, eventType: LedgerEvent["eventType"], atMs: number) => ({
  locationId,
  eventId: `${eventType}:${locationId}:${atMs}`,
  eventType,
  source: "",
  body: "",
  occurredAtMs: atMs,
});
const line = (locationId: string, sequence: number, quantity: number, reason: "found" | "transferred_out") =>
  ({
    locationId,
    sequence,
    gtin,
    state: "sellable",
    quantity,
    reason,
    epc,
    reservationId: "",
    orderId: "",
  }) as const;

test("what left our book because another ingest has it is where that one says, and comes back when it is read here", async () => {
  const leftAtMs = beginMs + 5 * minute;
  const events: LedgerEvent[] = [
    {
      ...event("ours", "item_seen", beginMs),
      movements: [line("ours", 1, 1, "found")],
      items: [itemAt("ours", beginMs)],
    },
    {
      ...event("theirs", "item_transferred", leftAtMs),
      movements: [line("theirs", 1, 1, "found")],
      items: [itemAt("theirs", leftAtMs)],
    },
    {
      ...event("ours", "transfer_seen", leftAtMs),
      movements: [line("ours", 2, -1, "transferred_out")],
      items: [],
    },
  ];
  await db.insert({
    name: "test/events",
    table: "events",
    columns: EVENT_COLUMNS,
    rows: events.map((each, index) =>
      eventRow({ event: each, ordinal: index + 1, bodyHash: 0n }, leftAtMs + index),
    ),
  });
  const book = createStockBook({ isKnownProduct: () => true, resolveEpc: () => null, ownsLocation });
  await loadBook({
    db,
    book,
    ownsLocation,
    followedUntilMs: leftAtMs + minute,
    knownEvents: new KnownEvents(100),
    logger: pino({ level: "silent" }),
    nowMs: () => leftAtMs + minute,
    knownEventsMs: 60 * minute,
    maxKnownEvents: 100,
  });
  expect(book.item(epc)).toMatchObject({ locationId: "theirs", status: "present" });
  expect(book.position("ours", gtin)?.sellable ?? 0).toBe(0);
  for (const afterMs of [0, 3_000]) {
    const read = {
      identity: epc,
      gtin,
      locationId: "ours",
      zoneId: "floor",
      zoneKind: "sales_floor",
      near: null,
    } as const;
    book.applyRead({ ...read, observedAtMs: leftAtMs + 5 * minute + afterMs, rssiDbm: -60 });
  }
  expect(book.position("ours", gtin)?.sellable).toBe(1);
});
