import { refuse, type Result } from "../result.ts";
import { createLocalClock, dateOfDay } from "../time-zone/local-clock.ts";
import type { Comparison, ReportWindow } from "./report.ts";
import { firstOfMonth } from "./resolve-day.ts";

/** Days from 1970-01-01; `fromDay` null = without a begin. */
export type DayRange = { fromDay: number | null; toDay: number };

/** ClickHouse's DateTime64 and our own reading of time begin here. */
const BEGINNING_MS = 0;

/** A window of whole days of a wall clock, with the instants at which they begin. */
export function windowOf({ fromDay, toDay }: DayRange, timeZone: string): ReportWindow {
  const clock = createLocalClock(timeZone);
  const instant = (day: number | null): string =>
    new Date(day === null ? BEGINNING_MS : clock.toUnixMs(day, 0)).toISOString();
  return {
    from: fromDay === null ? null : dateOfDay(fromDay),
    to: dateOfDay(toDay),
    timeZone,
    fromInstant: instant(fromDay),
    toInstant: instant(toDay),
  };
}

/**
 * The window to compare with. `previous`: as long and just before; whole months are compared with as many months, for they differ
 * in length. `year_ago`: the same dates a year before (February 29th: the 28th). Refused without a begin.
 */
export function comparedRange(
  { fromDay, toDay }: DayRange,
  comparison: Comparison,
): Result<DayRange & { fromDay: number }> {
  if (fromDay === null) {
    return refuse(
      "report_comparison_unbounded",
      "a window without a begin has nothing before it: give `from`",
    );
  }
  switch (comparison) {
    case "year_ago":
      return { ok: true, value: { fromDay: yearBefore(fromDay), toDay: yearBefore(toDay) } };
    case "previous": {
      const months = wholeMonths(fromDay, toDay);
      const before = months === null ? fromDay - (toDay - fromDay) : firstOfMonth(fromDay, -months);
      return { ok: true, value: { fromDay: before, toDay: fromDay } };
    }
    default:
      return comparison satisfies never;
  }
}

function wholeMonths(fromDay: number, toDay: number): number | null {
  const [from, to] = [dateOfDay(fromDay), dateOfDay(toDay)];
  if (!from.endsWith("-01") || !to.endsWith("-01")) return null;
  const monthOf = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return monthOf(to) - monthOf(from);
}

function yearBefore(day: number): number {
  const date = dateOfDay(day);
  const first = `${String(Number(date.slice(0, 4)) - 1).padStart(4, "0")}${date.slice(4, 8)}01`;
  const firstDay = Date.parse(`${first}T00:00:00Z`) / 86_400_000;
  const lastDay = firstOfMonth(firstDay, 1) - 1;
  return Math.min(firstDay + Number(date.slice(8)) - 1, lastDay);
}
