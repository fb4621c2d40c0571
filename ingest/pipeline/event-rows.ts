import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { Cell } from "../../sql/database.ts";
import { secondsText } from "../../sql/seconds-text.ts";

/** A ledger event on its way to the table `events`, with what the commit adds to it. */
export type CommittedEvent = { event: LedgerEvent; ordinal: number; bodyHash: bigint };

export const EVENT_COLUMNS = [
  "location_id",
  "ordinal",
  "event_id",
  "event_type",
  "source",
  "body_hash",
  "body",
  "occurred_at",
  "recorded_at",
  "movements.location_id",
  "movements.sequence",
  "movements.gtin",
  "movements.state",
  "movements.quantity",
  "movements.reason",
  "movements.epc",
  "movements.reservation_id",
  "movements.order_id",
  "items.epc",
  "items.gtin",
  "items.location_id",
  "items.zone_id",
  "items.status",
  "items.state",
  "items.first_seen_at",
  "items.last_seen_at",
] as const;

/** One row of `events`. All rows of a batch share `recordedAtMs` and so a partition: the batch is one part, whole or absent. */
export function eventRow({ event, ordinal, bodyHash }: CommittedEvent, recordedAtMs: number): Cell[] {
  const { movements, items } = event;
  return [
    event.locationId,
    ordinal,
    event.eventId,
    event.eventType,
    event.source,
    bodyHash,
    event.body,
    secondsText(event.occurredAtMs),
    secondsText(recordedAtMs),
    movements.map((line) => line.locationId),
    movements.map((line) => line.sequence),
    movements.map((line) => line.gtin),
    movements.map((line) => line.state),
    movements.map((line) => line.quantity),
    movements.map((line) => line.reason),
    movements.map((line) => line.epc),
    movements.map((line) => line.reservationId),
    movements.map((line) => line.orderId),
    items.map((item) => item.epc),
    items.map((item) => item.gtin),
    items.map((item) => item.locationId),
    items.map((item) => item.zoneId),
    items.map((item) => item.status),
    items.map((item) => item.state),
    items.map((item) => Math.trunc(item.firstSeenAtMs)),
    items.map((item) => Math.trunc(item.lastSeenAtMs)),
  ];
}
