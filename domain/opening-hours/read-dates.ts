import type { CalendarDate, DateRange } from "./opening-hours.ts";
import type { TokenReader } from "./token-reader.ts";

const LAST_DAY = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `Dec 24`, `Dec 24-26`, `Mar-Oct`, `2026 Dec 24-2027 Jan 02`, and lists of them. Null where no date stands. */
export function readDates(tokens: TokenReader): DateRange[] | null {
  if (!startsDate(tokens)) return null;
  const ranges = [readRange(tokens, null)];
  while (tokens.peek() === "," && (startsDate(tokens, 1) || tokens.peek(1) === "number")) {
    tokens.take(",");
    ranges.push(readRange(tokens, ranges.at(-1)?.to ?? null));
  }
  return ranges;
}

function startsDate(tokens: TokenReader, ahead = 0): boolean {
  return ["year", "month"].includes(tokens.peek(ahead) ?? "");
}

/** A day alone (`Dec 24,31`) is of the month before it. */
function readRange(tokens: TokenReader, before: CalendarDate | null): DateRange {
  const year = tokens.peek() === "year" ? tokens.take("year") : (before?.year ?? null);
  const isDayAlone = tokens.peek() === "number" && before !== null;
  const month = isDayAlone ? before.month : tokens.take("month");
  const day = tokens.peek() === "number" ? tokens.take("number") : null;
  const from = dateOf(tokens, { year, month, day: day ?? 1 });
  if (tokens.peek() !== "-") {
    return { from, to: day === null ? { ...from, day: lastDayOf(month) } : from };
  }
  tokens.take("-");
  const toYear = tokens.peek() === "year" ? tokens.take("year") : null;
  const toMonth = toYear !== null || tokens.peek() === "month" ? tokens.take("month") : month;
  const isWholeMonth = day === null && tokens.peek() !== "number";
  const toDay = isWholeMonth ? lastDayOf(toMonth) : tokens.take("number");
  if (toYear !== null && year === null) tokens.fail("a range with a year at its end needs one at its start");
  const isNextYear = year !== null && toYear === null && toMonth * 100 + toDay < month * 100 + from.day;
  const endYear = toYear ?? (isNextYear ? year + 1 : year);
  const to = dateOf(tokens, { year: endYear, month: toMonth, day: toDay });
  if (year !== null && compareDates(from, to) > 0) tokens.fail("a range of dates ends before it starts");
  return { from, to };
}

function dateOf(tokens: TokenReader, date: CalendarDate): CalendarDate {
  if (date.day < 1 || date.day > lastDayOf(date.month)) tokens.fail("there is no such day of the month");
  return date;
}

function lastDayOf(month: number): number {
  return LAST_DAY[month - 1] ?? 31;
}

function compareDates(a: CalendarDate, b: CalendarDate): number {
  return (a.year ?? 0) - (b.year ?? 0) || a.month - b.month || a.day - b.day;
}

/** `date` has a year. */
export function isInRange({ from, to }: DateRange, date: CalendarDate): boolean {
  if (from.year !== null) return compareDates(from, date) <= 0 && compareDates(date, to) <= 0;
  const plain = { ...date, year: null };
  const isAfterStart = compareDates(from, plain) <= 0;
  const isBeforeEnd = compareDates(plain, to) <= 0;
  return compareDates(from, to) <= 0 ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd;
}
