import type { OpeningCalendar } from "../opening-hours/opening-calendar.ts";
import { pickupReadyAt } from "../opening-hours/pickup-ready.ts";
import { createLocalClock } from "../time-zone/local-clock.ts";
import { PICKUP_SLAS, type PickupSla } from "./local-inventory.ts";

const HOUR_MS = 3_600_000;
/** A feed is believed until the next one, which is a day later at the latest. */
const BELIEVED_HOURS = 24;

/**
 * The pickup promise of a store that holds for every order of the next 24 hours: the worst of those that are placed at each full
 * hour from now, in days of the store's own calendar. Null where it cannot be said: no opening hours are known, or it does not open.
 */
export function pickupSlaOf(
  calendar: OpeningCalendar,
  place: { timeZone: string; pickup: { leadMinutes: number; lastOrderMinutes: number } },
  nowMs: number,
): PickupSla | null {
  const clock = createLocalClock(place.timeZone);
  let worst = 0;
  for (let hour = 0; hour <= BELIEVED_HOURS; hour += 1) {
    const orderedMs = nowMs + hour * HOUR_MS;
    const readyMs = pickupReadyAt(calendar, place.pickup, orderedMs);
    if (readyMs === null) return null;
    worst = Math.max(worst, clock.read(readyMs).day - clock.read(orderedMs).day);
  }
  return PICKUP_SLAS[Math.min(worst, PICKUP_SLAS.length - 1)] ?? null;
}
