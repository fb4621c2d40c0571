import { type ItemTable, SLOTS } from "./item-table.ts";
import type { CountSessions } from "./count-sessions.ts";
import type { LocationSettings } from "./location-settings.ts";
import { marginDb } from "./mobility-profile.ts";
import { NO_PLACE, type PlaceTable } from "./place-table.ts";

/** The mean strength of a place follows its reads as one over the last 20 does (EdgeX, RSP): a share of 2 / (20 + 1) each. */
const MEAN_OVER = 10;
const MAX_COUNT = 255;
const EVIDENCED = 1;
const RESTORED = 2;
/** Strength, dBm, and reads per window taken for a place known from before a restart: more than it can have had. */
const RESTORED_DBM = 0;
const RESTORED_RATE = 100;

/**
 * What the reads of one item say of its place, folded one read after the other in the order of their times. Slot 0 is the
 * current place, the others are the two that were read last elsewhere. One instance is used for all items in turn: `load`
 * takes an item's base, `step` adds a read, `store` writes the base back. All numbers are kept in the width of the table, so
 * that a fold gives the same whether or not it was stored half-way.
 */
export class PlaceBelief {
  isEvidenced = false;
  readonly #settings: LocationSettings;
  readonly #places: PlaceTable;
  readonly #counts: CountSessions;
  readonly #place = new Uint16Array(SLOTS);
  readonly #count = new Uint8Array(SLOTS);
  /** Reads since the current place was last read. */
  readonly #since = new Uint8Array(SLOTS);
  readonly #mean = new Float32Array(SLOTS);
  readonly #rate = new Float32Array(SLOTS);
  readonly #lastAt = new Float64Array(SLOTS);
  /** The current place is known from before a restart, and how strongly it was read is not. */
  #isRestored = false;
  /** The last two reads in the location of the current place, since it is its location. */
  #hereAt = -Infinity;
  #hereBeforeAt = -Infinity;
  #reads = 0;
  #windows = 0;
  #windowAt = -Infinity;

  constructor(settings: LocationSettings, places: PlaceTable, counts: CountSessions) {
    this.#settings = settings;
    this.#places = places;
    this.#counts = counts;
  }

  /** The place of the item, `NO_PLACE` before its first read. */
  get place(): number {
    return this.#place[0] ?? NO_PLACE;
  }

  get location(): number {
    return this.place === NO_PLACE ? -1 : this.#places.locationAt(this.place);
  }

  /** The last read but one in the present location, -Infinity when there is none. */
  get hereBeforeAt(): number {
    return this.#hereBeforeAt;
  }

  load(items: ItemTable, row: number): void {
    const first = row * SLOTS;
    for (let slot = 0; slot < SLOTS; slot++) {
      this.#place[slot] = items.basePlaces[first + slot] ?? NO_PLACE;
      this.#count[slot] = items.baseCounts[first + slot] ?? 0;
      this.#since[slot] = items.baseSince[first + slot] ?? 0;
      this.#mean[slot] = items.baseMeans[first + slot] ?? 0;
      this.#rate[slot] = items.baseRates[first + slot] ?? 0;
      this.#lastAt[slot] = items.baseLastAt[first + slot] ?? 0;
    }
    this.isEvidenced = items.baseIsEvidenced[row] !== 0;
    this.#isRestored = items.baseIsEvidenced[row] === RESTORED;
    this.#hereAt = items.baseHereAt[row] ?? 0;
    this.#hereBeforeAt = items.baseHereBeforeAt[row] ?? 0;
    this.#reads = items.baseReads[row] ?? 0;
    this.#windows = items.baseWindows[row] ?? 0;
    this.#windowAt = items.baseWindowAt[row] ?? 0;
  }

  store(items: ItemTable, row: number): void {
    const first = row * SLOTS;
    for (let slot = 0; slot < SLOTS; slot++) {
      items.basePlaces[first + slot] = this.#place[slot] ?? NO_PLACE;
      items.baseCounts[first + slot] = this.#count[slot] ?? 0;
      items.baseSince[first + slot] = this.#since[slot] ?? 0;
      items.baseMeans[first + slot] = this.#mean[slot] ?? 0;
      items.baseRates[first + slot] = this.#rate[slot] ?? 0;
      items.baseLastAt[first + slot] = this.#lastAt[slot] ?? 0;
    }
    items.baseIsEvidenced[row] = this.#isRestored ? RESTORED : this.isEvidenced ? EVIDENCED : 0;
    items.baseHereAt[row] = this.#hereAt;
    items.baseHereBeforeAt[row] = this.#hereBeforeAt;
    items.baseReads[row] = this.#reads;
    items.baseWindows[row] = this.#windows;
    items.baseWindowAt[row] = this.#windowAt;
  }

  /**
   * The place from before a restart. How strongly and until when it was read is not known, so another place must beat the most
   * that can be: reads that come again must not move an item that they did not move then.
   */
  restore(place: number): void {
    for (let slot = 0; slot < SLOTS; slot++) this.#clear(slot);
    this.isEvidenced = true;
    this.#isRestored = true;
    this.#place[0] = place;
    this.#count[0] = MEAN_OVER;
    this.#mean[0] = RESTORED_DBM;
    this.#rate[0] = RESTORED_RATE;
    this.#lastAt[0] = Infinity;
  }

  /** The place of an item that another ingest keeps: read there last at `atMs`, how strongly is not known. */
  restoreElsewhere(place: number, atMs: number): void {
    for (let slot = 0; slot < SLOTS; slot++) this.#clear(slot);
    this.isEvidenced = true;
    this.#isRestored = false;
    this.#place[0] = place;
    this.#count[0] = 1;
    this.#rate[0] = RESTORED_RATE;
    this.#lastAt[0] = atMs;
    this.#hereAt = atMs;
    this.#hereBeforeAt = -Infinity;
  }

  step(place: number, atMs: number, rssiDbm: number): void {
    // From the first read after a restart on its silence is known.
    if (this.#lastAt[0] === Infinity) this.#lastAt[0] = atMs;
    const locationBefore = this.location;
    this.#judge(place, atMs, rssiDbm);
    if (this.location !== locationBefore) {
      this.#hereAt = atMs;
      this.#hereBeforeAt = -Infinity;
    } else if (this.#places.locationAt(place) === this.location) {
      this.#hereBeforeAt = this.#hereAt;
      this.#hereAt = atMs;
    }
  }

  #judge(place: number, atMs: number, rssiDbm: number): void {
    if (!this.isEvidenced && this.#weigh(place, atMs)) {
      this.isEvidenced = true;
      if (place !== this.place) this.#take(place, atMs, rssiDbm);
      else this.#add(0, atMs, rssiDbm);
      return;
    }
    if (place === this.place) {
      this.#add(0, atMs, rssiDbm);
      for (let slot = 1; slot < SLOTS; slot++) this.#since[slot] = 0;
      return;
    }
    if (this.place === NO_PLACE || this.#isFirstZoneOf(place)) {
      this.#take(place, atMs, rssiDbm);
      return;
    }
    if (this.#isUnread && this.#places.isTill(place)) return;
    const slot = this.#challengerOf(place);
    this.#add(slot, atMs, rssiDbm);
    this.#since[slot] = Math.min(MAX_COUNT, (this.#since[slot] ?? 0) + 1);
    if (this.#wins(slot, atMs)) this.#moveTo(slot);
  }

  /**
   * `load`, `step`, `store` in one for what nearly every read is: its item's own place once more. False, and nothing done, for
   * any other. Gives the very same numbers.
   */
  foldAgain(items: ItemTable, row: number, place: number, atMs: number, rssiDbm: number): boolean {
    const first = row * SLOTS;
    const lastAt = items.baseLastAt[first] ?? Infinity;
    if (items.basePlaces[first] !== place || items.baseIsEvidenced[row] === 0 || lastAt === Infinity)
      return false;
    const count = Math.min(MAX_COUNT, (items.baseCounts[first] ?? 0) + 1);
    items.baseCounts[first] = count;
    items.baseRates[first] = this.#decay(place, items.baseRates[first] ?? 0, atMs - lastAt) + 1;
    items.baseLastAt[first] = atMs;
    items.baseMeans[first] = meanWith(items.baseMeans[first] ?? Number.NaN, rssiDbm, count);
    for (let slot = first + 1; slot < first + SLOTS; slot++) items.baseSince[slot] = 0;
    items.baseHereBeforeAt[row] = items.baseHereAt[row] ?? -Infinity;
    items.baseHereAt[row] = atMs;
    return true;
  }

  /** Evidence of a new item: one read at a dock or in an open count, else reads in several windows. A till's antenna proves nothing. */
  #weigh(place: number, atMs: number): boolean {
    if (this.#places.isTill(place)) return false;
    if (this.#places.isDock(place)) return true;
    const location = this.#places.locationAt(place);
    if (this.#counts.isOpenAt(location, this.#places.zoneIdAt(place), atMs)) return true;
    const { dedupeWindowMs, minReads, minWindows } = this.#settings.at(location);
    this.#reads = Math.min(MAX_COUNT, this.#reads + 1);
    if (atMs >= this.#windowAt + dedupeWindowMs) {
      this.#windows = Math.min(MAX_COUNT, this.#windows + 1);
      this.#windowAt = atMs;
    }
    return this.#reads >= minReads && this.#windows >= minWindows;
  }

  /** Known from before a restart, by events alone: a till's antenna proves as little of it as of a new item. */
  get #isUnread(): boolean {
    return this.#isRestored && this.#places.zoneIdAt(this.place) === "";
  }

  /** The item was known to be somewhere in this location; its first read there says where. */
  #isFirstZoneOf(place: number): boolean {
    return this.#places.zoneIdAt(this.place) === "" && this.#places.locationAt(place) === this.location;
  }

  #wins(slot: number, atMs: number): boolean {
    if ((this.#count[slot] ?? 0) < 2) return false;
    const margin = marginDb(this.#settings.at(this.location), Math.max(0, atMs - (this.#lastAt[0] ?? 0)));
    // Where the old place is silent for so long that less strength will do, both reads must be of that silence:
    // two slow readers that take turns would else pass the item to and fro for ever.
    if (margin < 0 && (this.#since[slot] ?? 0) < 2) return false;
    return this.#strengthOver(slot, atMs) > margin;
  }

  /** By how many dB a place is stronger than the current one; without RSSI by reads per window, twice as many being 6 dB. */
  #strengthOver(slot: number, atMs: number): number {
    const byStrength = (this.#mean[slot] ?? 0) - (this.#mean[0] ?? 0);
    if (!Number.isNaN(byStrength) && !this.#isRestored) return byStrength;
    const byReads = 20 * Math.log10((this.#rate[slot] ?? 0) / this.#decayed(0, atMs));
    return Number.isNaN(byStrength) ? byReads : Math.min(byStrength, byReads);
  }

  #moveTo(slot: number): void {
    this.#isRestored = false;
    const old = this.#place[0] ?? NO_PLACE;
    const oldMean = this.#mean[0] ?? 0;
    const oldRate = this.#rate[0] ?? 0;
    const oldLastAt = this.#lastAt[0] ?? 0;
    this.#place[0] = this.#place[slot] ?? NO_PLACE;
    this.#count[0] = this.#count[slot] ?? 0;
    this.#mean[0] = this.#mean[slot] ?? 0;
    this.#rate[0] = this.#rate[slot] ?? 0;
    this.#lastAt[0] = this.#lastAt[slot] ?? 0;
    this.#place[slot] = old;
    this.#mean[slot] = oldMean;
    this.#rate[slot] = oldRate;
    this.#lastAt[slot] = oldLastAt;
    // Whoever wants it back needs two new reads.
    for (let other = 1; other < SLOTS; other++) {
      this.#count[other] = 0;
      this.#since[other] = 0;
    }
  }

  #challengerOf(place: number): number {
    let oldest = 1;
    for (let slot = 1; slot < SLOTS; slot++) {
      if (this.#place[slot] === place) return slot;
      if ((this.#lastAt[slot] ?? 0) < (this.#lastAt[oldest] ?? 0)) oldest = slot;
    }
    this.#clear(oldest);
    this.#place[oldest] = place;
    return oldest;
  }

  #clear(slot: number): void {
    this.#place[slot] = NO_PLACE;
    this.#count[slot] = 0;
    this.#since[slot] = 0;
    this.#mean[slot] = Number.NaN;
    this.#rate[slot] = 0;
    this.#lastAt[slot] = -Infinity;
  }

  /** The item is here; what was read elsewhere before counts no more. */
  #take(place: number, atMs: number, rssiDbm: number): void {
    for (let slot = 0; slot < SLOTS; slot++) this.#clear(slot);
    this.#isRestored = false;
    this.#place[0] = place;
    this.#add(0, atMs, rssiDbm);
  }

  #add(slot: number, atMs: number, rssiDbm: number): void {
    const count = Math.min(MAX_COUNT, (this.#count[slot] ?? 0) + 1);
    this.#count[slot] = count;
    this.#rate[slot] = this.#decayed(slot, atMs) + 1;
    this.#lastAt[slot] = atMs;
    this.#mean[slot] = meanWith(this.#mean[slot] ?? Number.NaN, rssiDbm, count);
  }

  #decayed(slot: number, atMs: number): number {
    return this.#decay(
      this.#place[slot] ?? NO_PLACE,
      this.#rate[slot] ?? 0,
      atMs - (this.#lastAt[slot] ?? 0),
    );
  }

  #decay(place: number, rate: number, elapsedMs: number): number {
    if (rate === 0) return 0;
    const { dedupeWindowMs } = this.#settings.at(this.#places.locationAt(place));
    return rate * 2 ** (-Math.max(0, elapsedMs) / Math.max(1, dedupeWindowMs));
  }
}

/** The mean strength with one more read; a read without RSSI changes nothing. */
function meanWith(mean: number, rssiDbm: number, count: number): number {
  if (Number.isNaN(rssiDbm)) return mean;
  return Number.isNaN(mean) ? rssiDbm : mean + (rssiDbm - mean) / Math.min(MEAN_OVER, count);
}
