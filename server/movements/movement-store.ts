import { z } from "zod";
import type { MovementRow } from "../../domain/api/movements-page.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import { movementReasonSchema } from "../../domain/movement.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Below 2^53, as every ordinal. */
const END = Number.MAX_SAFE_INTEGER;
const MAX_SECONDS = 20;

/** The last row of the page before; null for the first page. */
export type MovementPlace = { ordinal: number; locationId: string; sequence: number };

export type MovementStore = ReturnType<typeof createMovementStore>;

/** Lines of the ledger for people to look at. */
export function createMovementStore({ db }: { db: Database }) {
  return {
    /** Up to `limit` + 1 lines, the last recorded first. `gtin` 0 and `locationId` empty: all. */
    list: (
      filter: { gtin: number; locationId: string; since: Date },
      before: MovementPlace | null,
      limit: number,
    ): Promise<(MovementRow & MovementPlace)[]> =>
      db.query({
        name: "movements/list",
        sql: loadQuery("movements/list"),
        params: {
          gtin: filter.gtin,
          location_id: filter.locationId,
          since: filter.since,
          before_ordinal: before?.ordinal ?? END,
          before_location: before?.locationId ?? "",
          before_sequence: before?.sequence ?? 0,
          page_rows: limit + 1,
        },
        row: rowSchema,
        maxSeconds: MAX_SECONDS,
      }),
  };
}

const rowSchema = z
  .object({
    location_id: z.string(),
    sequence: z.number(),
    gtin: z.number(),
    state: stockStateSchema,
    quantity: z.number(),
    reason: movementReasonSchema,
    epc: z.string(),
    reservation_id: z.string(),
    order_id: z.string(),
    ordinal: z.number(),
    event_id: z.string(),
    event_type: z.string(),
    source: z.string(),
    occurred_at: instantSchema,
    recorded_at: instantSchema,
  })
  .transform((row) => ({
    ordinal: row.ordinal,
    locationId: row.location_id,
    sequence: row.sequence,
    gtin: gtinFromNumber(row.gtin),
    state: row.state,
    quantity: row.quantity,
    reason: row.reason,
    epc: row.epc,
    reservationId: row.reservation_id,
    orderId: row.order_id,
    eventId: row.event_id,
    eventType: row.event_type,
    source: row.source,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  }));
