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

export type LedgerEventType =
  | "sale"
  | "return"
  | "exchange"
  | "void"
  | "receipt"
  | "adjustment"
  | "position"
  | "item_seen"
  | "item_moved"
  | "item_transferred";

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
