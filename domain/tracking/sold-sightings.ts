import type { BookParts } from "./book-parts.ts";
import { FACT_LEAVE, FACT_SALE, FACT_SALE_BY_GTIN } from "./fact-log.ts";

type Parts = Pick<BookParts, "items" | "log" | "places" | "settings">;

/** A spell ends when nobody reads the item for this share of the time that it must last. */
const GAP_SHARE = 4;
const MAX_SPELLS = 20_000;

type Spell = { sinceMs: number; lastMs: number; soldAtMs: number; isListed: boolean };

/**
 * Sold items that are still read where goods stand. A shopper on the way out is no news; one that stays for `soldSeenMs`, or
 * is back later than `soldQuietMs` after the sale, came back without a return: people should look.
 */
export class SoldSightings {
  readonly #parts: Parts;
  readonly #spells = new Map<number, Spell>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** True for the read that makes it worth telling, once a spell. */
  note(item: number, place: number, atMs: number): boolean {
    const { places, settings } = this.#parts;
    if (!places.isDwelling(place)) return false;
    const { dedupeWindowMs, soldQuietMs, soldSeenMs } = settings.at(places.locationAt(place));
    let spell = this.#spells.get(item);
    if (spell === undefined || atMs > spell.lastMs + soldSeenMs / GAP_SHARE) {
      this.#forgetOldest();
      spell = { sinceMs: atMs, lastMs: atMs, soldAtMs: this.#soldAtMs(item, atMs), isListed: false };
      this.#spells.set(item, spell);
    }
    spell.lastMs = Math.max(spell.lastMs, atMs);
    const isQuiet = spell.lastMs - spell.soldAtMs <= soldQuietMs;
    const neededMs = isQuiet ? soldSeenMs : Math.min(soldSeenMs, dedupeWindowMs);
    if (spell.isListed || spell.lastMs - spell.sinceMs < neededMs) return false;
    spell.isListed = true;
    return true;
  }

  #forgetOldest(): void {
    if (this.#spells.size < MAX_SPELLS) return;
    const oldest = this.#spells.keys().next();
    if (oldest.done !== true) this.#spells.delete(oldest.value);
  }

  /** When it was sold; where that is forgotten, as if it were now: then it must stay to be told of. */
  #soldAtMs(item: number, nowMs: number): number {
    const { items, log } = this.#parts;
    for (let fact = log.newestOf(items.gtin[item] ?? 0); fact !== -1; fact = log.older[fact] ?? -1) {
      const kind = log.kind[fact];
      const isNamed = log.item[fact] === item && (kind === FACT_SALE || kind === FACT_LEAVE);
      const isTaken =
        kind === FACT_SALE_BY_GTIN && log.details.get(fact)?.taken.some((taken) => taken.item === item);
      if (isNamed || isTaken === true) return log.at[fact] ?? nowMs;
    }
    return nowMs;
  }
}
