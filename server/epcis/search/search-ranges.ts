import type { EventQuery, TimeRange } from "../../../domain/epcis/query/event-query.ts";
import type { SearchPlace } from "./search-place.ts";

/** What the tables can hold (DateTime64 with milliseconds). */
const FIRST_MS = Date.UTC(1900, 0, 1);
const LAST_MS = Date.UTC(2299, 11, 31);

/** The parameters that both sources of events have in common: the order, the place to go on from, and the times. */
export function rangeParams(query: EventQuery, after: SearchPlace | null, asOfMs: number) {
  const record = bounded(query.recordTime);
  const event = bounded(query.eventTime);
  const recordBefore = Math.min(record.before, asOfMs + 1);
  const ordered = query.orderBy === "eventTime" ? event : { from: record.from, before: recordBefore };
  // The place to go on from is a bound of its own: what lies before it needs not be looked at.
  if (after !== null && query.isDescending) ordered.before = Math.min(ordered.before, -after.ms + 1);
  if (after !== null && !query.isDescending) ordered.from = Math.max(ordered.from, after.ms);
  const isByEventTime = query.orderBy === "eventTime";
  return {
    sign: query.isDescending ? -1 : 1,
    by_event_time: isByEventTime ? 1 : 0,
    record_from_ms: isByEventTime ? record.from : ordered.from,
    record_before_ms: isByEventTime ? recordBefore : ordered.before,
    event_from_ms: isByEventTime ? ordered.from : event.from,
    event_before_ms: isByEventTime ? ordered.before : event.before,
    after_ms: after?.ms ?? -LAST_MS,
  };
}

function bounded({ fromMs, beforeMs }: TimeRange): { from: number; before: number } {
  return {
    from: Math.min(Math.max(fromMs ?? FIRST_MS, FIRST_MS), LAST_MS),
    before: Math.max(Math.min(beforeMs ?? LAST_MS, LAST_MS), FIRST_MS),
  };
}
