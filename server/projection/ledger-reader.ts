import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { SequencedMovement } from "./sequence-follower.ts";

const positionRowSchema = z.object({
  location_id: z.string(),
  gtin: z.number(),
  state: stockStateSchema,
  quantity: z.number(),
  last_sequence: z.number(),
});

const sightingRowSchema = z.object({
  location_id: z.string(),
  gtin: z.number(),
  last_seen_at: instantSchema,
});

const movementRowSchema = z
  .object({
    sequence: z.number(),
    gtin: z.number(),
    state: stockStateSchema,
    quantity: z.number(),
    reservation_id: z.string(),
  })
  .transform(({ reservation_id, ...row }) => ({ ...row, reservationId: reservation_id }));

/** Movements read at once when a gap is filled. */
const GAP_PAGE_ROWS = 10_000;

/** What the projection reads of ClickHouse: everything at its start, and what it missed. */
export function createLedgerReader(db: Database) {
  return {
    /** One consistent scan: quantities and the sequence that they contain. */
    positions: () =>
      db.stream({
        name: "projection/load-positions",
        sql: loadQuery("server/load-positions"),
        row: positionRowSchema,
      }),

    sightings: () =>
      db.stream({
        name: "projection/load-sightings",
        sql: loadQuery("server/load-sightings"),
        row: sightingRowSchema,
      }),

    /** The movements of a location after a sequence, in order; at most a page. */
    movementsAfter: (locationId: string, after: number): Promise<SequencedMovement[]> =>
      db.query({
        name: "projection/movements-after",
        sql: loadQuery("server/movements-after"),
        params: { location_id: locationId, after, page_rows: GAP_PAGE_ROWS },
        row: movementRowSchema,
      }),
  };
}
export type LedgerReader = ReturnType<typeof createLedgerReader>;
