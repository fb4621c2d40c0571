import type { StockEvent, TillEvent } from "../../domain/events/stock-event.ts";
import type { TagRead } from "../../domain/read.ts";

/** Formats that are recognised by themselves (docs/readers.md), and those that somebody described. */
export type ReaderFormat =
  | "impinj"
  | "zebra"
  | "onhand"
  | "keonn"
  | "intel-rsp"
  | "llrp"
  | "smartreader"
  | "speedway"
  | "kalama"
  | "csv"
  | "epcis"
  | `mapping:${string}`;

/** A read that was not taken, by its place in the message: an array's index, a line's number from 0, or 0. */
export type RefusedRead = { index: number; code: string; detail: string };

/** Numbers of messages that came, `first` to `last` without a hole. A reader may count several streams. */
export type EventRun = { stream: string; readerId: string | null; first: number; last: number };

/** What every sign has. `atMs` is Unix ms: the reader's own time where it sent one, else when the message came. */
type SignBase = {
  format: ReaderFormat | "text";
  atMs: number;
  /** True where `atMs` is by the reader's own clock. */
  isReaderTime: boolean;
  /** From the payload; null where only the topic names the reader. */
  readerId: string | null;
};

/**
 * Something a reader says of itself. `control` is a word from a short list, so that it can label a metric: a vendor's
 * event name, `connected`, `empty`, `ble`, or `unknown` with the name in `detail`. `lostReads` is how many reads the
 * reader says it lost; null where it lost some and does not say how many.
 */
export type ControlSign = SignBase & {
  kind: "control";
  control: string;
  detail: string;
  level: "info" | "warning" | "error";
  /** The antenna it is about; −1 for none. */
  antenna: number;
  lostReads: number | null;
};

/** A sign of life with what the reader tells of its state; null where it does not tell. Counters are since its start. */
export type HeartbeatSign = SignBase & {
  kind: "heartbeat";
  antennasConnected: number[];
  antennasDisconnected: number[];
  numTagReads: number | null;
  numErrors: number | null;
  numWarnings: number | null;
  /** Messages that the reader threw away because it could not send them. */
  numDropped: number | null;
  temperatureCelsius: number | null;
  /** Whether the radio runs, in the reader's word. */
  activity: string | null;
  uptime: string | null;
};

/** The reader is gone: a last will, or a notice of disconnecting. */
export type OfflineSign = { kind: "readerOffline"; detail: string; atMs: number; readerId: string | null };

export type ReaderSign = ControlSign | HeartbeatSign | OfflineSign;

/** A reader's message: its reads, those refused, and what it says of itself. */
export type UnderstoodReads = {
  kind: "reads";
  format: ReaderFormat;
  reads: TagRead[];
  refused: RefusedRead[];
  signs: ReaderSign[];
  /** The operating mode that the reader names; empty text where it names none. */
  mode: string;
  eventRuns: EventRun[];
  /** When the message was sent by the reader's clock, Unix ms; NaN where only its reads have times. */
  sentAtMs: number;
};

/** What a message turned out to be. */
export type Understood =
  | UnderstoodReads
  | { kind: "till"; event: UnderstoodTill }
  | { kind: "stock"; event: UnderstoodStock }
  | (ReaderSign & { eventRuns: EventRun[] })
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
