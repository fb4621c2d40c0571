import type { ReaderFormat } from "./chain/store-layout.ts";

/** A read as the reader's radio gives it. Time in simulated milliseconds. */
export type SimulatedRead = {
  epcHex: string;
  antenna: number;
  rssiDbm: number;
  count: number;
  observedAtMs: number;
};

export type TillLine = { lineNo: number; gtin: string; epcHex: string; unitPrice: string; state?: "inspect" };

/** What is sent, before its times are known on the wall clock. */
export type MessageBody =
  | {
      kind: "reads";
      format: ReaderFormat;
      readerId: string;
      /** How far the reader's clock is off. */
      skewMs: number;
      reportedAtMs: number;
      firstEventNumber: number;
      reads: readonly SimulatedRead[];
    }
  | {
      kind: "sale" | "return";
      eventId: string | null;
      terminalId: string;
      transactionId: string;
      sequence: number;
      atMs: number;
      lines: readonly TillLine[];
    }
  | {
      kind: "void";
      eventId: string;
      terminalId: string;
      transactionId: string;
      sequence: number;
      atMs: number;
      voidedTransactionId: string;
      lineNos: readonly number[] | null;
    }
  | {
      kind: "receipt";
      eventId: string;
      /** Null: part of the opening stock, which stands as of the start of the day (see `Timeline.openingMs`). */
      atMs: number | null;
      note: string;
      lines: readonly StockLine[];
    }
  | { kind: "position"; eventId: string; lines: readonly StockLine[] }
  | {
      kind: "transfer_out" | "transfer_in";
      eventId: string;
      atMs: number;
      transferId: string;
      /** Where it goes to or comes from. */
      otherLocationId: string;
      lines: readonly StockLine[];
    }
  | { kind: "count_started" | "count_ended"; eventId: string; atMs: number; countId: string }
  | {
      kind: "count_reads";
      eventId: string;
      atMs: number;
      countId: string;
      epcs: readonly { epcHex: string; capturedAtMs: number; zoneId: string }[];
      /** What was counted by hand. */
      quantities?: readonly { gtin: string; quantity: number; capturedAtMs: number }[];
    };

/** Units of one product. `epcs` names none, or those of them whose tags are known. */
export type StockLine = { gtin: string; quantity: number; epcs: readonly string[] };

/** A message that is due `dueMs` simulated milliseconds after the start. `topic` has no root. */
export type SimulatedMessage = { dueMs: number; locationId: string; topic: string; body: MessageBody };

/** Maps simulated milliseconds to Unix milliseconds. */
export type Timeline = {
  toUnixMs(simulatedMs: number): number;
  /** As of when the opening stock is told. The same within a UTC day, so that a repeat is recognised as one. */
  openingMs: number;
};
