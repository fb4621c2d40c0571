import { Batch } from "./batch.ts";

export type CommitterDeps = {
  /** Makes a batch durable; false when the attempts were ended before it was. */
  write(batch: Batch): Promise<boolean>;
  /** After a batch is durable and acknowledged. */
  onCommitted(batch: Batch): void;
  /** Prefix of deduplication tokens, unique for this run of the process. */
  runId: string;
  /** Spans of time are measured by it, never a time told. */
  nowMs(): number;
};

/** Intake is taken as idle when nothing came for this long: waiting on would only delay what is there. */
const idleMs = 5;
/** Commits begin at least this far apart: an INSERT costs the processor 10 to 30 ms, however few rows it has. */
const spacingMs = 100;
/** Under load a batch is closed after this long; it bounds what a commit adds to the way of a read. */
const maxAgeMs = 200;
/** … or at this many rows, whichever is first. */
const maxRows = 50_000;

/**
 * Gathers messages into batches and commits them one after the other: one batch is being written while the next one
 * fills. Sequences are given when a message is applied, so the order of batches is the order of the ledger.
 */
export class Committer {
  readonly #deps: CommitterDeps;
  #current: Batch;
  #batchNumber = 0;
  #openedAtMs = 0;
  #closedAtMs = 0;
  #messagesAtLastTick = 0;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #hasFailed = false;

  constructor(deps: CommitterDeps) {
    this.#deps = deps;
    this.#current = this.#newBatch();
  }

  /** The batch that is filling. Call `touched` after adding to it. */
  get current(): Batch {
    return this.#current;
  }

  touched(): void {
    if (this.#timer !== null) return;
    this.#openedAtMs = this.#deps.nowMs();
    this.#messagesAtLastTick = this.#current.messages;
    this.#timer = setTimeout(() => this.#tick(), idleMs);
  }

  /** Writes what is there and resolves when it is durable; rejects nothing, `false` when it could not be written. */
  async flush(): Promise<boolean> {
    while (this.#writing !== null) await this.#writing;
    if (this.#current.rows > 0 || this.#current.messages > 0) {
      await this.#close();
    }
    return !this.#hasFailed;
  }

  #tick(): void {
    this.#timer = null;
    const nowMs = this.#deps.nowMs();
    const isSpaced = nowMs - this.#closedAtMs >= spacingMs;
    const isIdle = isSpaced && this.#current.messages === this.#messagesAtLastTick;
    const isFull = this.#current.rows >= maxRows || nowMs - this.#openedAtMs >= maxAgeMs;
    if (this.#writing === null && (isIdle || isFull)) {
      void this.#close();
      return;
    }
    this.#messagesAtLastTick = this.#current.messages;
    this.#timer = setTimeout(() => this.#tick(), idleMs);
  }

  #close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#closedAtMs = this.#deps.nowMs();
    const batch = this.#current;
    this.#current = this.#newBatch();
    const writing = this.#commit(batch).finally(() => {
      this.#writing = null;
      // What came in meanwhile has waited long enough.
      if (this.#current.messages > 0 || this.#current.rows > 0) this.touched();
    });
    this.#writing = writing;
    return writing;
  }

  async #commit(batch: Batch): Promise<void> {
    // After one batch could not be written, none behind it may be: their sequences come after its own.
    const isDurable = !this.#hasFailed && (await this.#deps.write(batch));
    if (!isDurable) {
      this.#hasFailed = true;
      batch.settle("failed");
      return;
    }
    batch.settle("durable");
    this.#deps.onCommitted(batch);
  }

  #newBatch(): Batch {
    this.#batchNumber += 1;
    return new Batch(`${this.#deps.runId}-${this.#batchNumber}`);
  }
}
