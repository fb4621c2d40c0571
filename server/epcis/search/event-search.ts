import type { EventQuery } from "../../../domain/epcis/query/event-query.ts";
import { matchesQuery, type Within } from "../../../domain/epcis/query/matches-query.ts";
import { placesWithin } from "../../../domain/epcis/places.ts";
import type { Location } from "../../../domain/location.ts";
import type { Database } from "../../../sql/database.ts";
import type { AllLocations } from "../all-locations.ts";
import type { EventStore } from "../event-store.ts";
import { createCapturedSource } from "./captured-source.ts";
import type { Batch, FoundEvent } from "./found-event.ts";
import { createLedgerSource } from "./ledger-source.ts";
import { isBefore, type SearchPlace } from "./search-place.ts";

/** Rows read of each source at once. */
const SMALLEST_BATCH = 200;
const LARGEST_BATCH = 5_000;
/** Rows looked at for one page; when few of them answer, the page is short and has a next one. */
const MAX_ROWS_A_PAGE = 100_000;

/** `next` is null when everything was looked at. */
export type FoundPage = { events: FoundEvent[]; next: SearchPlace | null };

export type EventSearch = ReturnType<typeof createEventSearch>;

/** Looks for events among those that were captured and those that our own ledger is made of, in one order. */
export function createEventSearch(deps: { db: Database; store: EventStore; allLocations: AllLocations }) {
  const captured = createCapturedSource(deps);
  const ledger = createLedgerSource(deps);

  function sourcesFor(query: EventQuery, within: Within, locations: readonly Location[], asOfMs: number) {
    return [
      (after: SearchPlace | null, rows: number) => captured.batch(query, within, { after, asOfMs, rows }),
      (after: SearchPlace | null, rows: number) =>
        ledger.batch(query, within, locations, { after, asOfMs, rows }),
    ];
  }

  return {
    /** At most `limit` events that answer, behind a place in the order. */
    async page(
      query: EventQuery,
      wish: { after: SearchPlace | null; asOfMs: number; limit: number },
    ): Promise<FoundPage> {
      const locations = await deps.allLocations();
      const within = withinOf(query, locations);
      const rows = Math.min(Math.max(wish.limit + 1, SMALLEST_BATCH), LARGEST_BATCH);
      const streams = sourcesFor(query, within, locations, wish.asOfMs).map((read) =>
        createStream((after) => read(after, rows), wish.after),
      );
      const events: FoundEvent[] = [];
      let looked = 0;
      let last = wish.after;
      for (;;) {
        looked += (await Promise.all(streams.map((stream) => stream.fill()))).reduce(
          (sum, one) => sum + one,
          0,
        );
        const stream = firstOf(streams);
        const event = stream?.take();
        if (event === undefined) return { events, next: null };
        if (matchesQuery(event, query, within)) {
          if (events.length === wish.limit) return { events, next: last };
          events.push(event);
        }
        last = event.place;
        if (looked > MAX_ROWS_A_PAGE && events.length < wish.limit) return { events, next: last };
      }
    },
  };
}

type Stream = ReturnType<typeof createStream>;

/** The events of one source, read ahead by a batch. */
function createStream(read: (after: SearchPlace | null) => Promise<Batch>, start: SearchPlace | null) {
  let waiting: FoundEvent[] = [];
  let at = 0;
  let next: SearchPlace | null = start;
  let isAtEnd = false;
  return {
    /** Reads on where nothing waits. @returns the rows that were looked at. */
    async fill(): Promise<number> {
      let rows = 0;
      while (at >= waiting.length && !isAtEnd) {
        const batch = await read(next);
        rows += batch.rows;
        waiting = batch.events;
        at = 0;
        if (batch.next === null) isAtEnd = true;
        else next = batch.next;
      }
      return rows;
    },
    peek: (): FoundEvent | undefined => waiting[at],
    take(): FoundEvent | undefined {
      at += 1;
      return waiting[at - 1];
    },
  };
}

function firstOf(streams: readonly Stream[]): Stream | undefined {
  let first: Stream | undefined;
  for (const stream of streams) {
    const event = stream.peek();
    const other = first?.peek();
    if (event !== undefined && (other === undefined || isBefore(event.place, other.place))) first = stream;
  }
  return first;
}

/** What the WD parameters take in: our locations with their zones, and of other places only themselves. */
function withinOf(query: EventQuery, locations: readonly Location[]): Within {
  const all = (uris: readonly string[] | null) =>
    uris === null ? null : new Set(uris.flatMap((uri) => [...placesWithin(uri, locations)]));
  return { readPoints: all(query.withinReadPoints), bizLocations: all(query.withinBizLocations) };
}
