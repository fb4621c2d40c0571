/** A stretch of a day, in minutes after its midnight; `to` is beyond 1440 where it goes on after midnight. */
export type OpenSpan = { from: number; to: number };

/** A day of a year, or of every year (`year` null). */
export type CalendarDate = { year: number | null; month: number; day: number };

/** Both ends are within. Without a year it may go over the end of the year: Dec 24 to Jan 06. */
export type DateRange = { from: CalendarDate; to: CalendarDate };

/**
 * One rule: on which days (null = on all), and when it is open then; no spans = closed. On a day that it fits, it stands in for
 * the rules before it; `isAdditional` adds its spans to theirs instead.
 */
export type OpeningRule = {
  dates: readonly DateRange[] | null;
  /** 0 is Monday. Null together with `onHolidays` false: every day. */
  weekdays: ReadonlySet<number> | null;
  onHolidays: boolean;
  spans: readonly OpenSpan[];
  isAdditional: boolean;
};

/** In the order in which they were written. */
export type OpeningHours = { rules: readonly OpeningRule[] };
