import type { ErrorRates, GammaRate } from "./book-error.ts";

/** One product of a count: what the book expected, what was counted, and the book's exposure since the count before. */
export type CountedLine = { expected: number; counted: number; exposure: number };

/**
 * Before anything is counted: a unit is lost in fifty moved, and one found in a hundred. Shrink is about 1.5 % of sales (National
 * Retail Federation, 2022 and 2023), and books are wrong in both directions beside it.
 */
const PRIOR_LOST = 0.02;
const PRIOR_FOUND = 0.01;
/** How much exposure the level above is worth where there is little of one's own. */
const COMPANY_WEIGHT = 50;
const LOCATION_WEIGHT = 50;
const CATEGORY_WEIGHT = 100;
/** However much was counted, products of one category differ: no rate is taken for surer than this exposure would make it. */
const MOST_EXPOSURE = 100;
/** Beyond this exposure the past is halved, so that a rate follows what has changed. */
const MAX_EXPOSURE = 20_000;

type Sums = { lost: number; found: number; exposure: number };

/**
 * How wrong books were when they were counted, by location and category; where little was counted a rate leans on that of the
 * location, and this on that of the company. A difference of both directions in one interval shows as its net.
 */
export class CountErrors {
  readonly #company: Sums = emptySums();
  readonly #locations = new Map<string, Sums>();
  readonly #categories = new Map<string, Sums>();
  #version = 0;

  /** Rises with each line: what was worked out before is then old. */
  get version(): number {
    return this.#version;
  }

  note(locationId: string, category: string, line: CountedLine): void {
    this.#version++;
    for (const sums of [this.#company, this.#at(locationId), this.#of(locationId, category)]) add(sums, line);
  }

  ratesOf(locationId: string, category: string): ErrorRates {
    const location = this.#locations.get(locationId);
    const own = this.#categories.get(keyOf(locationId, category));
    return {
      lost: gammaOf(PRIOR_LOST, [this.#company, location, own], (sums) => sums.lost),
      found: gammaOf(PRIOR_FOUND, [this.#company, location, own], (sums) => sums.found),
    };
  }

  #at(locationId: string): Sums {
    return sumsIn(this.#locations, locationId);
  }

  #of(locationId: string, category: string): Sums {
    return sumsIn(this.#categories, keyOf(locationId, category));
  }
}

const WEIGHTS = [COMPANY_WEIGHT, LOCATION_WEIGHT, CATEGORY_WEIGHT];

function gammaOf(prior: number, levels: (Sums | undefined)[], events: (sums: Sums) => number): GammaRate {
  let mean = prior;
  let exposure = 0;
  for (const [level, sums] of levels.entries()) {
    const weight = WEIGHTS[level] ?? 0;
    exposure = weight + (sums?.exposure ?? 0);
    mean = (weight * mean + (sums === undefined ? 0 : events(sums))) / exposure;
  }
  const known = Math.min(MOST_EXPOSURE, exposure);
  return { events: mean * known, exposure: known };
}

function add(sums: Sums, { expected, counted, exposure }: CountedLine): void {
  sums.lost += Math.max(0, expected - counted);
  sums.found += Math.max(0, counted - expected);
  sums.exposure += exposure;
  if (sums.exposure <= MAX_EXPOSURE) return;
  sums.lost /= 2;
  sums.found /= 2;
  sums.exposure /= 2;
}

function emptySums(): Sums {
  return { lost: 0, found: 0, exposure: 0 };
}

function sumsIn(map: Map<string, Sums>, key: string): Sums {
  let sums = map.get(key);
  if (sums === undefined) {
    sums = emptySums();
    map.set(key, sums);
  }
  return sums;
}

function keyOf(locationId: string, category: string): string {
  return `${locationId}\n${category}`;
}
