import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EventStatus, freshness } from "../../domain/kpis/i15-freshness.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { printedSeed } from "../support/random-draws.ts";
import { differences } from "../support/report-differences.ts";
import { createReportCaller } from "../support/run-report.ts";

const HOUR_MS = 3_600_000;
const LONG_AGO = "2026-01-01T00:00:00Z";
/** What was refused is kept 30 days. */
const BEGIN_MS = Date.now() - 20 * 24 * HOUR_MS;

/** One item of an event. */
const itemAt = (locationId: string) => [
  ["30"],
  [17],
  [locationId],
  [""],
  ["present"],
  ["sellable"],
  [LONG_AGO],
  [LONG_AGO],
];

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db?.close());

const drawnArbitrary = fc.record({
  delaysMs: fc.array(fc.nat(90_000), { maxLength: 30 }),
  refused: fc.array(fc.constantFrom<EventStatus>("duplicate", "late", "rejected"), { maxLength: 12 }),
  taken: fc.nat(12),
  reads: fc.array(fc.record({ reads: fc.nat(500), rejected: fc.nat(20) }), { minLength: 1, maxLength: 5 }),
});
type Drawn = typeof drawnArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

async function store({ delaysMs, refused, taken, reads }: Drawn, locationId: string): Promise<void> {
  const at = (index: number) => new Date(BEGIN_MS + index * HOUR_MS).toISOString();
  const eventOf = (type: string, source: string, index: number, delayMs: number, units: number[]) => [
    locationId,
    index + 1,
    `${locationId}-${source}-${index}`,
    type,
    source,
    new Date(BEGIN_MS + index * HOUR_MS - delayMs).toISOString(),
    at(index),
    units.map(() => locationId),
    units.map(() => index + 1),
    units.map(() => 17),
    units.map(() => "sellable"),
    units,
    units.map(() => "found"),
    ...Array.from({ length: 3 }, () => units.map(() => "")),
    ...(source.startsWith("rfid/") ? itemAt(locationId) : itemAt("").map(() => [])),
  ];
  await db.insert({
    name: "test/events",
    table: "events",
    // biome-ignore format: one line for each group of columns
    columns: [
      "location_id", "ordinal", "event_id", "event_type", "source", "occurred_at", "recorded_at",
      "movements.location_id", "movements.sequence", "movements.gtin", "movements.state", "movements.quantity",
      "movements.reason", "movements.epc", "movements.reservation_id", "movements.order_id",
      "items.epc", "items.gtin", "items.location_id", "items.zone_id", "items.status", "items.state",
      "items.first_seen_at", "items.last_seen_at",
    ],
    rows: [
      ...delaysMs.map((delayMs, index) =>
        eventOf(index % 2 === 0 ? "item_seen" : "item_moved", "rfid/r1", index, delayMs, []),
      ),
      // What silence says takes its time, and is no read.
      eventOf("item_missing", "rfid/r1", 900, 600_000, [-1]),
      ...Array.from({ length: taken }, (_, index) => eventOf("sale", "pos/t1", 200 + index, 5_000, [-1])),
    ],
  });
  await db.insert({
    name: "test/receipts",
    table: "receipts",
    columns: ["event_id", "status", "topic", "recorded_at"],
    rows: refused.map((status, index) => [
      `${locationId}-${index}`,
      status,
      `onhand/${locationId}/pos/t1`,
      at(index),
    ]),
  });
  await db.insert({
    name: "test/reader-activity",
    table: "reader_activity",
    columns: ["location_id", "reader_id", "minute", "reads", "rejected"],
    rows: reads.map((one, index) => [
      locationId,
      "r1",
      at(index).slice(0, 16).concat(":00Z"),
      one.reads,
      one.rejected,
    ]),
  });
}

test("I15: how soon reads count, and what came twice, late or wrong, in SQL equal the fold", async () => {
  const run = createReportCaller(db);
  const wrong: string[] = [];
  const seed = printedSeed("5 histories of reads");
  for (const [index, drawn] of fc.sample(drawnArbitrary, { numRuns: 5, seed }).entries()) {
    const locationId = `f${index}`;
    await store(drawn, locationId);
    const statuses = [...drawn.refused, ...Array.from({ length: drawn.taken }, () => "accepted" as const)];
    const [row] = await run("freshness", { location: locationId });
    const sum = (of: "reads" | "rejected") => drawn.reads.reduce((total, one) => total + one[of], 0);
    const figures = {
      group: "all",
      ...freshness(drawn.delaysMs, statuses),
      reads: sum("reads"),
      rejected_reads: sum("rejected"),
    };
    wrong.push(...differences(row, figures, `history ${index} of seed ${seed}`));
  }
  expect(wrong).toEqual([]);
});
