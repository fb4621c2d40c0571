import { type Composition, unitsThere } from "../../domain/confidence/units-there.ts";
import { tailOf } from "../../domain/confidence/distribution.ts";
import { presenceOfLevel, PRESENCE_LEVELS, TOGETHER } from "../../domain/confidence/presence-level.ts";

/** Compositions kept before those that no position has any more are let go. */
const MAX_COMPOSITIONS = 200_000;
/** Differences to the book that are worked out beside a composition's own. */
const MAX_TAILS = 16;
/** A unit that came in since the items were summed up was evidenced just then. */
const SURE = PRESENCE_LEVELS - 1;

type Known = Composition & { units: number; tails: Map<number, Float64Array> };

/**
 * The compositions of positions by projection row. Most positions share theirs with others ("3 items, all just seen"), so each is
 * kept and worked out once: 4 bytes a position beside.
 */
export class Compositions {
  #ofRow = new Int32Array(1024);
  #known: Known[] = [];
  readonly #byKey = new Map<string, number>();

  get size(): number {
    return this.#known.length;
  }

  /** A composition without items takes the position's away. */
  set(row: number, composition: Composition): void {
    if (row >= this.#ofRow.length) {
      const grown = new Int32Array(row + (row >> 2) + 1024);
      grown.set(this.#ofRow);
      this.#ofRow = grown;
    }
    this.#ofRow[row] = composition.levels.length === 0 ? 0 : this.#numberOf(composition) + 1;
    if (this.#known.length > MAX_COMPOSITIONS) this.#forgetUnused();
  }

  has(row: number): boolean {
    return (this.#ofRow[row] ?? 0) > 0;
  }

  /**
   * P(at least k units) of a position by its composition, null when it has none. `units` are the sellable units it has now: where
   * they are fewer than when the composition was summed up, the surest are taken to have gone (they were sold); where they are
   * more, the new ones have just been evidenced.
   */
  tailAt(row: number, units: number): Float64Array | null {
    const known = this.#known[(this.#ofRow[row] ?? 0) - 1];
    if (known === undefined) return null;
    const difference = units - known.units;
    let tail = known.tails.get(difference);
    if (tail === undefined) {
      tail = tailOf(unitsThere(difference === 0 ? known : changedBy(known, difference)));
      if (known.tails.size >= MAX_TAILS) known.tails.clear();
      known.tails.set(difference, tail);
    }
    return tail;
  }

  #numberOf({ levels, counts, unidentified }: Composition): number {
    const key = `${unidentified};${levels};${counts}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const units = counts.reduce((sum, count) => sum + count, unidentified);
    const number = this.#known.push({ levels, counts, unidentified, units, tails: new Map() }) - 1;
    this.#byKey.set(key, number);
    return number;
  }

  #forgetUnused(): void {
    const old = this.#known;
    this.#known = [];
    this.#byKey.clear();
    const renumbered = new Map<number, number>();
    for (let row = 0; row < this.#ofRow.length; row++) {
      const number = (this.#ofRow[row] ?? 0) - 1;
      const known = old[number];
      if (known === undefined) continue;
      let now = renumbered.get(number);
      if (now === undefined) {
        now = this.#numberOf(known);
        renumbered.set(number, now);
      }
      this.#ofRow[row] = now + 1;
    }
  }
}

/** The composition after so many units more (just evidenced) or fewer (the surest, then those without identity). */
function changedBy(composition: Composition, difference: number): Composition {
  const levels = [...composition.levels];
  const counts = [...composition.counts];
  if (difference > 0) {
    return { ...composition, levels: [...levels, SURE], counts: [...counts, difference] };
  }
  let left = -difference;
  const surestFirst = levels
    .map((_, group) => group)
    .sort((a, b) => presenceOf(levels, b) - presenceOf(levels, a));
  for (const group of surestFirst) {
    const gone = Math.min(left, counts[group] ?? 0);
    counts[group] = (counts[group] ?? 0) - gone;
    left -= gone;
  }
  return { levels, counts, unidentified: composition.unidentified - left };
}

function presenceOf(levels: readonly number[], group: number): number {
  return presenceOfLevel((levels[group] ?? 0) % TOGETHER);
}
