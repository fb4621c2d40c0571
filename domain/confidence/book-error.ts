import { convolve, type Distribution, certainly, given, negated, negativeBinomial } from "./distribution.ts";

/** A rate of events that is only known in part: Gamma, as if `events` had been seen in an exposure of `exposure`. */
export type GammaRate = { events: number; exposure: number };

/** Units that a book loses and finds per unit of exposure. */
export type ErrorRates = { lost: GammaRate; found: GammaRate };

const DAY_MS = 24 * 3_600_000;
/** A unit that stands for a day is as exposed as this many that move: a stock that turns about seven times a year. */
const PER_UNIT_DAY = 0.02;
/** A count is a movement of the whole shelf, and people miscount: worth a moved unit for each product. */
export const EXPOSURE_OF_COUNT = 1;
/** Nobody knows since when a book that was never counted goes wrong: worth twenty moved units. */
const EXPOSURE_UNCOUNTED = 20;

/** What has happened to a book since it was last right. `sinceMs` is the time since then, or since the first record. */
export type BookAge = { isCounted: boolean; sinceMs: number; moved: number; units: number };

/** How much a book was exposed to error, in units moved in or out. */
export function exposureOf({ isCounted, sinceMs, moved, units }: BookAge): number {
  const days = Math.max(0, sinceMs) / DAY_MS;
  const atLast = isCounted ? EXPOSURE_OF_COUNT : EXPOSURE_UNCOUNTED;
  return atLast + moved + PER_UNIT_DAY * Math.max(0, units) * days;
}

/**
 * How many units are there where only a book says so: units − lost + found, given that it is not below 0. Lost and found are
 * negative binomial: Poisson with a rate that is Gamma, so a book that is seldom counted is less sure than its mean rate.
 */
export function unitsOfBook(units: number, rates: ErrorRates, exposure: number): Distribution {
  const found = errors(rates.found, exposure, MAX_FOUND);
  const lost = errors(rates.lost, exposure, Math.max(0, units) + MAX_FOUND);
  return given(convolve(convolve(certainly(units), found), negated(lost)), 0);
}

/** More than so many that nobody knew of are not told apart. */
const MAX_FOUND = 60;

function errors({ events, exposure: seen }: GammaRate, exposure: number, max: number): Distribution {
  return negativeBinomial(events, seen, exposure, max);
}
