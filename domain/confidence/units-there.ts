import {
  allOrNone,
  binomial,
  certainly,
  convolve,
  type Distribution,
  given,
  negated,
} from "./distribution.ts";
import { presenceOfLevel, TOGETHER } from "./presence-level.ts";

/** Sellable items by presence level (`presence-level.ts`), and the sellable units that the book has beside them; below 0: owed sales. */
export type Composition = { levels: readonly number[]; counts: readonly number[]; unidentified: number };

/** Tags that never answer: 1.2 % of the items (Auburn audit, 2015). */
const DEAD_TAG_SHARE = 0.012;
/** That a book has one unit too many, or two, or …: each so likely as against being right. A prior; counts settle it. */
const BOOK_TOO_HIGH = 0.06;

/**
 * How many units are there, of items that are there with their own probabilities, independently (Poisson-binomial; items of one
 * level are binomial), or together (`TOGETHER`).
 *
 * Owed sales (`unidentified` −o) have taken o of the items already, nobody knows which: at least o are absent. What is left is the
 * distribution given that, so that the silent ones are blamed. Units without identity beside items are `unseenUnits`.
 */
export function unitsThere({ levels, counts, unidentified }: Composition): Distribution {
  let there = certainly(0);
  let items = 0;
  for (const [group, level] of levels.entries()) {
    const count = counts[group] ?? 0;
    items += count;
    const isTogether = level >= TOGETHER;
    const p = presenceOfLevel(isTogether ? level - TOGETHER : level);
    there = convolve(there, isTogether ? allOrNone(count, p) : binomial(count, p));
  }
  if (unidentified < 0) return atMost(there, Math.max(0, items + unidentified));
  return unidentified === 0 ? there : convolve(there, unseenUnits(unidentified, items));
}

/**
 * Units of a tagged product that the book has and no reader has ever seen: their tags are dead, or the book is wrong. With n the
 * units of the position and μ = 0.012 · n dead tags among them,
 *
 *   P(j of u are there) ∝ Poisson(j; μ) · (1 if j = u, else 0.06).
 */
export function unseenUnits(unseen: number, items: number): Distribution {
  const mean = DEAD_TAG_SHARE * (unseen + items);
  const most = Math.min(unseen, MOST_UNSEEN);
  const mass = new Float64Array(most + 1);
  let poisson = 1;
  let sum = 0;
  for (let units = 0; units <= most; units++) {
    if (units > 0) poisson *= mean / units;
    mass[units] = poisson * (units === unseen ? 1 : BOOK_TOO_HIGH);
    sum += mass[units] ?? 0;
  }
  return { first: 0, mass: mass.map((one) => one / sum) };
}

/** A book of so many units that nobody saw is of an import, not of dead tags. */
const MOST_UNSEEN = 100;

function atMost(distribution: Distribution, most: number): Distribution {
  return negated(given(negated(distribution), -most));
}
