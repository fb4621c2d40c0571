import { z } from "zod";
import { ITEM_STATUSES, LEDGER_EVENT_TYPES, type LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import { movementReasonSchema } from "../../domain/movement.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";

/** A row of `events` with its movements and items as parallel arrays; see ingest/find-transaction for the columns. */
export const ledgerEventRow = z.object({
  location_id: z.string(),
  event_id: z.string(),
  event_type: z.enum(LEDGER_EVENT_TYPES),
  source: z.string(),
  body: z.string(),
  occurred_at_ms: z.number(),
  location_ids: z.array(z.string()),
  sequences: z.array(z.number()),
  gtins: z.array(z.number()),
  states: z.array(stockStateSchema),
  quantities: z.array(z.number()),
  reasons: z.array(movementReasonSchema),
  epcs: z.array(z.string()),
  reservation_ids: z.array(z.string()),
  order_ids: z.array(z.string()),
  item_epcs: z.array(z.string()),
  item_gtins: z.array(z.number()),
  item_location_ids: z.array(z.string()),
  item_zone_ids: z.array(z.string()),
  item_statuses: z.array(z.enum(ITEM_STATUSES)),
  item_states: z.array(stockStateSchema),
  item_first_seen_at_ms: z.array(z.number()),
  item_last_seen_at_ms: z.array(z.number()),
});
export type LedgerEventRow = z.infer<typeof ledgerEventRow>;

/** The event that was committed as this row. */
export function toLedgerEvent(row: LedgerEventRow): LedgerEvent {
  const locationId = row.location_id;
  return {
    locationId,
    eventId: row.event_id,
    eventType: row.event_type,
    source: row.source,
    body: row.body,
    occurredAtMs: row.occurred_at_ms,
    movements: row.sequences.map((sequence, at) => ({
      locationId: row.location_ids[at] ?? locationId,
      sequence,
      gtin: row.gtins[at] ?? 0,
      state: row.states[at] ?? "sellable",
      quantity: row.quantities[at] ?? 0,
      reason: row.reasons[at] ?? "sold",
      epc: row.epcs[at] ?? "",
      reservationId: row.reservation_ids[at] ?? "",
      orderId: row.order_ids[at] ?? "",
    })),
    items: row.item_epcs.map((epc, at) => ({
      epc,
      gtin: row.item_gtins[at] ?? 0,
      locationId: row.item_location_ids[at] ?? locationId,
      zoneId: row.item_zone_ids[at] ?? "",
      status: row.item_statuses[at] ?? "sold",
      state: row.item_states[at] ?? "sellable",
      firstSeenAtMs: row.item_first_seen_at_ms[at] ?? 0,
      lastSeenAtMs: row.item_last_seen_at_ms[at] ?? 0,
    })),
  };
}
