import { z } from "zod";
import { type TillEvent, tillEventSchema } from "../../domain/events/stock-event.ts";
import { ITEM_STATUSES, type LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import { movementReasonSchema } from "../../domain/movement.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const transactionRow = z.object({
  event_id: z.string(),
  event_type: z.enum(["sale", "return"]),
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

/** The transaction that a void names, from the ledger; null when none was recorded. */
export async function findTransaction(
  db: Database,
  locationId: string,
  terminalId: string,
  transactionId: string,
): Promise<{ event: TillEvent; ledger: LedgerEvent } | null> {
  const source = `pos/${terminalId}`;
  const [row] = await db.query({
    name: "ingest/find-transaction",
    sql: loadQuery("ingest/find-transaction"),
    params: { location_id: locationId, source, transaction_id: transactionId },
    row: transactionRow,
  });
  if (row === undefined) return null;
  return {
    event: tillEventSchema.parse(JSON.parse(row.body)),
    ledger: {
      locationId,
      eventId: row.event_id,
      eventType: row.event_type,
      source,
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
    },
  };
}
