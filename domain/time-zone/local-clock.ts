const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Offsets change at whole quarters of an hour, so one look-up serves all times of a quarter. */
const QUARTER_MS = 900_000;
const MAX_CACHED = 100_000;

export type LocalClock = ReturnType<typeof createLocalClock>;

/** True for a name such as `Europe/Berlin` that this runtime's time zone data knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/**
 * A wall clock in an IANA time zone. A day is counted in whole days since 1970-01-01 of the wall clock (day 0 is a
 * Thursday); a day has 23 or 25 hours where the clocks change. Throws on a time zone that `isTimeZone` does not know.
 */
export function createLocalClock(timeZone: string) {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsets = new Map<number, number>();
  /** Of days (UTC) that begin and end with the same offset, which then held all day: no clock is changed twice in a day. */
  const offsetsOfDays = new Map<number, number | null>();

  function offsetMsAt(unixMs: number): number {
    const day = Math.floor(unixMs / DAY_MS);
    let ofDay = offsetsOfDays.get(day);
    if (ofDay === undefined) {
      const first = offsetOfQuarter(day * (DAY_MS / QUARTER_MS));
      ofDay = first === offsetOfQuarter((day + 1) * (DAY_MS / QUARTER_MS)) ? first : null;
      if (offsetsOfDays.size >= MAX_CACHED) offsetsOfDays.clear();
      offsetsOfDays.set(day, ofDay);
    }
    return ofDay ?? offsetOfQuarter(Math.floor(unixMs / QUARTER_MS));
  }

  function offsetOfQuarter(quarter: number): number {
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(quarter * QUARTER_MS)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter * QUARTER_MS;
    if (offsets.size >= MAX_CACHED) offsets.clear();
    offsets.set(quarter, offset);
    return offset;
  }

  /** What the wall clock shows at an instant: the day, and the minute of it, 0 to 1439. */
  function read(unixMs: number): { day: number; minute: number } {
    const localMs = unixMs + offsetMsAt(unixMs);
    const day = Math.floor(localMs / DAY_MS);
    return { day, minute: Math.floor((localMs - day * DAY_MS) / MINUTE_MS) };
  }

  /**
   * The instant, Unix ms, at which the wall clock shows `localMs`, milliseconds since 1970-01-01 of the wall clock. A time that
   * comes twice (clocks going back) is the first, one that is skipped (clocks going forward) is as much later as is skipped.
   */
  function instantOf(localMs: number): number {
    const before = offsetMsAt(localMs - DAY_MS);
    const after = offsetMsAt(localMs + DAY_MS);
    const [early, late] = before > after ? [before, after] : [after, before];
    if (offsetMsAt(localMs - early) === early) return localMs - early;
    return offsetMsAt(localMs - late) === late ? localMs - late : localMs - before;
  }

  /** The instant of a minute of a day; minutes from 1440 on are of the days after. */
  const toUnixMs = (day: number, minute: number): number => instantOf(day * DAY_MS + minute * MINUTE_MS);

  return { timeZone, read, instantOf, toUnixMs };
}

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** `2026-03-29` as a day; NaN when it is none. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** A day as `2026-03-29`. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
