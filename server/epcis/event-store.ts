import { z } from "zod";
import { isJsonObject, type JsonObject } from "../../domain/epcis/json-value.ts";
import { summaryOf } from "../../domain/epcis/event-summary.ts";
import type { Cell, Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** An event on its way into the repository; `event` carries the namespaces of its document. */
export type NewEvent = { event: JsonObject; eventId: string; hashId: string; isDeclaration: boolean };

/** What is known under an id. `captureId` is empty for an item event of our own that was given out. */
export type KnownEvent = {
  eventId: string;
  hashId: string;
  isDeclaration: boolean;
  captureId: string;
  event: JsonObject | null;
};

const COLUMNS = [
  "event_id",
  "hash_id",
  "is_declaration",
  "capture_id",
  "record_time",
  "event_time",
  "event_type",
  "action",
  "biz_step",
  "disposition",
  "read_point",
  "biz_location",
  "epcs",
  "classes",
  "body",
];
const IDS_AT_ONCE = 1_000;

const knownRowSchema = z.object({
  event_id: z.string(),
  hash_id: z.string(),
  is_declaration: z.number(),
  capture_id: z.string(),
  body: z.string(),
});

const givenRowSchema = z.object({
  event_id: z.string(),
  location_id: z.string(),
  ordinal: z.number(),
  part: z.number(),
});

export type EventStore = ReturnType<typeof createEventStore>;

/** Captured events in the table `epcis_events`, and the ids under which our own were given out. */
export function createEventStore(deps: { db: Database }) {
  const { db } = deps;

  const givenOut = (eventIds: readonly string[]) =>
    db.query({
      name: "epcis/given-ids",
      sql: loadQuery("epcis/given-ids"),
      params: { event_ids: eventIds },
      row: givenRowSchema,
    });

  return {
    /** The rows of our ledger that were given out under these ids. */
    givenOut,

    async known(eventIds: readonly string[]): Promise<KnownEvent[]> {
      const known: KnownEvent[] = [];
      for (let start = 0; start < eventIds.length; start += IDS_AT_ONCE) {
        const some = eventIds.slice(start, start + IDS_AT_ONCE);
        const rows = await db.query({
          name: "epcis/known-events",
          sql: loadQuery("epcis/known-events"),
          params: { event_ids: some },
          row: knownRowSchema,
        });
        for (const row of rows) {
          known.push({
            eventId: row.event_id,
            hashId: row.hash_id,
            isDeclaration: row.is_declaration === 1,
            captureId: row.capture_id,
            event: parseEvent(row.body),
          });
        }
        for (const { event_id: eventId } of await givenOut(some)) {
          known.push({ eventId, hashId: eventId, isDeclaration: false, captureId: "", event: null });
        }
      }
      return known;
    },

    /** All of them or none: one INSERT of one block, which counts once however often it is repeated. */
    async insert(captureId: string, events: readonly NewEvent[], recordTimeMs: number): Promise<void> {
      await db.insert({
        name: "epcis/insert-events",
        table: "epcis_events",
        columns: COLUMNS,
        rows: events.map((one) => cellsOf(one, captureId, recordTimeMs)),
        deduplicationToken: `epcis/${captureId}`,
      });
    },

    async rememberGiven(
      given: readonly { eventId: string; locationId: string; ordinal: number; part: number }[],
    ): Promise<void> {
      await db.insert({
        name: "epcis/remember-given",
        table: "epcis_given_ids",
        columns: ["event_id", "location_id", "ordinal", "part"],
        rows: given.map((one) => [one.eventId, one.locationId, one.ordinal, one.part]),
      });
    },
  };
}

export function parseEvent(body: string): JsonObject | null {
  const event: unknown = JSON.parse(body);
  return isJsonObject(event) ? event : null;
}

function cellsOf(
  { event, eventId, hashId, isDeclaration }: NewEvent,
  captureId: string,
  recordTimeMs: number,
): Cell[] {
  const summary = summaryOf(event);
  return [
    eventId,
    hashId,
    isDeclaration ? 1 : 0,
    captureId,
    new Date(recordTimeMs).toISOString(),
    new Date(storableMs(summary.eventTimeMs)).toISOString(),
    summary.eventType,
    summary.action,
    summary.bizStep,
    summary.disposition,
    summary.readPoint,
    summary.bizLocation,
    summary.epcs,
    summary.classes,
    JSON.stringify(event),
  ];
}

/** DateTime64(3) goes from 1900 to 2299; what is outside stands at its end, and the body says the time. */
function storableMs(ms: number): number {
  return Math.min(Math.max(Number.isNaN(ms) ? 0 : ms, Date.UTC(1900, 0, 1)), Date.UTC(2299, 0, 1));
}
