import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { TrackingConfiguration } from "../../domain/tracking/tracking-configuration.ts";
import type { NewlyKnown } from "../newly-known.ts";
import type { StoredMessages } from "./stored-messages.ts";

/** One thing that happened, in the order in which ingest took it. */
export type ReplayStep = { ordinal: number } & (
  | MessageStep
  /** What a till or another system said, and what it came to. */
  | { kind: "said"; event: LedgerEvent }
  /** What reads and silence came to: not done again, but compared. */
  | { kind: "decided"; event: LedgerEvent }
  | { kind: "configured"; configuration: TrackingConfiguration }
  | { kind: "started" }
  | { kind: "took_waiting"; readers: readonly string[] | null }
  | { kind: "took_newly_known"; news: NewlyKnown | null }
);

/** A message of reads: those of `row` from `first` on, before `end`. */
export type MessageStep = { kind: "message"; row: StoredMessages; first: number; end: number };
