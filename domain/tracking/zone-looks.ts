import { type LookRecord, probabilityOfAbsence, probabilityOfSight } from "./absence.ts";
import type { BookParts } from "./book-parts.ts";
import { GoingRates } from "./going-rates.ts";
import { isOnHand, STATUS_NONE } from "./item-table.ts";
import { LookRates } from "./look-rates.ts";
import { LocationFlow, LONGEST_GAP_MS } from "./location-flow.ts";
import { NO_PLACE } from "./place-table.ts";
import { textHash } from "./text-hash.ts";
import type { TrackingSettings } from "./tracking-settings.ts";
import {
  fade,
  isLook,
  isSilenceTrusted,
  type LookAtZone,
  weightOfLook,
  type ZoneDoubt,
} from "./zone-doubt.ts";

type Parts = Pick<BookParts, "items" | "limits" | "places" | "positions" | "settings" | "tracker">;

/** Missed looks are counted in sixteenths: a look that saw little counts little. */
const SIXTEENTHS = 16;
const DAY_MS = 24 * 3_600_000;
const MAX_MISSED = 65_535;
const MAX_SILENT = 255;
/** An item's record of looks is halved beyond this, so that it follows a tag that was turned round. */
const MAX_RECORD = 60;

/** What one look found of one item. */
type Sight = { item: number; place: number; row: number; isSeen: boolean; rate: number };

/** Where nothing was read for this long the readers were out, ms: what they did not see was not missed. */
const stillMs = (lookMs: number): number => Math.max(lookMs, LONGEST_GAP_MS);

/**
 * Looks at zones: stretches of `lookMs` of the location's time, in which the readers of a zone should have read each item
 * that is there. Looks of different locations end at different times, so that not all are judged at once.
 */
export class ZoneLooks {
  readonly #parts: Parts;
  readonly #rates = new LookRates();
  readonly #going = new GoingRates();
  readonly flow = new LocationFlow();
  /** When the look that is under way ends, by location. */
  readonly #ends = new Map<number, number>();
  readonly #doubts = new Map<number, ZoneDoubt>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get byteLength(): number {
    return this.#rates.byteLength + this.#doubts.size * 100;
  }

  /** The ends of the looks that are over at `untilMs` and were not at `sinceMs`, oldest first. */
  ended(location: number, sinceMs: number, untilMs: number): number[] {
    const { limits, positions, settings } = this.#parts;
    this.flow.passed(location, untilMs + limits.reorderWindowMs);
    const { absence, lookMs } = settings.at(location);
    if (!absence) {
      this.#ends.delete(location);
      return [];
    }
    const shiftMs = textHash(positions.locationIds[location] ?? "") % lookMs;
    const endAfter = (atMs: number) => Math.floor((atMs - shiftMs) / lookMs + 1) * lookMs + shiftMs;
    const endMs = this.#ends.get(location);
    if (endMs === undefined || (endMs - shiftMs) % lookMs !== 0) {
      // A look that nobody saw the beginning of is none.
      this.#ends.set(location, endAfter(untilMs + limits.reorderWindowMs) + lookMs);
      return [];
    }
    if (untilMs < endMs) return [];
    this.#ends.set(location, endAfter(untilMs));
    // What lies deep in a time without reads needs no look: nobody was seen in it.
    const lastMs = Math.min(untilMs, sinceMs + limits.reorderWindowMs + 2 * stillMs(lookMs));
    const ends: number[] = [];
    for (let atMs = endMs; atMs <= lastMs; atMs += lookMs) ends.push(atMs);
    return ends;
  }

  /** An item that had been called missing there was read; `NO_PLACE`: it was gone for another reason. */
  noteReturn(place: number): void {
    if (place === NO_PLACE) return;
    this.#doubtOf(place).returned += 1;
    this.#going.noteReturn(this.#parts.places.locationAt(place));
  }

  /** The share of its items that go in a day without anybody telling. */
  goingPerDay(location: number): number {
    return this.#going.perDay(location, this.#parts.settings.at(location).absencePrior);
  }

  /** What looks at the zone where it stands have made of an item so far. */
  recordOf(item: number): LookRecord {
    const { items, positions, settings } = this.#parts;
    const location = items.location[item] ?? 0;
    const row = positions.findRow(location, items.gtin[item] ?? 0);
    const place = items.lookPlace[item] ?? NO_PLACE;
    const start = settings.at(location).lookProbability;
    const rate = place === NO_PLACE ? start : this.#rates.rateOf(place, row, start);
    return { seen: items.looksSeen[item] ?? 0, missed: items.looksMissed[item] ?? 0, rate };
  }

  /**
   * For how many looks those count that have missed an item since it was last seen: judged ones as they were judged, and the
   * time that is not judged yet, as far as reads came in.
   */
  missedLooks(item: number): number {
    const { items, settings } = this.#parts;
    const location = items.location[item] ?? 0;
    const { lookMs } = settings.at(location);
    const judged = items.silentLooks[item] ?? 0;
    const missed = (items.missedNow[item] ?? 0) / SIXTEENTHS;
    const silent = this.flow.silence(location, items.lastSeenAt[item] ?? 0) / lookMs;
    return missed + Math.max(0, silent - judged) * (judged === 0 ? 1 : missed / judged);
  }

  /**
   * Judges the look that ended then: the items that are missing as of its end, also those that were read since. `gone`: items that
   * are back by now and were not then.
   */
  judge(location: number, untilMs: number, gone: ReadonlySet<number>): number[] {
    const settings = this.#parts.settings.at(location);
    const fromMs = untilMs - settings.lookMs;
    if (this.flow.heardBefore(location, untilMs) < untilMs - stillMs(settings.lookMs)) return [];
    const sights = this.#sights(location, fromMs, untilMs, settings.lookProbability).filter(
      ({ item }) => !gone.has(item),
    );
    const zones = this.#zonesOf(sights, settings);
    const weights = new Map<number, number>();
    for (const [place, zone] of zones) {
      if (isLook(zone, settings.lookMinShare)) weights.set(place, weightOfLook(zone));
      fade(this.#doubtOf(place), untilMs - fromMs);
    }
    const silent: { sight: Sight; absence: number }[] = [];
    for (const sight of sights) {
      const weight = weights.get(sight.place);
      if (sight.isSeen) this.#noteSeen(sight);
      else if (weight !== undefined) {
        const absence = this.#noteMissed(sight, weight, settings);
        if (absence > settings.missingAbove) silent.push({ sight, absence });
      }
    }
    silent.sort((a, b) => b.absence - a.absence || this.#compareIdentities(a.sight.item, b.sight.item));
    const missing: number[] = [];
    for (const { sight } of silent) {
      const doubt = this.#doubtOf(sight.place);
      if (!isSilenceTrusted(doubt, zones.get(sight.place)?.items ?? 0, settings)) continue;
      doubt.missing += 1;
      missing.push(sight.item);
    }
    this.#going.noteLook(location, sights.length, missing.length, untilMs - fromMs);
    return missing;
  }

  #sights(location: number, fromMs: number, untilMs: number, startRate: number): Sight[] {
    const { items, places, positions, tracker } = this.#parts;
    const sights: Sight[] = [];
    for (let item = 0; item < items.identities.rowCount; item++) {
      if (!isOnHand(items.status[item] ?? STATUS_NONE)) continue;
      if (items.location[item] !== location && !this.#isMovedSince(item, untilMs)) continue;
      // Where an event has told of it since its last read, nobody knows which zone it is in.
      if ((items.lastSeenAt[item] ?? 0) > tracker.newestAt(item)) continue;
      const place = this.#zoneOf(item, tracker.history.placeBefore(item, untilMs));
      if (place === NO_PLACE || places.locationAt(place) !== location) continue;
      const lastMs = tracker.history.lastBefore(item, untilMs);
      if (lastMs === -Infinity) continue;
      this.#beginRecord(item, place);
      const row = positions.findRow(location, items.gtin[item] ?? 0);
      const rate = this.#rates.rateOf(place, row, startRate);
      sights.push({ item, place, row, isSeen: lastMs >= fromMs, rate });
    }
    return sights;
  }

  /** Whether it is where reads have it that came after: before them it was where they had it then. */
  #isMovedSince(item: number, atMs: number): boolean {
    const { items, tracker } = this.#parts;
    return tracker.newestAt(item) >= atMs && tracker.locationOf(item) === items.location[item];
  }

  /** The zone whose looks should see it: its own; from the fitting room and the till it is brought back to where it stood. */
  #zoneOf(item: number, place: number): number {
    const { items, places } = this.#parts;
    if (places.isDwelling(place)) return place;
    return places.isVisited(place) ? (items.lookPlace[item] ?? NO_PLACE) : NO_PLACE;
  }

  /** Its record is of one zone: elsewhere it may lie nearer to the reader or farther. */
  #beginRecord(item: number, place: number): void {
    const { items } = this.#parts;
    if (items.lookPlace[item] === place) return;
    items.lookPlace[item] = place;
    items.looksSeen[item] = 0;
    items.looksMissed[item] = 0;
    items.silentLooks[item] = 0;
    items.missedNow[item] = 0;
  }

  #zonesOf(sights: readonly Sight[], settings: TrackingSettings): Map<number, LookAtZone> {
    const zones = new Map<number, LookAtZone>();
    for (const sight of sights) {
      let zone = zones.get(sight.place);
      if (zone === undefined) {
        zone = { items: 0, seen: 0, expected: 0 };
        zones.set(sight.place, zone);
      }
      zone.items += 1;
      if (sight.isSeen) zone.seen += 1;
      // The longer it has been silent the less anybody expects it.
      zone.expected += probabilityOfSight(this.#recordOf(sight)) * (1 - this.#absenceOf(sight, settings));
    }
    return zones;
  }

  #recordOf({ item, rate }: Sight) {
    const { items } = this.#parts;
    return { seen: items.looksSeen[item] ?? 0, missed: items.looksMissed[item] ?? 0, rate };
  }

  /** The prior is of a day, and each look asks anew: it has its share of it. */
  #absenceOf(sight: Sight, { absencePrior, lookMs }: TrackingSettings): number {
    const prior = Math.min(absencePrior, (absencePrior * lookMs) / DAY_MS);
    const missed = (this.#parts.items.missedNow[sight.item] ?? 0) / SIXTEENTHS;
    return missed === 0 ? 0 : probabilityOfAbsence(prior, this.#recordOf(sight), missed);
  }

  #noteSeen({ item, place, row }: Sight): void {
    const { items } = this.#parts;
    const missed = items.silentLooks[item] ?? 0;
    this.#rates.note(place, row, missed);
    items.silentLooks[item] = 0;
    items.missedNow[item] = 0;
    let seenLooks = (items.looksSeen[item] ?? 0) + 1;
    let missedLooks = (items.looksMissed[item] ?? 0) + missed;
    while (seenLooks + missedLooks > MAX_RECORD) {
      seenLooks >>= 1;
      missedLooks >>= 1;
    }
    items.looksSeen[item] = seenLooks;
    items.looksMissed[item] = missedLooks;
  }

  /** The probability that it is absent, 0 as long as too few looks have missed it. */
  #noteMissed(sight: Sight, weight: number, settings: TrackingSettings): number {
    const { items } = this.#parts;
    items.silentLooks[sight.item] = Math.min(MAX_SILENT, (items.silentLooks[sight.item] ?? 0) + 1);
    const missed = (items.missedNow[sight.item] ?? 0) + Math.round(weight * SIXTEENTHS);
    items.missedNow[sight.item] = Math.min(MAX_MISSED, missed);
    if (missed < settings.minMissedLooks * SIXTEENTHS || weight === 0) return 0;
    return this.#absenceOf(sight, settings);
  }

  #doubtOf(place: number): ZoneDoubt {
    let doubt = this.#doubts.get(place);
    if (doubt === undefined) {
      doubt = { missing: 0, returned: 0 };
      this.#doubts.set(place, doubt);
    }
    return doubt;
  }

  #compareIdentities(a: number, b: number): number {
    const { identities } = this.#parts.items;
    return identities.identityAt(a) < identities.identityAt(b) ? -1 : 1;
  }
}
