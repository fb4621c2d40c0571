import { createLocalClock, dateOfDay, dayOfDate } from "../time-zone/local-clock.ts";

/** What a day of a window may be written as, beside 2026-03-31. */
export const DAY_WORDS =
  "`beginning`, `today`, `tomorrow`, `30daysAgo`, `12monthsAgo` (the first of that month)";

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A day, counted from 1970-01-01, of a date or of words; words are of the wall clock now. Null = `beginning`: no bound.
 * Undefined for what is no day.
 */
export function resolveDay(text: string, nowMs: number, timeZone: string): number | null | undefined {
  if (text === "beginning") return null;
  if (DATE.test(text)) {
    const day = dayOfDate(text);
    return Number.isInteger(day) && dateOfDay(day) === text ? day : undefined;
  }
  const { day } = createLocalClock(timeZone).read(nowMs);
  if (text === "today") return day;
  if (text === "tomorrow") return day + 1;
  const [, count = "", unit] = /^(\d{1,5})(days|months)Ago$/.exec(text) ?? [];
  if (unit === "days") return day - Number(count);
  return unit === "months" ? firstOfMonth(day, -Number(count)) : undefined;
}

/** The first day of the month that is `months` after the one of `day`. */
export function firstOfMonth(day: number, months: number): number {
  const date = new Date(`${dateOfDay(day)}T00:00:00Z`);
  return dayOfDate(
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)).toISOString().slice(0, 10),
  );
}
