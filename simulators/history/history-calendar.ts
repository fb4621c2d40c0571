import type { Location } from "../../domain/location.ts";
import { calendarOf, pickupReadyAt } from "../../domain/opening-hours/pickup-ready.ts";
import { weekdayOf } from "../../domain/time-zone/local-clock.ts";
import type { Random } from "../random.ts";
import { createWeightedDraw, firstAbove } from "./distributions.ts";
import { ONLINE_HOURS, STORE_HOURS, WEEKDAYS } from "./habits.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export type HistoryCalendar = ReturnType<typeof createHistoryCalendar>;

/**
 * The days of the past, `days` of them before `endMs` (a midnight, UTC), with how busy each was and when stores were open.
 * Busy days are long days: who comes "once a month" comes more often in December.
 */
export function createHistoryCalendar(deps: { endMs: number; days: number; locations: readonly Location[] }) {
  const { endMs, days } = deps;
  const firstDay = Math.floor(endMs / DAY_MS) - days;
  const startMs = firstDay * DAY_MS;
  const passed = new Float64Array(days);
  let sum = 0;
  for (let index = 0; index < days; index += 1) {
    sum += busyness(firstDay + index);
    passed[index] = sum;
  }
  const perDay = sum / days;
  const calendars = deps.locations.map((location) => {
    const calendar = calendarOf(location);
    if (calendar === null) throw new Error(`${location.locationId} has no opening hours`);
    return { calendar, pickup: location.pickup };
  });
  const storeHour = createWeightedDraw(STORE_HOURS);
  const onlineHour = createWeightedDraw(ONLINE_HOURS);
  const at = (location: number) => {
    const found = calendars[location];
    if (found === undefined) throw new Error(`there is no location ${location}`);
    return found;
  };

  return {
    startMs,
    endMs,
    firstDay,
    days,
    /** So many ordinary days after the start, as days since 1970; null: beyond the end. */
    dayAfter(ordinaryDays: number): number | null {
      const reached = ordinaryDays * perDay;
      return reached >= sum ? null : firstDay + firstAbove(passed, reached);
    },
    /** The inverse: how many ordinary days lie before this day. */
    ordinaryDaysBefore: (day: number): number => (passed[day - firstDay - 1] ?? 0) / perDay,
    ordinaryDays: days,
    /** When somebody is at a store's till on this day; null where it is closed all day. */
    atTheTill(random: Random, location: number, day: number): number | null {
      const [open] = at(location).calendar.spansOn(day);
      if (open === undefined) return null;
      const local = at(location).calendar.clock.toUnixMs(day, storeHour(random) * 60 + random.int(60));
      const ms = local + random.int(60_000);
      return ms >= open.fromMs && ms < open.toMs
        ? ms
        : Math.floor(random.between(open.fromMs, open.toMs - 1));
    },
    online(random: Random, location: number, day: number): number {
      const minute = onlineHour(random) * 60 + random.int(60);
      return at(location).calendar.clock.toUnixMs(day, minute) + random.int(60_000);
    },
    /** The store's promise to an order of this instant. */
    promisedReady: (location: number, ms: number): number =>
      Math.round(pickupReadyAt(at(location).calendar, at(location).pickup, ms) ?? ms + DAY_MS),
    /** So many minutes of opening hours later. */
    afterOpenMinutes: (location: number, ms: number, minutes: number): number =>
      Math.round(at(location).calendar.addOpenMinutes(ms, minutes) ?? ms + minutes * MINUTE_MS),
    openMinutesBetween: (location: number, fromMs: number, toMs: number): number =>
      at(location).calendar.openMinutesBetween(fromMs, toMs),
    isOpen: (location: number, ms: number): boolean => at(location).calendar.isOpen(ms),
    localDay: (location: number, ms: number): number => at(location).calendar.clock.read(ms).day,
  };
}

/** 1 on an ordinary day: the weeks before Christmas are busy, February is quiet, and so on; days since 1970. */
function busyness(day: number): number {
  const date = new Date(day * DAY_MS);
  const dayOfYear = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS;
  const hill = (centre: number, width: number) => Math.exp(-(((dayOfYear - centre) / width) ** 2) / 2);
  const season = 1 + 0.6 * hill(345, 14) + 0.3 * hill(332, 3) + 0.18 * hill(180, 20) - 0.2 * hill(40, 25);
  return season * (WEEKDAYS[weekdayOf(day)] ?? 1);
}
