import { type BookAge, exposureOf, unitsOfBook } from "../../domain/confidence/book-error.ts";
import { CountErrors } from "../../domain/confidence/count-errors.ts";
import { tailOf } from "../../domain/confidence/distribution.ts";

/** Exposures are told apart by a tenth. */
const EXPOSURE_STEP = Math.log(1.1);
/** Answers of one location and category that are kept worked out. */
const MAX_TAILS = 2_000;
const MS_PER_SECOND = 1000;

type Worked = { version: number; tails: Map<number, Float64Array> };

/**
 * How old and how moved the book of each position is, by projection row (25 bytes a position), how wrong books were when they
 * were counted, and what follows for units that only the book knows of.
 */
export class Books {
  readonly errors = new CountErrors();
  #rightAtSeconds = new Float64Array(1024);
  #moved = new Float64Array(1024);
  #units = new Float64Array(1024).fill(Number.NaN);
  #isCounted = new Uint8Array(1024);
  readonly #worked = new Map<string, Worked>();

  /** The book of a position was counted, or recorded for the first time, then; so much has moved since. */
  setAge(row: number, isCounted: boolean, atMs: number, moved: number): void {
    this.#reach(row);
    this.#rightAtSeconds[row] = atMs / MS_PER_SECOND;
    this.#moved[row] = moved;
    this.#isCounted[row] = isCounted ? 1 : 0;
  }

  /** The position changed to so many units. How many it had is known from its second change on. */
  noteUnits(row: number, units: number): void {
    this.#reach(row);
    const before = this.#units[row] ?? Number.NaN;
    this.#units[row] = units;
    if (!Number.isNaN(before)) this.#moved[row] = (this.#moved[row] ?? 0) + Math.abs(units - before);
  }

  ageAt(row: number, units: number, atMs: number): BookAge {
    const rightAtMs = (this.#rightAtSeconds[row] ?? 0) * MS_PER_SECOND;
    return {
      isCounted: this.#isCounted[row] === 1,
      sinceMs: rightAtMs === 0 ? 0 : atMs - rightAtMs,
      moved: this.#moved[row] ?? 0,
      units,
    };
  }

  /** P(at least k units) of a position whose sellable units only the book knows of. */
  tailAt(
    row: number,
    place: { locationId: string; category: string },
    units: number,
    atMs: number,
  ): Float64Array {
    const level = Math.round(Math.log(exposureOf(this.ageAt(row, units, atMs))) / EXPOSURE_STEP);
    const worked = this.#workedAt(place.locationId, place.category);
    const key = units * 1024 + level;
    let tail = worked.tails.get(key);
    if (tail === undefined) {
      const rates = this.errors.ratesOf(place.locationId, place.category);
      tail = tailOf(unitsOfBook(units, rates, Math.exp(level * EXPOSURE_STEP)));
      if (worked.tails.size >= MAX_TAILS) worked.tails.clear();
      worked.tails.set(key, tail);
    }
    return tail;
  }

  #workedAt(locationId: string, category: string): Worked {
    const key = `${locationId}\n${category}`;
    let worked = this.#worked.get(key);
    if (worked?.version === this.errors.version) return worked;
    worked = { version: this.errors.version, tails: new Map() };
    this.#worked.set(key, worked);
    return worked;
  }

  #reach(row: number): void {
    if (row < this.#moved.length) return;
    const rows = row + (row >> 2) + 1024;
    this.#rightAtSeconds = copied(this.#rightAtSeconds, new Float64Array(rows));
    this.#moved = copied(this.#moved, new Float64Array(rows));
    this.#units = copied(this.#units, new Float64Array(rows).fill(Number.NaN));
    this.#isCounted = copied(this.#isCounted, new Uint8Array(rows));
  }
}

function copied<A extends Float64Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
