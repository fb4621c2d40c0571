import { weekdayOf } from "../time-zone/local-clock.ts";
import type { CalendarDate, OpeningHours, OpeningRule, OpenSpan } from "./opening-hours.ts";
import { isInRange } from "./read-dates.ts";

const DAY_MS = 86_400_000;

/** When it is open on a day (days since 1970-01-01 by its own clock): spans that start on this day, in order. */
export function spansOfDay(hours: OpeningHours, day: number, isHoliday: boolean): OpenSpan[] {
  let spans: OpenSpan[] = [];
  const date = calendarDateOf(day);
  const weekday = weekdayOf(day);
  for (const rule of hours.rules) {
    if (!fits(rule, date, weekday, isHoliday)) continue;
    spans = rule.isAdditional && rule.spans.length > 0 ? [...spans, ...rule.spans] : [...rule.spans];
  }
  return spans.sort((a, b) => a.from - b.from);
}

function fits(rule: OpeningRule, date: CalendarDate, weekday: number, isHoliday: boolean): boolean {
  if (rule.dates !== null && !rule.dates.some((range) => isInRange(range, date))) return false;
  if (rule.weekdays === null && !rule.onHolidays) return true;
  return rule.weekdays?.has(weekday) === true || (rule.onHolidays && isHoliday);
}

function calendarDateOf(day: number): CalendarDate {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
