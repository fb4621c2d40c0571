import { presenceAtPortal, probabilityOfPresence } from "../confidence/item-presence.ts";
import { presenceLevel, TOGETHER } from "../confidence/presence-level.ts";
import { STOCK_STATES } from "../stock-state.ts";
import type { BookParts } from "./book-parts.ts";
import { STATUS_EXITING, STATUS_PRESENT } from "./item-table.ts";
import { NO_PLACE } from "./place-table.ts";

type Parts = Pick<BookParts, "items" | "places" | "positions" | "settings" | "tracker" | "looks">;

/** Codes of items: levels, alone and together. */
const CODES = 2 * TOGETHER;
const SELLABLE = STOCK_STATES.indexOf("sellable");
/**
 * Silence says more than the record of one item admits: it is too short to know how seldom its reader misses what is there; and
 * beside the items that silence has settled others go. Found on simulated chains (docs/confidence.md), with seeds that are not
 * reported.
 */
const SAFE_SIDE = 6;
const MOST_GOING = 0.5;

/**
 * How sure it is that the sellable items of a position are there: of how many items with which presence level
 * (`presence-level.ts`), and how many sellable units the book has beside them, below zero for owed sales.
 */
export type PositionOdds = { row: number; levels: number[]; counts: number[]; unidentified: number };

/** Sums up what reads, looks and silence say of the items of locations. */
export class ItemOdds {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * The odds of every position of these locations (by index) that has a sellable item on hand, by location and position row. One
   * pass over all items; about 0.1 µs an item of another location and 0.3 µs one of these.
   */
  sumUp(isWanted: (location: number) => boolean): PositionOdds[] {
    const { items, positions } = this.#parts;
    const found: number[] = [];
    for (let item = 0; item < items.identities.rowCount; item++) {
      const status = items.status[item];
      if (status !== STATUS_PRESENT && status !== STATUS_EXITING) continue;
      if (items.state[item] !== SELLABLE || !isWanted(items.location[item] ?? 0)) continue;
      const row = positions.findRow(items.location[item] ?? 0, items.gtin[item] ?? 0);
      if (row >= 0) found.push(row * CODES + this.#codeOf(item));
    }
    return this.#grouped(Float64Array.from(found).sort());
  }

  #grouped(sorted: Float64Array): PositionOdds[] {
    const { positions } = this.#parts;
    const all: PositionOdds[] = [];
    for (const one of sorted) {
      const row = Math.floor(one / CODES);
      const level = one % CODES;
      let last = all.at(-1);
      if (last?.row !== row) {
        last = { row, levels: [], counts: [], unidentified: positions.quantityAt(row, SELLABLE) };
        all.push(last);
      }
      const group = last.levels.length - 1;
      if (last.levels[group] === level) last.counts[group] = (last.counts[group] ?? 0) + 1;
      else {
        last.levels.push(level);
        last.counts.push(1);
      }
      last.unidentified -= 1;
    }
    return all;
  }

  #codeOf(item: number): number {
    const level = presenceLevel(this.presenceOf(item));
    return this.#portalOf(item) === null ? level : level + TOGETHER;
  }

  /** The portal where it was read last; null where it stands elsewhere, or was told of since. */
  #portalOf(item: number): "dock" | "exit" | null {
    const { items, places, tracker } = this.#parts;
    if ((items.lastSeenAt[item] ?? 0) > tracker.newestAt(item)) return null;
    const place = items.place[item] ?? NO_PLACE;
    return places.isExit(place) ? "exit" : places.isDock(place) ? "dock" : null;
  }

  /** P(an item on hand is there), as of the time of its location: where nothing comes in, time stands still. */
  presenceOf(item: number): number {
    const { items, looks, settings, tracker } = this.#parts;
    const location = items.location[item] ?? 0;
    const seenMs = items.lastSeenAt[item] ?? 0;
    const silentMs = Math.max(0, looks.flow.nowAt(location) - seenMs);
    const portal = this.#portalOf(item);
    if (portal !== null) return presenceAtPortal(portal, looks.flow.silence(location, seenMs));
    // Told of since its last read: nobody knows where it stands, and who should see it.
    const isRead = seenMs <= tracker.newestAt(item);
    return probabilityOfPresence({
      goingPerDay: Math.min(MOST_GOING, SAFE_SIDE * looks.goingPerDay(location)),
      record: looks.recordOf(item),
      silentMs,
      missedLooks: isRead && settings.at(location).absence ? looks.missedLooks(item) : 0,
    });
  }
}
