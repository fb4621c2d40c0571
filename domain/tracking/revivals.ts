import type { BookParts } from "./book-parts.ts";
import { FACT_COUNT_MISSED, FACT_LEAVE, FACT_MISS, FACT_PLACE, type FactDraft } from "./fact-log.ts";
import { isGone } from "./item-going.ts";
import { STATUS_NONE } from "./item-table.ts";
import { NO_PLACE } from "./place-table.ts";
import type { StockRewrite } from "./stock-change.ts";
import { textHash } from "./text-hash.ts";

type Parts = Pick<BookParts, "items" | "log" | "looks" | "places">;

/** Items that were gone and are read again. A read that comes late may have seen them earlier than the one that told of it. */
export class Revivals {
  readonly #parts: Parts;
  /** When an item came back, as long as an earlier read may still come in. */
  readonly #cameBackAt = new Map<number, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether a read of an item on hand must be told to `rewrite` all the same. */
  isEarlier(item: number, atMs: number): boolean {
    return this.#cameBackAt.size > 0 && atMs < (this.#cameBackAt.get(item) ?? -Infinity);
  }

  /** Reads from before that time come in no more. */
  forget(location: number, beforeMs: number): void {
    for (const [item, atMs] of this.#cameBackAt) {
      if (atMs < beforeMs && this.#parts.items.location[item] === location) this.#cameBackAt.delete(item);
    }
  }

  /**
   * Adds to a rewrite what a read says of an item that is gone: it is here from then on; or it never went, where the read is from
   * before silence had it go. True when there is something to say.
   */
  add(item: number, place: number, atMs: number, rewrite: StockRewrite): boolean {
    const { items, log } = this.#parts;
    const cameBack: number[] = [];
    for (let fact = log.newestOf(rewrite.gtin); fact !== -1; fact = log.older[fact] ?? -1) {
      if (log.item[fact] !== item) continue;
      const kind = log.kind[fact] ?? 0;
      const isLater = (log.at[fact] ?? 0) > atMs;
      if (kind === FACT_PLACE && isLater) cameBack.push(fact);
      else if (isLater && this.#isMistaken(fact, atMs)) {
        rewrite.withdrawn.push(fact, ...cameBack);
        items.missedNow[item] = 0;
        this.#noteReturn(item, kind);
        return true;
      } else if (isLater) return false;
      else {
        if (cameBack.length === 0) this.#noteReturn(item, kind);
        break;
      }
    }
    if (!isGone(items.status[item] ?? STATUS_NONE) && cameBack.length === 0) return false;
    rewrite.withdrawn.push(...cameBack);
    rewrite.added.push(this.#draft(item, place, atMs));
    this.#cameBackAt.set(item, atMs);
    return true;
  }

  /** Whether the fact would not be, had the read been known: silence had it go, or a count that was under way then. */
  #isMistaken(fact: number, atMs: number): boolean {
    const { log } = this.#parts;
    const kind = log.kind[fact];
    if (kind !== FACT_COUNT_MISSED) return kind === FACT_LEAVE || kind === FACT_MISS;
    return (log.at[fact] ?? 0) - (log.quantity[fact] ?? 0) <= atMs;
  }

  /** Looks learn from it: the readers do not see all that is there. */
  #noteReturn(item: number, kind: number): void {
    if (kind === FACT_MISS) this.#parts.looks.noteReturn(this.#parts.items.lookPlace[item] ?? NO_PLACE);
  }

  #draft(item: number, place: number, atMs: number): FactDraft {
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
