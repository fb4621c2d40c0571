import { presenceAtPortal, probabilityOfPresence } from "../confidence/item-presence.ts";
import { PRESENCE_LEVELS, presenceLevel } from "../confidence/presence-level.ts";
import { STOCK_STATES } from "../stock-state.ts";
import type { BookParts } from "./book-parts.ts";
import { STATUS_EXITING, STATUS_PRESENT } from "./item-table.ts";
import { NO_PLACE } from "./place-table.ts";

type Parts = Pick<BookParts, "items" | "places" | "positions" | "settings" | "tracker" | "looks">;

const SELLABLE = STOCK_STATES.indexOf("sellable");
/**
 * For each item that silence has settled as missing others went that it has not settled yet, or that a sale or a transfer did.
 * Found on simulated chains (docs/confidence.md), with seeds that are not reported.
 */
const UNSETTLED = 3;
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
      if (row >= 0) found.push(row * PRESENCE_LEVELS + presenceLevel(this.presenceOf(item)));
    }
    return this.#grouped(Float64Array.from(found).sort());
  }

  #grouped(sorted: Float64Array): PositionOdds[] {
    const { positions } = this.#parts;
    const all: PositionOdds[] = [];
    for (const one of sorted) {
      const row = Math.floor(one / PRESENCE_LEVELS);
      const level = one % PRESENCE_LEVELS;
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

  /** P(an item on hand is there), as of the time of its location: where nothing comes in, time stands still. */
  presenceOf(item: number): number {
    const { items, looks, places, settings, tracker } = this.#parts;
    const location = items.location[item] ?? 0;
    const seenMs = items.lastSeenAt[item] ?? 0;
    const silentMs = Math.max(0, looks.flow.nowAt(location) - seenMs);
    // Told of since its last read: nobody knows where it stands, and who should see it.
    const isRead = seenMs <= tracker.newestAt(item);
    const place = items.place[item] ?? NO_PLACE;
    const portal = places.isExit(place) ? "exit" : places.isDock(place) ? "dock" : null;
    if (isRead && portal !== null) return presenceAtPortal(portal, looks.flow.silence(location, seenMs));
    return probabilityOfPresence({
      goingPerDay: Math.min(MOST_GOING, UNSETTLED * looks.goingPerDay(location)),
      record: looks.recordOf(item),
      silentMs,
      missedLooks: isRead && settings.at(location).absence ? looks.missedLooks(item) : 0,
    });
  }
}
