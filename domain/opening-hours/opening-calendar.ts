import { dayOfDate, type LocalClock } from "../time-zone/local-clock.ts";
import type { OpeningHours } from "./opening-hours.ts";
import { spansOfDay } from "./spans-of-day.ts";

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 86_400_000;
/** What does not open within a year does not open. */
const HORIZON_DAYS = 370;
const MAX_CACHED_DAYS = 1_000;

/** From when to when, Unix ms; the end is no more within. */
type OpenInterval = { fromMs: number; toMs: number };

export type OpeningCalendar = ReturnType<typeof createOpeningCalendar>;

/**
 * Opening hours as instants, by the location's own clock, over changes of the clocks too. `holidays` are the dates
 * (`2026-12-25`) on which rules with `PH` hold. All instants are Unix ms.
 */
export function createOpeningCalendar(deps: {
  hours: OpeningHours;
  clock: LocalClock;
  holidays: readonly string[];
}) {
  const { clock } = deps;
  const holidays = new Set(deps.holidays.map(dayOfDate));
  const cache = new Map<number, readonly OpenInterval[]>();

  function intervalsOfDay(day: number): readonly OpenInterval[] {
    const known = cache.get(day);
    if (known !== undefined) return known;
    const intervals = spansOfDay(deps.hours, day, holidays.has(day))
      .map(({ from, to }) => ({ fromMs: clock.toUnixMs(day, from), toMs: clock.toUnixMs(day, to) }))
      .filter(({ fromMs, toMs }) => toMs > fromMs);
    if (cache.size >= MAX_CACHED_DAYS) cache.clear();
    cache.set(day, intervals);
    return intervals;
  }

  /** All that end after an instant, cut so that none begins before it and none overlaps the one before; they may touch. */
  function* intervalsFrom(atMs: number): Generator<OpenInterval> {
    const { day } = clock.read(atMs);
    let reachedMs = atMs;
    for (let next = day - 1; next <= day + HORIZON_DAYS; next += 1) {
      for (const { fromMs, toMs } of intervalsOfDay(next)) {
        if (toMs <= reachedMs) continue;
        yield { fromMs: Math.max(fromMs, reachedMs), toMs };
        reachedMs = toMs;
      }
    }
  }

  /** The instant itself where it is open then, else when it opens next; null: not within a year. */
  function nextOpening(atMs: number): number | null {
    for (const { fromMs } of intervalsFrom(atMs)) return fromMs;
    return null;
  }

  return {
    clock,
    /** When it is open on a day of its own clock: the spans that start on it. */
    spansOn: (day: number): readonly OpenInterval[] => intervalsOfDay(day),
    isOpen: (atMs: number): boolean => nextOpening(atMs) === atMs,
    nextOpening,
    /** When it closes; null where it is closed at this instant, or stays open for more than a week. */
    closesAt(atMs: number): number | null {
      let endMs = atMs;
      for (const { fromMs, toMs } of intervalsFrom(atMs)) {
        if (fromMs > endMs) break;
        endMs = toMs;
        if (endMs - atMs > WEEK_MS) return null;
      }
      return endMs === atMs ? null : endMs;
    },
    /** The instant at which so many minutes of opening hours have passed; null: not within a year. */
    addOpenMinutes(fromMs: number, minutes: number): number | null {
      let leftMs = minutes * MINUTE_MS;
      for (const open of intervalsFrom(fromMs)) {
        const lengthMs = open.toMs - open.fromMs;
        if (lengthMs >= leftMs) return open.fromMs + leftMs;
        leftMs -= lengthMs;
      }
      return null;
    },
    /** Minutes of opening hours between two instants, at most a year apart. */
    openMinutesBetween(fromMs: number, toMs: number): number {
      let sumMs = 0;
      for (const open of intervalsFrom(fromMs)) {
        if (open.fromMs >= toMs) break;
        sumMs += Math.min(open.toMs, toMs) - open.fromMs;
      }
      return sumMs / MINUTE_MS;
    },
  };
}
