import { z } from "zod";
import { ITEM_STATUSES, type ItemState } from "../../domain/ledger/ledger-event.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";

/** A row of ingest/load-positions. */
export const positionRow = z.object({
  location_id: z.string(),
  gtin: z.number(),
  state: stockStateSchema,
  quantity: z.number(),
  last_sequence: z.number(),
});

/** An item as the queries of the ledger give it: load-items, load-shared-items, items-elsewhere. */
export const itemRow = z.object({
  epc: z.string(),
  gtin: z.number(),
  location_id: z.string(),
  zone_id: z.string(),
  status: z.enum(ITEM_STATUSES),
  state: stockStateSchema,
  first_seen_at_ms: z.number(),
  last_seen_at_ms: z.number(),
});

export function itemOf(row: z.infer<typeof itemRow>): ItemState {
  return {
    epc: row.epc,
    gtin: row.gtin,
    locationId: row.location_id,
    zoneId: row.zone_id,
    status: row.status,
    state: row.state,
    firstSeenAtMs: row.first_seen_at_ms,
    lastSeenAtMs: row.last_seen_at_ms,
  };
}
