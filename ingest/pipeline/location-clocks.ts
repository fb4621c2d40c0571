import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";

/** A location's time moves on in steps of at least this much: more often would only cost. */
const stepMs = 1000;
const nothing: readonly LedgerEvent[] = [];

/**
 * The time of each location, by its own reads and events: the newest of them less the reorder window. Where nothing
 * comes in it stands still, so a dead network makes nothing missing. Tell it of a read or an event before the book is told:
 * then what silence decided is in the ledger before what broke it.
 */
export class LocationClocks {
  readonly #newest = new Map<string, number>();
  readonly #book: Pick<StockBook, "advance">;
  readonly #reorderWindowMs: number;

  constructor(book: Pick<StockBook, "advance">, reorderWindowMs: number) {
    this.#book = book;
    this.#reorderWindowMs = reorderWindowMs;
  }

  /**
   * Something happened at the location at `atMs`, by the clock of its source, and came in at `receivedAtMs`: a source whose clock
   * is ahead does not take the location's time with it. Returns what silence has decided meanwhile, to be committed first.
   */
  passed(locationId: string, atMs: number, receivedAtMs: number): readonly LedgerEvent[] {
    // Steps are whole seconds, so that a replay that begins somewhere in the middle takes the same ones.
    const newestMs = Math.floor(Math.min(atMs, receivedAtMs) / stepMs) * stepMs;
    const known = this.#newest.get(locationId);
    if (known !== undefined && newestMs <= known) return nothing;
    this.#newest.set(locationId, newestMs);
    return this.#book.advance(locationId, newestMs - this.#reorderWindowMs);
  }
}
