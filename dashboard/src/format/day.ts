import { dateFormat, displayLocale } from "./display-locale.ts";

/** What a row of a report covers. */
export type PeriodKind = "day" | "week" | "month" | "quarter" | "year";

/** A day of a wall clock, such as 2026-03-31, as people write it. The text as it is when it is no day. */
export function formatDay(day: string, look: "short" | "long" = "long", locale = displayLocale()): string {
  return write(
    day,
    look === "short"
      ? { day: "numeric", month: "short" }
      : { day: "numeric", month: "short", year: "numeric" },
    locale,
  );
}

/** A period by its first day: `31 Mar`, `Mar 2026`, `2026`; a week and a quarter by their first day. */
export function formatPeriod(firstDay: string, kind: PeriodKind, locale = displayLocale()): string {
  switch (kind) {
    case "day":
    case "week":
      return formatDay(firstDay, "short", locale);
    case "month":
    case "quarter":
      return write(firstDay, { month: "short", year: "numeric" }, locale);
    case "year":
      return write(firstDay, { year: "numeric" }, locale);
    default:
      return kind satisfies never;
  }
}

function write(day: string, options: Intl.DateTimeFormatOptions, locale: string | undefined): string {
  const atMs = Date.parse(/^\d{4}-\d{2}$/.test(day) ? `${day}-01T00:00:00Z` : `${day}T00:00:00Z`);
  return Number.isNaN(atMs) ? day : dateFormat({ ...options, timeZone: "UTC" }, locale).format(atMs);
}
