import type { Location } from "../location.ts";
import { createLocalClock, isTimeZone } from "../time-zone/local-clock.ts";
import { createOpeningCalendar, type OpeningCalendar } from "./opening-calendar.ts";
import { parseOpeningHours } from "./parse-opening-hours.ts";

const MINUTE_MS = 60_000;

/** When a location is open; null where nobody can say: its hours are empty or not understood, or its time zone is unknown. */
export function calendarOf(
  location: Pick<Location, "openingHours" | "timeZone" | "publicHolidays">,
): OpeningCalendar | null {
  if (location.openingHours.trim() === "" || !isTimeZone(location.timeZone)) return null;
  const hours = parseOpeningHours(location.openingHours);
  if (!hours.ok) return null;
  const clock = createLocalClock(location.timeZone);
  return createOpeningCalendar({ hours: hours.value, clock, holidays: location.publicHolidays });
}

/**
 * When an order that is placed at `orderedAtMs` is ready for pickup, Unix ms. Work starts at once where the location is open
 * and closes no sooner than `lastOrderMinutes` from then, else when it opens next; `leadMinutes` are of opening hours.
 * Null: not within a year.
 */
export function pickupReadyAt(
  calendar: OpeningCalendar,
  pickup: { leadMinutes: number; lastOrderMinutes: number },
  orderedAtMs: number,
): number | null {
  let startMs = calendar.nextOpening(orderedAtMs);
  if (startMs === null) return null;
  const closesMs = calendar.closesAt(startMs);
  const isTooLate =
    startMs === orderedAtMs && closesMs !== null && closesMs - startMs < pickup.lastOrderMinutes * MINUTE_MS;
  if (isTooLate) startMs = calendar.nextOpening(closesMs);
  return startMs === null ? null : calendar.addOpenMinutes(startMs, pickup.leadMinutes);
}
