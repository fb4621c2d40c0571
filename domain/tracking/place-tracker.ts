import type { ItemTable } from "./item-table.ts";
import type { CountSessions } from "./count-sessions.ts";
import type { LocationSettings } from "./location-settings.ts";
import { PlaceBelief } from "./place-belief.ts";
import { PlaceHistory } from "./place-history.ts";
import { NO_PLACE, type PlaceTable } from "./place-table.ts";
import { RecentReads } from "./recent-reads.ts";
import type { StockBookSettings } from "./stock-book-settings.ts";

/** From this instant its reads have the item in the location of that place. */
export type Arrival = { atMs: number; place: number };

/** What a read did to the belief of where an item is. */
export type PlaceChange = { arrivals: Arrival[]; withdrawn: Arrival[] };

export type PlaceOutcome = "too_old" | "repeat" | "same" | "changed";

/**
 * Where items are, by their reads. The result is that of folding an item's reads in the order of their times, whatever the
 * order of their arrival within the reorder window: a late read is put where it belongs and what came after it is folded
 * again. An equal time at the same place is the same read; a read older than the window changes nothing.
 */
export class PlaceTracker {
  /** What the last `note` that answered "changed" did. */
  change: PlaceChange = { arrivals: [], withdrawn: [] };
  reordered = 0;
  /** What recent reads tell beside where the item is now. */
  readonly history: PlaceHistory;
  readonly #reads: RecentReads;
  readonly #belief: PlaceBelief;
  readonly #items: ItemTable;
  readonly #places: PlaceTable;
  readonly #windowMs: number;

  constructor(parts: {
    limits: StockBookSettings;
    settings: LocationSettings;
    items: ItemTable;
    places: PlaceTable;
    counts: CountSessions;
  }) {
    this.#items = parts.items;
    this.#places = parts.places;
    this.#windowMs = parts.limits.reorderWindowMs;
    this.#reads = new RecentReads(parts.limits.maxRecentReads, parts.items);
    this.#belief = new PlaceBelief(parts.settings, parts.places, parts.counts);
    this.history = new PlaceHistory({ ...parts, reads: this.#reads, belief: this.#belief });
  }

  get byteLength(): number {
    return this.#reads.byteLength;
  }

  /** The newest time known of the item's place, -Infinity for none. */
  newestAt(row: number): number {
    return this.history.newestAt(row);
  }

  note(row: number, place: number, atMs: number, rssiDbm: number): PlaceOutcome {
    const items = this.#items;
    const newest = items.newestRead[row] ?? -1;
    const newestAt = (newest === -1 ? items.baseAt[row] : this.#reads.at[newest]) ?? -Infinity;
    if (atMs > newestAt) {
      // Its own place once more: nothing that is believed can change, so nothing is folded.
      const isSame = items.isEvidenced[row] === 1 && items.place[row] === place;
      if (isSame) {
        this.#reads.insert(row, newest, { place, atMs, rssiDbm });
        this.#releaseOld();
        return "same";
      }
      return this.#noteNewest(row, newest, place, atMs, rssiDbm);
    }
    if (atMs <= (items.baseAt[row] ?? -Infinity) || atMs < newestAt - this.#windowMs) return "too_old";
    return this.#noteEarlier(row, place, atMs, rssiDbm);
  }

  /** The location that the item's reads are evidence for, -1 when they are evidence for none. */
  locationOf(row: number): number {
    if (this.#items.isEvidenced[row] !== 1) return -1;
    return this.#places.locationAt(this.#items.place[row] ?? NO_PLACE);
  }

  /** An item from before this book lived: at that place as of that time, `NO_PLACE` when it must prove itself anew. */
  restore(row: number, place: number, atMs: number): void {
    this.forget(row);
    const items = this.#items;
    this.#belief.load(items, row);
    if (place !== NO_PLACE) this.#belief.restore(place);
    this.#belief.store(items, row);
    items.baseAt[row] = atMs;
    items.place[row] = place;
    items.isEvidenced[row] = place === NO_PLACE ? 0 : 1;
  }

  /** An item that another ingest saw last at `atMs`: as if our own reader had read it there once. */
  restoreElsewhere(row: number, place: number, atMs: number): void {
    this.forget(row);
    const items = this.#items;
    this.#belief.load(items, row);
    this.#belief.restoreElsewhere(place, atMs);
    this.#belief.store(items, row);
    items.baseAt[row] = Math.max(atMs, items.baseAt[row] ?? -Infinity);
    items.place[row] = place;
    items.isEvidenced[row] = 1;
  }

  /** Forgets the reads of an item that is about to be removed. */
  forget(row: number): void {
    while (this.#items.oldestRead[row] !== -1) this.#reads.releaseOldestOf(row);
  }

  #noteNewest(row: number, newest: number, place: number, atMs: number, rssiDbm: number): PlaceOutcome {
    const items = this.#items;
    const belief = this.#belief;
    this.#fold(row);
    const placeBefore = belief.place;
    const locationBefore = belief.isEvidenced ? belief.location : -1;
    const wasEvidenced = belief.isEvidenced;
    belief.step(place, atMs, Math.fround(rssiDbm));
    this.#reads.insert(row, newest, { place, atMs, rssiDbm });
    const { place: placeNow, location, isEvidenced } = belief;
    this.#releaseOld();
    if (placeNow === placeBefore && isEvidenced === wasEvidenced) return "same";
    items.place[row] = placeNow;
    items.isEvidenced[row] = isEvidenced ? 1 : 0;
    const hasArrived = isEvidenced && location !== locationBefore;
    this.change = { arrivals: hasArrived ? [{ atMs, place: placeNow }] : [], withdrawn: [] };
    return "changed";
  }

  /** Puts a read among the later ones and folds them again. */
  #noteEarlier(row: number, place: number, atMs: number, rssiDbm: number): PlaceOutcome {
    const reads = this.#reads;
    let older = this.#items.newestRead[row] ?? -1;
    while (older !== -1 && this.#isAfter(older, atMs, place)) older = reads.older[older] ?? -1;
    if (older !== -1 && this.#isSame(older, atMs, place)) {
      // Two antennas of one zone in one instant, or the same read again: the stronger stands for both, and any for one without.
      const known = reads.rssi[older] ?? Number.NaN;
      if (!(rssiDbm > (Number.isNaN(known) ? -Infinity : known))) return "repeat";
      const before = this.#fold(row);
      reads.rssi[older] = rssiDbm;
      return this.#compare(row, before, this.#fold(row));
    }
    this.reordered++;
    const before = this.#fold(row);
    this.#reads.insert(row, older, { place, atMs, rssiDbm });
    const outcome = this.#compare(row, before, this.#fold(row));
    this.#releaseOld();
    return outcome;
  }

  #isAfter(cell: number, atMs: number, place: number): boolean {
    const at = this.#reads.at[cell] ?? 0;
    if (at !== atMs) return at > atMs;
    return this.#places.orderAt(this.#reads.place[cell] ?? 0) > this.#places.orderAt(place);
  }

  #isSame(cell: number, atMs: number, place: number): boolean {
    return this.#reads.at[cell] === atMs && this.#reads.place[cell] === place;
  }

  /** Folds the reads that no late read can come before any more into the base of their items. */
  #releaseOld(): void {
    const reads = this.#reads;
    for (let budget = 4; budget > 0; budget--) {
      const cell = reads.oldest;
      if (cell === -1) return;
      const row = reads.item[cell] ?? -1;
      const atMs = reads.at[cell] ?? 0;
      if (!reads.isFull && this.newestAt(row) - atMs <= this.#windowMs) return;
      this.#settleBase(row, atMs);
    }
  }

  #settleBase(row: number, throughMs: number): void {
    const items = this.#items;
    const reads = this.#reads;
    for (let isLoaded = false; ; ) {
      const cell = items.oldestRead[row] ?? -1;
      if (cell === -1 || (reads.at[cell] ?? 0) > throughMs) {
        if (isLoaded) this.#belief.store(items, row);
        break;
      }
      if (!isLoaded) {
        const place = reads.place[cell] ?? NO_PLACE;
        const rssiDbm = reads.rssi[cell] ?? Number.NaN;
        if (!this.#belief.foldAgain(items, row, place, reads.at[cell] ?? 0, rssiDbm)) {
          this.#belief.load(items, row);
          isLoaded = true;
        }
      }
      if (isLoaded) this.#stepCell(cell);
      reads.releaseOldestOf(row);
    }
    items.baseAt[row] = throughMs;
  }

  #stepCell(cell: number): void {
    const reads = this.#reads;
    const place = reads.place[cell] ?? NO_PLACE;
    this.#belief.step(place, reads.at[cell] ?? 0, reads.rssi[cell] ?? Number.NaN);
  }

  /** Folds all recent reads of an item and lists its arrivals among them. Leaves the outcome in the belief. */
  #fold(row: number): readonly Arrival[] {
    const belief = this.#belief;
    const reads = this.#reads;
    const arrivals: Arrival[] = [];
    belief.load(this.#items, row);
    let location = belief.isEvidenced ? belief.location : -1;
    for (let cell = this.#items.oldestRead[row] ?? -1; cell !== -1; cell = reads.newer[cell] ?? -1) {
      this.#stepCell(cell);
      if (!belief.isEvidenced || belief.location === location) continue;
      location = belief.location;
      arrivals.push({ atMs: reads.at[cell] ?? 0, place: belief.place });
    }
    return arrivals;
  }

  /** Notes the belief as it is now, and how the arrivals differ from those before. */
  #compare(row: number, before: readonly Arrival[], after: readonly Arrival[]): PlaceOutcome {
    const items = this.#items;
    const isSamePlace = items.place[row] === this.#belief.place;
    items.place[row] = this.#belief.place;
    items.isEvidenced[row] = this.#belief.isEvidenced ? 1 : 0;
    const withdrawn = before.filter((a) => !after.some((b) => this.#isSameArrival(a, b)));
    const arrivals = after.filter((a) => !before.some((b) => this.#isSameArrival(a, b)));
    this.change = { arrivals, withdrawn };
    return isSamePlace && arrivals.length === 0 && withdrawn.length === 0 ? "same" : "changed";
  }

  /** Of two reads in one instant, at the dock and elsewhere, the later known may take the other's place: what is received is one unit more. */
  #isSameArrival(a: Arrival, b: Arrival): boolean {
    const places = this.#places;
    const isSameLocation = places.locationAt(a.place) === places.locationAt(b.place);
    return a.atMs === b.atMs && isSameLocation && places.isDock(a.place) === places.isDock(b.place);
  }
}
