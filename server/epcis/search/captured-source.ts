import { z } from "zod";
import { summaryOf } from "../../../domain/epcis/event-summary.ts";
import type { EpcPattern } from "../../../domain/epcis/query/epc-pattern.ts";
import type { EventQuery, MatchName } from "../../../domain/epcis/query/event-query.ts";
import type { Within } from "../../../domain/epcis/query/matches-query.ts";
import { instantSchema } from "../../../domain/identifiers.ts";
import type { Database } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import { parseEvent } from "../event-store.ts";
import type { Batch, FoundEvent } from "./found-event.ts";
import type { SearchPlace } from "./search-place.ts";
import { rangeParams } from "./search-ranges.ts";

const EPC_NAMES: readonly MatchName[] = ["epc", "parentID", "inputEPC", "outputEPC", "anyEPC"];
const CLASS_NAMES: readonly MatchName[] = ["epcClass", "inputEPCClass", "outputEPCClass", "anyEPCClass"];

const rowSchema = z.object({
  event_id: z.string(),
  is_declaration: z.number(),
  record_time: instantSchema,
  body: z.string(),
  place_ms: z.number(),
});

/** Events in the table `epcis_events`. What the query chooses there is more than asked for where a rule has no column. */
export function createCapturedSource(deps: { db: Database }) {
  return {
    async batch(
      query: EventQuery,
      within: Within,
      wish: { after: SearchPlace | null; asOfMs: number; rows: number },
    ): Promise<Batch> {
      const { after } = wish;
      const isSameSource = after?.source === "captured";
      const rows = await deps.db.query({
        name: "epcis/captured-events",
        sql: loadQuery("epcis/captured-events"),
        params: {
          ...rangeParams(query, after, wish.asOfMs),
          ...filterParams(query, within),
          after_same: isSameSource ? 1 : 0,
          after_id: isSameSource ? after.name : "",
          after_declaration: isSameSource ? after.number : 0,
          page_rows: wish.rows,
        },
        row: rowSchema,
      });
      const places = rows.map(
        (row): SearchPlace => ({
          ms: row.place_ms,
          source: "captured",
          name: row.event_id,
          number: row.is_declaration,
          part: 0,
        }),
      );
      const events = rows.flatMap((row, index): FoundEvent[] => {
        const event = parseEvent(row.body);
        const place = places[index];
        if (event === null || place === undefined) return [];
        const recordTimeMs = Date.parse(row.record_time);
        return [{ event, summary: summaryOf(event), eventId: row.event_id, recordTimeMs, place }];
      });
      return { events, rows: rows.length, next: rows.length < wish.rows ? null : (places.at(-1) ?? null) };
    },
  };
}

function filterParams(query: EventQuery, within: Within) {
  const [epcs, classes] = [EPC_NAMES, CLASS_NAMES].map((names) => patternParams(query, names));
  return {
    event_ids: query.eventIds ?? [],
    event_types: query.eventTypes ?? [],
    actions: query.actions ?? [],
    biz_steps: query.bizSteps ?? [],
    dispositions: query.dispositions ?? [],
    read_points: placeParams(query.readPoints, within.readPoints),
    biz_locations: placeParams(query.bizLocations, within.bizLocations),
    has_epcs: epcs === null || epcs === undefined ? 0 : 1,
    epcs: epcs?.exact ?? [],
    epc_starts: epcs?.starts ?? [],
    has_classes: classes === null || classes === undefined ? 0 : 1,
    classes: classes?.exact ?? [],
    class_starts: classes?.starts ?? [],
  };
}

function placeParams(exact: readonly string[] | null, within: ReadonlySet<string> | null): string[] {
  return [...(exact ?? []), ...(within ?? [])];
}

/** Texts of which an event must have one, by the first parameter of the kind; null where none can be told. */
function patternParams(
  query: EventQuery,
  names: readonly MatchName[],
): { exact: string[]; starts: string[] } | null {
  const patterns: readonly EpcPattern[] | undefined = names
    .map((name) => query.matches[name])
    .find((one) => one);
  if (patterns === undefined || patterns.some((one) => one.kind === "company")) return null;
  const exact = patterns.flatMap((one) => (one.kind === "company" ? [] : [one.id]));
  const starts = patterns.flatMap((one) => (one.kind === "item" ? [one.id] : []));
  return { exact, starts };
}
