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

const HOUR_MS = 3_600_000;
const WIDTHS_MS = [HOUR_MS, 24 * HOUR_MS, 30 * 24 * HOUR_MS];

export type RangeParams = ReturnType<typeof rangeParams>;

/**
 * The ranges to look into one after the other until one of them has enough: a page mostly lies near the place to go on from, and
 * the whole time behind it needs not be read to find that out. The last one is the whole.
 */
export function wideningRanges(params: RangeParams): RangeParams[] {
  const name = params.by_event_time === 1 ? "event" : "record";
  const from = params[`${name}_from_ms`];
  const before = params[`${name}_before_ms`];
  const isStartKnown = params.sign === 1 ? from > FIRST_MS : before < LAST_MS;
  if (!isStartKnown) return [params];
  const narrow = WIDTHS_MS.filter((widthMs) => widthMs < before - from).map((widthMs) =>
    params.sign === 1
      ? Object.assign({ ...params }, { [`${name}_before_ms`]: from + widthMs })
      : Object.assign({ ...params }, { [`${name}_from_ms`]: before - widthMs }),
  );
  return [...narrow, params];
}

function bounded({ fromMs, beforeMs }: TimeRange): { from: number; before: number } {
  return {
    from: Math.min(Math.max(fromMs ?? FIRST_MS, FIRST_MS), LAST_MS),
    before: Math.max(Math.min(beforeMs ?? LAST_MS, LAST_MS), FIRST_MS),
  };
}
