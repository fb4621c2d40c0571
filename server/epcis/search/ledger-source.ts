import { z } from "zod";
import { summaryOf } from "../../../domain/epcis/event-summary.ts";
import { namespacesOf } from "../../../domain/epcis/namespaces.ts";
import type { LedgerRow } from "../../../domain/epcis/own-events/ledger-row.ts";
import { ownEventsOf } from "../../../domain/epcis/own-events/own-events.ts";
import { createZoneOffsets } from "../../../domain/epcis/own-events/zone-offset.ts";
import type { EventQuery } from "../../../domain/epcis/query/event-query.ts";
import type { Within } from "../../../domain/epcis/query/matches-query.ts";
import { instantSchema } from "../../../domain/identifiers.ts";
import type { Location } from "../../../domain/location.ts";
import type { Database } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import { eventHashId } from "../event-hash.ts";
import type { EventStore } from "../event-store.ts";
import type { Batch, FoundEvent } from "./found-event.ts";
import { ledgerFilterOf } from "./ledger-filter.ts";
import { isBefore, type SearchPlace } from "./search-place.ts";
import { rangeParams, wideningRanges } from "./search-ranges.ts";

const rowSchema = z
  .object({
    location_id: z.string(),
    ordinal: z.number(),
    event_id: z.string(),
    event_type: z.string(),
    source: z.string(),
    body: z.string(),
    occurred_at: instantSchema,
    recorded_at: instantSchema,
    movement_gtins: z.array(z.number()),
    movement_quantities: z.array(z.number()),
    movement_reasons: z.array(z.string()),
    movement_epcs: z.array(z.string()),
    item_epcs: z.array(z.string()),
    item_zones: z.array(z.string()),
    item_statuses: z.array(z.string()),
    place_ms: z.number(),
  })
  .transform((row): { row: LedgerRow; placeMs: number } => ({
    placeMs: row.place_ms,
    row: {
      locationId: row.location_id,
      ordinal: row.ordinal,
      eventId: row.event_id,
      eventType: row.event_type,
      source: row.source,
      body: row.body,
      occurredAtMs: Date.parse(row.occurred_at),
      recordedAtMs: Date.parse(row.recorded_at),
      movements: row.movement_gtins.map((gtin, index) => ({
        gtin,
        quantity: row.movement_quantities[index] ?? 0,
        reason: row.movement_reasons[index] ?? "",
        epc: row.movement_epcs[index] ?? "",
      })),
      items: row.item_epcs.map((epc, index) => ({
        epc,
        zoneId: row.item_zones[index] ?? "",
        status: row.item_statuses[index] ?? "",
      })),
    },
  }));

/** Times, ordinals and locations of a location that was removed: its events are still its own. */
const unknownLocation = (locationId: string) => ({ locationId, gln: "", timeZone: "UTC", zones: [] });

/** Item events of our own ledger, made into EPCIS events when somebody asks. */
export function createLedgerSource(deps: { db: Database; store: EventStore }) {
  const offsetAt = createZoneOffsets();
  const namespaces = namespacesOf(undefined);

  /** The rows behind ids that were given out before; null when any row will do. */
  async function rowsOf(query: EventQuery) {
    if (query.eventIds === null) return null;
    const given = await deps.store.givenOut(query.eventIds);
    return new Map(given.map((one) => [`${one.location_id}/${one.ordinal}/${one.part}`, one]));
  }

  return {
    async batch(
      query: EventQuery,
      within: Within,
      locations: readonly Location[],
      wish: { after: SearchPlace | null; asOfMs: number; rows: number },
    ): Promise<Batch> {
      const nothing: Batch = { events: [], next: null, rows: 0 };
      const filter = ledgerFilterOf(query, within, locations);
      const given = await rowsOf(query);
      if (filter === null || given?.size === 0) return nothing;
      const { after } = wish;
      const isSameSource = after?.source === "ledger";
      const rest = {
        event_types: filter.eventTypes,
        location_ids: filter.locationIds,
        epcs: filter.epcs,
        gtins: filter.gtins,
        row_ordinals: [...(given?.values() ?? [])].map((one) => one.ordinal),
        row_locations: [...(given?.values() ?? [])].map((one) => one.location_id),
        // All rows of an instant come after the captured events of that instant.
        after_same: after === null ? 0 : 1,
        after_location: isSameSource ? after.name : "",
        after_ordinal: isSameSource ? after.number : 0,
        page_rows: wish.rows,
      };
      let rows: z.output<typeof rowSchema>[] = [];
      for (const range of wideningRanges(rangeParams(query, after, wish.asOfMs))) {
        rows = await deps.db.query({
          name: "epcis/ledger-events",
          sql: loadQuery("epcis/ledger-events"),
          params: { ...range, ...rest },
          row: rowSchema,
        });
        if (rows.length === wish.rows) break;
      }
      const byId = new Map(locations.map((one) => [one.locationId, one]));
      const events = rows.flatMap(({ row, placeMs }): FoundEvent[] => {
        const location = byId.get(row.locationId) ?? unknownLocation(row.locationId);
        const offset = offsetAt(location.timeZone, row.occurredAtMs);
        return ownEventsOf(row, location, offset).flatMap(({ part, event }) => {
          const known = given?.get(`${row.locationId}/${row.ordinal}/${part}`);
          if (given !== null && known === undefined) return [];
          const place: SearchPlace = {
            ms: placeMs,
            source: "ledger",
            name: row.locationId,
            number: row.ordinal,
            part,
          };
          if (after !== null && !isBefore(after, place)) return [];
          // A place that was renamed since changes the hash: the id that was given out stays.
          const eventId = known?.event_id ?? eventHashId(event, namespaces);
          return [{ event, summary: summaryOf(event), eventId, recordTimeMs: row.recordedAtMs, place }];
        });
      });
      const last = rows.at(-1);
      const next: SearchPlace | null =
        last === undefined || rows.length < wish.rows
          ? null
          : {
              ms: last.placeMs,
              source: "ledger",
              name: last.row.locationId,
              number: last.row.ordinal,
              part: 255,
            };
      return { events, next, rows: rows.length };
    },
  };
}
