import { type ItemTable, SLOTS } from "./item-table.ts";
import type { PlaceBelief } from "./place-belief.ts";
import { NO_PLACE, type PlaceTable } from "./place-table.ts";
import type { RecentReads } from "./recent-reads.ts";

/**
 * A spell without reads: where the item was, how many reads in a row it had there at last, of those of the last seconds, when the
 * last was, and when the next one came, -1 for none.
 */
export type Silence = {
  place: number;
  readsThere: number;
  lastAtMs: number;
  nextAtMs: number;
};

/** A read that had the item where it was read. */
export type SeenAt = { atMs: number; place: number };

/** Answers from the recent reads of items: what was believed a few seconds ago, and when it was silent. */
export class PlaceHistory {
  readonly #items: ItemTable;
  readonly #places: PlaceTable;
  readonly #reads: RecentReads;
  readonly #belief: PlaceBelief;

  constructor(parts: { items: ItemTable; places: PlaceTable; reads: RecentReads; belief: PlaceBelief }) {
    this.#items = parts.items;
    this.#places = parts.places;
    this.#reads = parts.reads;
    this.#belief = parts.belief;
  }

  /** The newest time known of the item's place, -Infinity for none. */
  newestAt(row: number): number {
    const newest = this.#items.newestRead[row] ?? -1;
    return (newest === -1 ? this.#items.baseAt[row] : this.#reads.at[newest]) ?? -Infinity;
  }

  /**
   * From when on two reads since then have the item in its present location; -1 when they do not. It is the time of the
   * second read where that is among the recent ones, else the instant after `sinceMs`.
   */
  outweighedAt(row: number, sinceMs: number): number {
    const belief = this.#belief;
    belief.load(this.#items, row);
    if (belief.hereBeforeAt > sinceMs) return sinceMs + 1;
    const reads = this.#reads;
    for (let cell = this.#items.oldestRead[row] ?? -1; cell !== -1; cell = reads.newer[cell] ?? -1) {
      this.#stepCell(cell);
      if (belief.hereBeforeAt <= sinceMs || belief.location !== this.#locationOf(row)) continue;
      return reads.at[cell] ?? 0;
    }
    return -1;
  }

  /** The newest read before an instant, -Infinity for none; reads that are folded in already count with their newest. */
  lastBefore(row: number, atMs: number): number {
    const reads = this.#reads;
    for (let cell = this.#items.newestRead[row] ?? -1; cell !== -1; cell = reads.older[cell] ?? -1) {
      const readAt = reads.at[cell] ?? 0;
      if (readAt < atMs) return readAt;
    }
    const baseAt = this.#items.baseAt[row] ?? -Infinity;
    return baseAt < atMs ? baseAt : -Infinity;
  }

  /** Where the reads before an instant had the item, `NO_PLACE` when they were no evidence. */
  placeBefore(row: number, atMs: number): number {
    const items = this.#items;
    if (this.newestAt(row) < atMs)
      return items.isEvidenced[row] === 1 ? (items.place[row] ?? NO_PLACE) : NO_PLACE;
    const belief = this.#belief;
    const reads = this.#reads;
    belief.load(this.#items, row);
    for (let cell = this.#items.oldestRead[row] ?? -1; cell !== -1; cell = reads.newer[cell] ?? -1) {
      if ((reads.at[cell] ?? 0) >= atMs) break;
      this.#stepCell(cell);
    }
    return belief.isEvidenced ? belief.place : NO_PLACE;
  }

  /**
   * The first recent read from `sinceMs` on that has the item in the location where it was read; null when there is none. A read
   * somewhere else that does not move it says nothing of whether it is where it was.
   */
  seenSince(row: number, sinceMs: number): SeenAt | null {
    if (this.newestAt(row) < sinceMs) return null;
    const belief = this.#belief;
    const reads = this.#reads;
    belief.load(this.#items, row);
    for (let cell = this.#items.oldestRead[row] ?? -1; cell !== -1; cell = reads.newer[cell] ?? -1) {
      this.#stepCell(cell);
      const atMs = reads.at[cell] ?? 0;
      const place = reads.place[cell] ?? NO_PLACE;
      if (atMs < sinceMs || !belief.isEvidenced) continue;
      if (belief.location === this.#places.locationAt(place)) return { atMs, place };
    }
    return null;
  }

  /**
   * The spells without a read of one item among its recent reads, oldest first, and the one that lasts. What came in from after
   * `untilMs` only ends them.
   */
  silences(row: number, untilMs: number): Silence[] {
    const belief = this.#belief;
    const reads = this.#reads;
    const found: Silence[] = [];
    belief.load(this.#items, row);
    let lastAtMs = this.#items.baseAt[row] ?? -Infinity;
    const baseLastAt = this.#items.baseLastAt[row * SLOTS] ?? 0;
    let lastPlace = baseLastAt >= lastAtMs ? belief.place : NO_PLACE;
    let inARow = baseLastAt === Infinity ? 2 : 1;
    const end = (nextAtMs: number) => {
      if (lastAtMs >= untilMs || !belief.isEvidenced) return;
      const readsThere = belief.place === lastPlace ? inARow : 0;
      found.push({ place: belief.place, readsThere, lastAtMs, nextAtMs });
    };
    for (let cell = this.#items.oldestRead[row] ?? -1; cell !== -1; cell = reads.newer[cell] ?? -1) {
      const atMs = reads.at[cell] ?? 0;
      if (lastAtMs !== -Infinity) end(atMs);
      this.#stepCell(cell);
      inARow = reads.place[cell] === lastPlace ? inARow + 1 : 1;
      lastPlace = reads.place[cell] ?? NO_PLACE;
      lastAtMs = atMs;
    }
    if (lastAtMs !== -Infinity) end(-1);
    return found;
  }

  #locationOf(row: number): number {
    if (this.#items.isEvidenced[row] !== 1) return -1;
    return this.#places.locationAt(this.#items.place[row] ?? NO_PLACE);
  }

  #stepCell(cell: number): void {
    const reads = this.#reads;
    const place = reads.place[cell] ?? NO_PLACE;
    this.#belief.step(place, reads.at[cell] ?? 0, reads.rssi[cell] ?? Number.NaN);
  }
}
