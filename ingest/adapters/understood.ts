import type { StockEvent, TillEvent } from "../../domain/events/stock-event.ts";
import type { TagRead } from "../../domain/read.ts";

export type ReaderFormat = "impinj" | "zebra" | "onhand";

/** A read that was not taken, by its place in the message: an array's index, a line's number from 0, or 0. */
export type RefusedRead = { index: number; code: string; detail: string };

/**
 * Something a reader says of itself. `control` is a word from a short list, so that it can label a metric: a vendor's
 * event name, `connected`, `empty`, `ble`, or `unknown` with the name in `detail`. Times are Unix ms: the
 * reader's own where it sent one, else when the message came.
 */
export type ControlSign = {
  kind: "control";
  control: string;
  format: ReaderFormat | "text";
  detail: string;
  atMs: number;
};
export type HeartbeatSign = {
  kind: "heartbeat";
  format: ReaderFormat;
  atMs: number;
  antennasConnected: number[];
  numTagReads: number | null;
  numErrors: number | null;
};
export type ReaderSign = ControlSign | HeartbeatSign;

/** What a message turned out to be. `signs` are what a reader said of itself among its reads. */
export type Understood =
  | { kind: "reads"; format: ReaderFormat; reads: TagRead[]; refused: RefusedRead[]; signs: ReaderSign[] }
  | { kind: "till"; event: UnderstoodTill }
  | { kind: "stock"; event: UnderstoodStock }
  | ReaderSign
  | { kind: "readerOffline"; detail: string; atMs: number }
  | Rejected;

/** `eventId` is there where the message was well enough to tell it: its sender waits for a receipt by that name. */
export type Rejected = { kind: "rejected"; code: string; detail: string; eventId: string | null };

/** A till's event with what it left out filled in: GTINs have 14 digits, EPCs are hex as on the tag, every line its type. */
export type UnderstoodTill = Omit<TillEvent, "eventId" | "locationId" | "storeId"> & {
  eventId: string;
  locationId: string;
};

/** A stock event with GTINs of 14 digits, EPCs as hex, and its location. */
export type UnderstoodStock = StockEvent & { locationId: string };

export function reject(code: string, detail: string, eventId: string | null = null): Rejected {
  return { kind: "rejected", code, detail, eventId };
}
