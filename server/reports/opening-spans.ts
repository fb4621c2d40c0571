import { setImmediate as letOthers } from "node:timers/promises";
import { z } from "zod";
import type { OpeningCalendar } from "../../domain/opening-hours/opening-calendar.ts";
import { calendarOf } from "../../domain/opening-hours/pickup-ready.ts";
import type { Cell, Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const DAY_MS = 86_400_000;
/** Written ahead, so that not every day has to be written on its own. */
const AHEAD_DAYS = 14;
const MAX_BACK_DAYS = 1_830;
const CHECK_AGAIN_MS = 10_000;
const INSERT_ROWS = 50_000;

const stateSchema = z.object({
  location_id: z.string(),
  opening_hours: z.string(),
  time_zone: z.string(),
  public_holidays: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  hours_key: z.string(),
  first_ms: z.number().nullable(),
  last_ms: z.number().nullable(),
  needed_ms: z.number().nullable(),
});
type OpeningState = z.infer<typeof stateSchema>;

/**
 * Keeps `opening_spans`, the opening hours of all locations as instants, which SQL cannot read from their text. Whoever is about to
 * measure with them asks for them: what is missing is written, from the first order (at most five years ago) to two weeks ahead. Hours that nobody
 * understands have none. Writing twice changes nothing, so servers need not agree who does.
 */
export function createOpeningSpans({ db, nowMs }: { db: Database; nowMs(): number }) {
  let checkedAtMs = Number.NEGATIVE_INFINITY;
  let busy: Promise<void> | null = null;

  async function write(): Promise<void> {
    const states = await db.query({
      name: "reports/opening-state",
      sql: loadQuery("reports/opening-state"),
      row: stateSchema,
    });
    let rows: Cell[][] = [];
    for (const state of states) {
      rows.push(...missingRows(state, nowMs()));
      if (rows.length >= INSERT_ROWS) {
        await insert(rows);
        rows = [];
      }
      await letOthers();
    }
    if (rows.length > 0) await insert(rows);
  }

  const insert = (rows: Cell[][]): Promise<void> =>
    db.insert({
      name: "reports/opening-spans",
      table: "opening_spans",
      columns: ["location_id", "hours_key", "opens_at", "closes_at"],
      rows,
    });

  return {
    /** Resolves when `opening_spans` has what there is to know, as of a few seconds ago. */
    async fresh(): Promise<void> {
      if (performance.now() - checkedAtMs < CHECK_AGAIN_MS) return;
      busy ??= write().finally(() => {
        busy = null;
      });
      await busy;
      checkedAtMs = performance.now();
    },
  };
}

function missingRows(state: OpeningState, nowMs: number): Cell[][] {
  const calendar = calendarOf({
    openingHours: state.opening_hours,
    timeZone: state.time_zone,
    publicHolidays: state.public_holidays,
  });
  if (calendar === null || state.needed_ms === null) return [];
  const dayOf = (ms: number): number => calendar.clock.read(ms).day;
  const today = dayOf(nowMs);
  const firstDay = Math.max(today - MAX_BACK_DAYS, dayOf(state.needed_ms - DAY_MS));
  const row = ({ fromMs, toMs }: { fromMs: number; toMs: number }): Cell[] => [
    state.location_id,
    state.hours_key,
    new Date(fromMs).toISOString(),
    new Date(toMs).toISOString(),
  ];
  if (state.first_ms === null || state.last_ms === null) {
    return spansOfDays(calendar, firstDay, today + AHEAD_DAYS).map(row);
  }
  const lastDay = dayOf(state.last_ms);
  return [
    ...spansOfDays(calendar, firstDay, dayOf(state.first_ms) - 1),
    ...(lastDay > today ? [] : spansOfDays(calendar, lastDay + 1, today + AHEAD_DAYS)),
  ].map(row);
}

/**
 * When it is open on these days of its clock, without overlaps; a day on which nothing begins has one that is empty, so that each
 * day is told of.
 */
export function spansOfDays(
  calendar: OpeningCalendar,
  firstDay: number,
  lastDay: number,
): { fromMs: number; toMs: number }[] {
  const spans: { fromMs: number; toMs: number }[] = [];
  // The night before may reach into the first day.
  let reachedMs = Math.max(0, ...calendar.spansOn(firstDay - 1).map(({ toMs }) => toMs));
  for (let day = firstDay; day <= lastDay; day += 1) {
    const own = calendar.spansOn(day).filter(({ toMs }) => toMs > reachedMs);
    if (own.length === 0) {
      const emptyMs = Math.max(reachedMs, calendar.clock.toUnixMs(day, 0));
      spans.push({ fromMs: emptyMs, toMs: emptyMs });
    }
    for (const { fromMs, toMs } of own) {
      spans.push({ fromMs: Math.max(fromMs, reachedMs), toMs });
      reachedMs = toMs;
    }
  }
  return spans;
}
