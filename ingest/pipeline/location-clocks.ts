import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";

/** A location's time moves on in steps of at least this much: more often would only cost. */
const stepMs = 1000;
/** A read that comes in so long after it was seen is part of a backlog. */
const lateMs = 60_000;
/** A backlog has ended when nothing late has come in for so long: readers of a store do not all come back in the same second. */
const quietMs = 30_000;
/** A backlog is waited for at most this long, so that a reader which is always late does not stop time. */
const longestWaitMs = 15 * 60_000;
const nothing: readonly LedgerEvent[] = [];

type LocationTime = {
  newestMs: number;
  /** Its reads came in as they were seen, before the backlog that is under way if one is. */
  isLive: boolean;
  /** When late reads began to come in, and when the last one did, by the time of intake. */
  lateSinceMs: number;
  lateAtMs: number;
  isWaiting: boolean;
};

/**
 * The time of each location, by its own reads and events: the newest of them less the reorder window. Where nothing
 * comes in it stands still, so a dead network makes nothing missing. It stands still too while a location that was cut off
 * delivers what its readers kept: one that heard little is done long before the others, and what they are still to deliver is
 * no silence. Tell it of a read or an event before the book is told: then what silence decided is in the ledger before what
 * broke it.
 */
export class LocationClocks {
  readonly #times = new Map<string, LocationTime>();
  readonly #book: Pick<StockBook, "advance">;
  readonly #reorderWindowMs: number;

  constructor(book: Pick<StockBook, "advance">, reorderWindowMs: number) {
    this.#book = book;
    this.#reorderWindowMs = reorderWindowMs;
  }

  /**
   * A reader saw a tag at `atMs`, and the message came in at `takenAtMs`, by which alone it is known what is late: a replay
   * knows the same. Returns what silence has decided meanwhile, to be committed first.
   */
  readCame(locationId: string, atMs: number, takenAtMs: number): readonly LedgerEvent[] {
    const time = this.#timeOf(locationId);
    const isLate = takenAtMs - atMs > lateMs;
    const wasBacklog = takenAtMs - time.lateAtMs < quietMs;
    if (isLate) {
      if (!wasBacklog) time.lateSinceMs = takenAtMs;
      time.lateAtMs = takenAtMs;
    }
    const isBacklog = isLate || wasBacklog;
    if (!isBacklog) time.isLive = true;
    // What is fed from long ago, and what is always late, has no other time than its own.
    else if (takenAtMs - time.lateSinceMs > longestWaitMs) time.isLive = false;
    time.isWaiting = isBacklog && time.isLive;
    return this.#moveOn(locationId, time, atMs, takenAtMs);
  }

  /**
   * Something else happened at the location at `atMs`, by the clock of its source, and came in at `takenAtMs`: a source whose
   * clock is ahead does not take the location's time with it. Returns what silence has decided meanwhile.
   */
  passed(locationId: string, atMs: number, takenAtMs: number): readonly LedgerEvent[] {
    return this.#moveOn(locationId, this.#timeOf(locationId), atMs, takenAtMs);
  }

  #moveOn(locationId: string, time: LocationTime, atMs: number, takenAtMs: number): readonly LedgerEvent[] {
    if (time.isWaiting) return nothing;
    // Steps are whole seconds, so that a replay that begins somewhere in the middle takes the same ones.
    const newestMs = Math.floor(Math.min(atMs, takenAtMs) / stepMs) * stepMs;
    if (newestMs <= time.newestMs) return nothing;
    time.newestMs = newestMs;
    return this.#book.advance(locationId, newestMs - this.#reorderWindowMs);
  }

  #timeOf(locationId: string): LocationTime {
    let time = this.#times.get(locationId);
    if (time === undefined) {
      time = {
        newestMs: -Infinity,
        isLive: false,
        lateSinceMs: -Infinity,
        lateAtMs: -Infinity,
        isWaiting: false,
      };
      this.#times.set(locationId, time);
    }
    return time;
  }
}
