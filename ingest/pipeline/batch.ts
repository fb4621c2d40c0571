import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { CommittedEvent } from "./event-rows.ts";
import { ReadRows } from "./read-rows.ts";
import type { TrackerChange } from "./tracker-change.ts";

/** A message that could not be understood, kept with its bytes. */
export type DeadLetter = {
  deadLetterId: string;
  receivedAtMs: number;
  topic: string;
  locationId: string;
  sourceId: string;
  code: string;
  detail: string;
  payload: Uint8Array;
};

/** A receipt and whom it is for. */
export type AddressedReceipt = { client: string; receipt: Receipt };

type Done = (outcome: "durable" | "failed") => void;

/**
 * What is written together and acknowledged together: raw reads, ledger events, receipts, dead letters, and the
 * messages they came from.
 */
export class Batch {
  readonly reads = new ReadRows();
  readonly events: CommittedEvent[] = [];
  readonly receipts: AddressedReceipt[] = [];
  readonly deadLetters: DeadLetter[] = [];
  readonly trackerChanges: TrackerChange[] = [];
  readonly #messages: Done[] = [];
  #oldestMessageMs: number | null = null;
  /** Names the batch in deduplication tokens: a retry carries the same, no other batch ever does. */
  readonly token: string;

  constructor(token: string) {
    this.token = token;
  }

  get messages(): number {
    return this.#messages.length;
  }

  /** When the message that has waited longest came in; null when no message is in it. */
  get oldestMessageMs(): number | null {
    return this.#oldestMessageMs;
  }

  /** Rows that this batch will write. */
  get rows(): number {
    const { reads, events, receipts, deadLetters, trackerChanges } = this;
    return reads.size + events.length + receipts.length + deadLetters.length + trackerChanges.length;
  }

  addMessage(receivedAtMs: number, done: Done): void {
    this.#oldestMessageMs ??= receivedAtMs;
    this.#messages.push(done);
  }

  addEvent(event: LedgerEvent, ordinal: number, bodyHash: bigint): void {
    this.events.push({ event, ordinal, bodyHash });
  }

  /** Tells every message's source what became of it. */
  settle(outcome: "durable" | "failed"): void {
    for (const done of this.#messages) done(outcome);
  }
}
