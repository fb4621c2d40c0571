import type { MovementReason } from "../movement.ts";
import type { StockState } from "../stock-state.ts";

export const ITEM_STATUSES = ["present", "exiting", "sold", "left", "missing", "in_transit"] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** One line of the ledger before it is committed. `gtin` is the number of the GTIN-14; empty text = not known. */
export type MovementLine = {
  locationId: string;
  sequence: number;
  gtin: number;
  state: StockState;
  quantity: number;
  reason: MovementReason;
  epc: string;
  reservationId: string;
  orderId: string;
};

/** What is believed of one item after an event. Times are Unix milliseconds. */
export type ItemState = {
  epc: string;
  gtin: number;
  locationId: string;
  zoneId: string;
  status: ItemStatus;
  state: StockState;
  firstSeenAtMs: number;
  lastSeenAtMs: number;
};

/** What tills, other systems and people say. */
export const SAID_EVENT_TYPES = [
  "sale",
  "return",
  "exchange",
  "void",
  "receipt",
  "adjustment",
  "position",
  "transfer_out",
  "transfer_in",
  "expected_receipt",
  "state_change",
  "count_started",
  "count_reads",
  "count_ended",
  "count_decided",
] as const;

/** What reads and silence come to, also those that another ingest took. */
export const ITEM_EVENT_TYPES = [
  "transfer_seen",
  "item_seen",
  "item_moved",
  "item_transferred",
  "item_exiting",
  "item_left",
  "item_missing",
] as const;

export const LEDGER_EVENT_TYPES = [...SAID_EVENT_TYPES, ...ITEM_EVENT_TYPES] as const;
export type LedgerEventType = (typeof LEDGER_EVENT_TYPES)[number];

/** One row of the table `events`: an event with what it did. Written whole or not at all. */
export type LedgerEvent = {
  locationId: string;
  eventId: string;
  eventType: LedgerEventType;
  source: string;
  body: string;
  occurredAtMs: number;
  movements: MovementLine[];
  items: ItemState[];
};
