import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DayQuestion, daySoFar } from "../../domain/kpis/day-so-far.ts";
import type { FulfilmentFact } from "../../domain/kpis/pickup-facts.ts";
import type { SaleLine } from "../../domain/kpis/sale-line.ts";
import { createLocalClock, dayOfDate } from "../../domain/time-zone/local-clock.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { printedSeed } from "../support/random-draws.ts";
import { differences } from "../support/report-differences.ts";
import { createReportCaller } from "../support/run-report.ts";

const HISTORIES = process.env["ONHAND_LONG"] === "1" ? 60 : 5;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const PLACES = ["a", "b"] as const;
/** The clocks change on the day itself, on the day a week before, or on neither. */
const DAYS = {
  "Europe/Berlin": ["2026-03-29", "2026-04-05", "2026-10-25", "2026-11-01", "2026-06-10"],
  "America/New_York": ["2026-03-08", "2026-03-15", "2026-11-01", "2026-11-08", "2026-06-10"],
  UTC: ["2026-06-10", "2026-03-01"],
} as const;

const today = fc.oneof(
  ...Object.entries(DAYS).map(([zone, days]) =>
    fc.record({ zone: fc.constant(zone), day: fc.constantFrom<string>(...days) }),
  ),
);
/** Minutes before or after it is asked: around now, a week ago, midnight and between. */
const ago = fc
  .tuple(
    fc.constantFrom(0, 0, 7 * DAY_MINUTES, 7 * DAY_MINUTES, 3 * DAY_MINUTES),
    fc.integer({ min: -30, max: 26 * 60 }),
  )
  .map(([begin, minutes]) => begin + minutes);
const later = fc.option(fc.nat(9 * DAY_MINUTES), { freq: 3 });
const place = fc.constantFrom(...PLACES);
const drawnArbitrary = fc.record({
  today,
  minute: fc.integer({ min: 1, max: 23 * 60 + 50 }),
  lines: fc.array(
    fc.record({
      order: fc.nat(9),
      ago,
      type: fc.constantFrom<SaleLine["lineType"]>("sale", "sale", "sale", "return"),
      channel: fc.constantFrom("store", "web"),
      place,
      units: fc.integer({ min: 1, max: 3 }),
      price: fc.constantFrom(0, 1, 5, 12),
    }),
    { minLength: 20, maxLength: 40, size: "max" },
  ),
  parts: fc.array(
    fc.record({
      ago,
      place,
      method: fc.constantFrom("pickup", "curbside", "ship_from_store"),
      ready: later,
      collected: later,
      noShow: later,
      cancelled: later,
    }),
    { minLength: 15, maxLength: 30, size: "max" },
  ),
  isOnePlace: fc.constantFrom(true, false, false),
});
type Drawn = typeof drawnArbitrary extends fc.Arbitrary<infer Value> ? Value : never;
type History = { lines: SaleLine[]; fulfilments: FulfilmentFact[]; question: Omit<DayQuestion, "by"> };

let db: Database;
let run: ReturnType<typeof createReportCaller>;
const histories: History[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  run = createReportCaller(db);
  const seed = printedSeed(`${HISTORIES} days`);
  for (const [index, drawn] of fc.sample(drawnArbitrary, { numRuns: HISTORIES, seed }).entries()) {
    const history = historyOf(drawn, index);
    histories.push(history);
    await store(history, index);
  }
});
afterAll(() => db?.close());

/** `index` sets it apart from the others: its locations are its own. */
function historyOf(drawn: Drawn, index: number): History {
  const timeZone = drawn.today.zone;
  const beginMs = createLocalClock(timeZone).toUnixMs(dayOfDate(drawn.today.day), 0);
  const asOfMs = beginMs + drawn.minute * MINUTE_MS;
  const at = (minutesAgo: number) => asOfMs - minutesAgo * MINUTE_MS;
  const currency = `Y${String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26))}`;
  const lines = drawn.lines.map((line): SaleLine => {
    const quantity = line.type === "sale" ? line.units : -line.units;
    const priceMicros = BigInt(line.price) * 1_000_000n;
    return {
      orderId: `d${index}-o${line.order}`,
      lineType: line.type,
      personId: null,
      channel: line.channel,
      method: "carry_out",
      locationId: `d${index}-${line.place}`,
      category: "",
      isMerchandise: true,
      quantity,
      priceMicros,
      netMicros: BigInt(quantity) * priceMicros,
      costMicros: null,
      currency,
      atMs: at(line.ago),
    };
  });
  const fulfilments = drawn.parts.map((part, partIndex): FulfilmentFact => {
    const placedAtMs = at(part.ago);
    const after = (minutes: number | null) => (minutes === null ? null : placedAtMs + minutes * MINUTE_MS);
    return {
      orderId: `d${index}-p${partIndex}`,
      fulfilmentId: "1",
      channel: "web",
      personId: null,
      locationId: `d${index}-${part.place}`,
      method: part.method,
      status: "ready",
      placedAtMs,
      promisedReadyAtMs: null,
      acceptedAtMs: null,
      pickingAtMs: null,
      readyAtMs: after(part.ready),
      arrivedAtMs: null,
      collectedAtMs: after(part.collected),
      cancelledAtMs: after(part.cancelled),
      noShowAtMs: after(part.noShow),
    };
  });
  const locations = PLACES.slice(0, drawn.isOnePlace ? 1 : 2).map((one) => `d${index}-${one}`);
  return { lines, fulfilments, question: { asOfMs, timeZone, currency, locations } };
}

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

async function store({ lines, fulfilments }: History, index: number): Promise<void> {
  await db.insert({
    name: "test/lines",
    table: "order_lines",
    // biome-ignore format: one line
    columns: ["source", "order_id", "line_no", "line_type", "channel", "method", "location_id", "gtin", "quantity", "unit_price", "currency", "ordered_at", "version"],
    rows: lines.map((line, at) => [
      `d${index}`,
      line.orderId,
      at + 1,
      line.lineType,
      line.channel,
      line.method,
      line.locationId,
      17,
      line.quantity,
      Number(line.priceMicros) / 1e6,
      line.currency,
      instant(line.atMs),
      1,
    ]),
  });
  await db.insert({
    name: "test/fulfilments",
    table: "history_fulfilments",
    // biome-ignore format: one line
    columns: ["order_id", "fulfilment_id", "channel", "location_id", "method", "status", "placed_at", "ready_at", "collected_at", "cancelled_at", "no_show_at"],
    rows: fulfilments.map((part) => [
      part.orderId,
      part.fulfilmentId,
      part.channel,
      part.locationId,
      part.method,
      part.status,
      instant(part.placedAtMs),
      instant(part.readyAtMs),
      instant(part.collectedAtMs),
      instant(part.cancelledAtMs),
      instant(part.noShowAtMs),
    ]),
  });
}

test.each(["all", "hour"] as const)(
  "today beside its weekday a week ago in SQL equals the fold, by %s, also where the clocks change",
  async (by) => {
    const wrong: string[] = [];
    for (const { question, ...facts } of histories) {
      const { asOfMs, timeZone, currency, locations } = question;
      const asked = { timeZone, currency, location: [...locations], by };
      const rows = await run("day-so-far", asked, asOfMs);
      const expected = daySoFar(facts, { ...question, by });
      const of = { ...asked, at: instant(asOfMs) };
      if (rows.length !== expected.length) wrong.push(`${rows.length} rows, not ${expected.length}`);
      for (const [at, figures] of expected.entries()) wrong.push(...differences(rows[at], figures, of));
    }
    expect(wrong).toEqual([]);
  },
);
