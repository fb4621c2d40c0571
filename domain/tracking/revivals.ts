import type { BookParts } from "./book-parts.ts";
import { FACT_COUNT_MISSED, FACT_LEAVE, FACT_MISS, FACT_PLACE, type FactDraft } from "./fact-log.ts";
import { isGone } from "./item-going.ts";
import { STATUS_NONE } from "./item-table.ts";
import type { SeenAt } from "./place-history.ts";
import { NO_PLACE } from "./place-table.ts";
import type { StockRewrite } from "./stock-change.ts";
import { textHash } from "./text-hash.ts";

type Parts = Pick<BookParts, "items" | "log" | "looks" | "places" | "tracker">;

/**
 * When an item came back. `isOwn`: a fact of ours says so; else its arrival somewhere does, which its reads tell. `missedAt`: the
 * place whose looks had missed it, `NO_PLACE` for none.
 */
type Return = { atMs: number; isOwn: boolean; missedAt: number };

/** The newest fact of an item that is none of its reads, -1 for none, and what its reads have told since. */
type Course = { fact: number; places: number[] };

/**
 * Items that were gone and are read again. The first read after it went that has the item where it was read brings it back,
 * whichever of its reads came in first: as long as earlier ones may still come in, each of them is weighed anew.
 */
export class Revivals {
  readonly #parts: Parts;
  readonly #returns = new Map<number, Return>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether a read of an item on hand must be told to `settle` all the same. */
  isEarlier(item: number, atMs: number): boolean {
    return this.#returns.size > 0 && atMs < (this.#returns.get(item)?.atMs ?? -Infinity);
  }

  /** Reads from before that time come in no more: who came back before it did so for good, and looks learn from it. */
  settleBefore(location: number, beforeMs: number): void {
    for (const [item, { atMs, missedAt }] of this.#returns) {
      if (atMs >= beforeMs || this.#parts.items.location[item] !== location) continue;
      this.#returns.delete(item);
      this.#parts.looks.noteReturn(missedAt);
    }
  }

  /** Items that are back by now and were still gone then. */
  stillGone(atMs: number): ReadonlySet<number> {
    const gone = new Set<number>();
    for (const [item, back] of this.#returns) if (back.atMs >= atMs) gone.add(item);
    return gone;
  }

  /**
   * Adds to a rewrite what a read says of an item that is gone, or was: that it never went, where the read is from before silence
   * had it go; else when it came back, by all its reads known now.
   */
  settle(item: number, read: SeenAt, rewrite: StockRewrite): void {
    const { items, log, tracker } = this.#parts;
    const isOut = isGone(items.status[item] ?? STATUS_NONE);
    if (!isOut && !this.#returns.has(item)) return;
    const { fact, places } = this.#courseOf(item, rewrite.gtin);
    if (fact === -1 && !isOut) {
      this.#returns.delete(item);
      return;
    }
    const known = this.#returnSince(item, fact);
    // What lies that far back is settled.
    if (known !== undefined && known.atMs <= (items.baseAt[item] ?? -Infinity)) return;
    const own = known?.isOwn === true ? places.find((place) => log.at[place] === known.atMs) : undefined;
    const seen = tracker.history.seenSince(item, fact === -1 ? read.atMs : (log.at[fact] ?? 0));
    if (fact !== -1 && (this.#isMistaken(item, fact, read) || seen?.atMs === log.at[fact])) {
      rewrite.withdrawn.push(fact, ...(own === undefined ? [] : [own]));
      items.missedNow[item] = 0;
      this.#returns.delete(item);
      this.#parts.looks.noteReturn(this.#missedAt(item, log.kind[fact]));
      return;
    }
    const isKept = own !== undefined && this.#isAt(own, seen);
    if (own !== undefined && !isKept) rewrite.withdrawn.push(own);
    if (seen === null) {
      this.#returns.delete(item);
      return;
    }
    const draft = this.#draft(item, seen);
    const isTold =
      rewrite.added.some((one) => one.atMs === draft.atMs && one.location === draft.location) ||
      places.some((place) => this.#isAt(place, seen) && !rewrite.withdrawn.includes(place));
    if (!isTold) rewrite.added.push(draft);
    const isBack = log.location[fact] === draft.location;
    const missedAt = isBack ? (known?.missedAt ?? this.#missedAt(item, log.kind[fact])) : NO_PLACE;
    this.#returns.set(item, { atMs: seen.atMs, isOwn: isKept || !isTold, missedAt });
  }

  /**
   * That an item which goes, by that fact, is back there, by a read that is known already; null when none is; "stayed" when it was
   * read in that very instant.
   */
  next({ kind, item, location, atMs }: FactDraft): FactDraft | "stayed" | null {
    const seen = this.#parts.tracker.history.seenSince(item, atMs);
    if (seen === null) {
      this.#returns.delete(item);
      return null;
    }
    // Its arrival elsewhere is told by its reads.
    const isOwn = this.#parts.places.locationAt(seen.place) === location;
    const missedAt = isOwn ? this.#missedAt(item, kind) : NO_PLACE;
    if (isOwn && seen.atMs === atMs) {
      this.#parts.items.missedNow[item] = 0;
      this.#parts.looks.noteReturn(missedAt);
      return "stayed";
    }
    this.#returns.set(item, { atMs: seen.atMs, isOwn, missedAt });
    return isOwn ? this.#draft(item, seen) : null;
  }

  /** Its return, unless it has gone again since, by that fact. */
  #returnSince(item: number, fact: number): Return | undefined {
    const known = this.#returns.get(item);
    const goneAtMs = fact === -1 ? -Infinity : (this.#parts.log.at[fact] ?? -Infinity);
    return known !== undefined && known.atMs >= goneAtMs ? known : undefined;
  }

  #courseOf(item: number, gtin: number): Course {
    const { log } = this.#parts;
    const places: number[] = [];
    for (let fact = log.newestOf(gtin); fact !== -1; fact = log.older[fact] ?? -1) {
      if (log.item[fact] !== item) continue;
      if (log.kind[fact] !== FACT_PLACE) return { fact: isGoing(log.kind[fact] ?? 0) ? fact : -1, places };
      places.push(fact);
    }
    return { fact: -1, places };
  }

  #isAt(fact: number, seen: SeenAt | null): boolean {
    const { log, places } = this.#parts;
    return (
      seen !== null && log.at[fact] === seen.atMs && log.location[fact] === places.locationAt(seen.place)
    );
  }

  /** Whether the fact would not be, had the read been known: silence had it go, or a count that was under way then. */
  #isMistaken(item: number, fact: number, { atMs, place }: SeenAt): boolean {
    const { log, places, tracker } = this.#parts;
    const goneAtMs = log.at[fact] ?? 0;
    if (atMs > goneAtMs || places.locationAt(place) !== tracker.locationOf(item)) return false;
    return log.kind[fact] !== FACT_COUNT_MISSED || goneAtMs - (log.quantity[fact] ?? 0) <= atMs;
  }

  /** The place where looks missed it, if that is why it was gone: its readers do not see all that is there. */
  #missedAt(item: number, kind: number | undefined): number {
    return kind === FACT_MISS ? (this.#parts.items.lookPlace[item] ?? NO_PLACE) : NO_PLACE;
  }

  #draft(item: number, { atMs, place }: SeenAt): FactDraft {
    const { items, places } = this.#parts;
    return {
      kind: FACT_PLACE,
      gtin: items.gtin[item] ?? 0,
      atMs,
      item,
      location: places.locationAt(place),
      state: 0,
      quantity: places.isDock(place) ? 1 : 0,
      tie: textHash(items.identities.identityAt(item)),
      detail: null,
    };
  }
}

function isGoing(kind: number): boolean {
  return kind === FACT_LEAVE || kind === FACT_MISS || kind === FACT_COUNT_MISSED;
}
