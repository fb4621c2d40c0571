import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { ReservationBook } from "../../domain/reservations/reservation-book.ts";
import { EVENT_COLUMNS, eventRow } from "../../ingest/pipeline/event-rows.ts";
import type { Database } from "../../sql/database.ts";
import { printedSeed } from "../support/random-draws.ts";
import { openTestDatabase } from "../support/start-test-server.ts";
import { runInStep } from "./in-step.ts";
import { type RealReservations, RULES } from "./real-reservations.ts";
import { GTINS, historyArbitrary, LOCATIONS, START_MS } from "./steps.ts";
import { type Movement, takenBy, toEvent } from "./stored.ts";

const HISTORIES = process.env["ONHAND_LONG"] === "1" ? 1_000 : 150;
/** Of one history; more than any has. */
const ORDINALS_EACH = 10_000;
const HOUR_MS = 3_600_000;

/** Histories lie beside one another in the same tables, each with locations of its own. */
const placeOf = (history: number, locationId: string): string => `h${history}-${locationId}`;

let db: Database;
const histories: RealReservations[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  const seed = printedSeed(`${HISTORIES} histories in SQL`);
  for (const [index, steps] of fc.sample(historyArbitrary, { numRuns: HISTORIES, seed }).entries()) {
    histories.push(await runInStep(steps, RULES, `h${index}-`));
  }
  await insertReservations();
  await insertMovements();
});
afterAll(() => db.close());

async function insertReservations(): Promise<void> {
  const columns = Object.keys(histories.find(({ log }) => log.rows.length > 0)?.log.rows[0] ?? {});
  const rows = histories.flatMap(({ log }, index) =>
    log.rows.map((row) => {
      const cells: Record<string, string> = { ...row };
      cells["ordinal"] = String(Number(cells["ordinal"]) + index * ORDINALS_EACH);
      for (const column of ["reservation", "details"]) {
        cells[column] = cells[column]!.replaceAll(/north|south/g, (name) => placeOf(index, name));
      }
      cells["recorded_at"] = cells["decided_at"]!;
      return columns.map((column) => cells[column]!);
    }),
  );
  await db.insert({ name: "test/reservations", table: "reservation_log", columns, rows });
}

async function insertMovements(): Promise<void> {
  const rows = histories.flatMap(({ ledger }, index) =>
    ledger.map((movement, place) => {
      const { locationId, sequence, gtin, state, quantity, reservationId, atMs } = movement;
      const at = placeOf(index, locationId);
      const reason = quantity > 0 ? ("received" as const) : ("sold" as const);
      const line = {
        locationId: at,
        sequence,
        gtin,
        state,
        quantity,
        reason,
        epc: "",
        reservationId,
        orderId: "",
      };
      const event = {
        locationId: at,
        eventId: `h${index}-${place}`,
        eventType: quantity > 0 ? ("receipt" as const) : ("sale" as const),
        source: "test",
        body: "",
        occurredAtMs: atMs,
        movements: [line],
        items: [],
      };
      const ordinal = index * ORDINALS_EACH + place + 1;
      return eventRow({ event, ordinal, bodyHash: BigInt(ordinal) }, atMs);
    }),
  );
  await db.insert({ name: "test/events", table: "events", columns: EVENT_COLUMNS, rows });
}

/** The units that reservations hold at an instant, by the domain's own fold of what had happened by then. */
function foldAt({ log, ledger }: RealReservations, atMs: number): ReservationBook {
  const moved: Movement[] = ledger.filter((one) => one.atMs <= atMs);
  const sellable = (locationId: string, gtin: number): number =>
    moved
      .filter((one) => one.locationId === locationId && one.gtin === gtin)
      .reduce((units, one) => units + one.quantity, 0);
  const book = new ReservationBook(sellable);
  for (const row of log.rows) {
    const event = toEvent(row);
    if (event !== null && event.atMs <= atMs) book.apply(event);
  }
  for (const movement of moved) {
    const units = takenBy(movement);
    if (units !== null) book.take(units);
  }
  book.advance(atMs);
  return book;
}

/** Instants at which something happens or ends, the one before and the one after, and some between. */
function instants(): number[] {
  const ends = histories.flatMap(({ log }) =>
    log.rows.flatMap((row) => [Number(row.decided_at) * 1000, Number(row.counts_until) * 1000]),
  );
  const chosen = [...new Set(ends.map(Math.round))].filter((ms) => ms >= START_MS);
  const some = chosen.filter((_, index) => index % Math.ceil(chosen.length / 12) === 0);
  return [...some.flatMap((ms) => [ms - 1, ms, ms + 1]), START_MS + 30 * 24 * HOUR_MS];
}

test("reserved units in SQL equal the fold, at every instant, to the millisecond", async () => {
  let compared = 0;
  for (const atMs of instants()) {
    const rows = await db.query({
      name: "test/reserved",
      sql: "SELECT location_id, gtin, reserved FROM reserved_units_at(at = {at:DateTime64(3, 'UTC')})",
      params: { at: new Date(atMs).toISOString().slice(0, -1).replace("T", " ") },
      row: z.object({ location_id: z.string(), gtin: z.number(), reserved: z.number() }),
    });
    const inSql = new Map(rows.map((row) => [`${row.location_id} ${row.gtin}`, row.reserved]));
    const folded = new Map<string, number>();
    for (const [index, history] of histories.entries()) {
      const book = foldAt(history, atMs);
      for (const locationId of LOCATIONS) {
        for (const gtin of GTINS) {
          const units = book.unitsAt(locationId, gtin, atMs);
          if (units > 0) folded.set(`${placeOf(index, locationId)} ${gtin}`, units);
        }
      }
    }
    const sorted = (units: Map<string, number>) =>
      [...units].sort(([one], [other]) => (one < other ? -1 : 1));
    expect(sorted(inSql), `at ${new Date(atMs).toISOString()}`).toEqual(sorted(folded));
    compared += folded.size;
  }
  expect(compared).toBeGreaterThan(HISTORIES);
});

test("positions in SQL equal the sum of movements that the server keeps in memory", async () => {
  const rows = await db.query({
    name: "test/positions",
    sql: "SELECT location_id, gtin, sum(quantity) AS units FROM movements GROUP BY location_id, gtin HAVING units != 0",
    row: z.object({ location_id: z.string(), gtin: z.number(), units: z.number() }),
  });
  const inSql = new Map(rows.map((row) => [`${row.location_id} ${row.gtin}`, row.units]));
  let positions = 0;
  for (const [index, history] of histories.entries()) {
    for (const locationId of LOCATIONS) {
      for (const gtin of GTINS) {
        const units = history.sellable(locationId, gtin);
        expect(inSql.get(`${placeOf(index, locationId)} ${gtin}`) ?? 0).toBe(units);
        if (units !== 0) positions += 1;
      }
    }
  }
  expect(positions).toBe(inSql.size);
});
