import type { Random } from "../../../simulators/random.ts";
import { drawLogNormal } from "../../../simulators/history/distributions.ts";

/**
 * How long people take, in simulated seconds, which pass as fast as the chain's: lognormal, as waits and walks are, with a median and
 * the deviation of its logarithm (0.4: seldom twice the median; 1: one in ten takes 3.6 times as long). The past of the demo has the
 * waits of real days (`simulators/history/fulfil.ts`); these are the same steps, drawn together so that a whole order can be watched.
 */
const TIMES = {
  /** Until somebody in the store takes a new task. */
  notices: { median: 40, spread: 0.9 },
  picksUnit: { median: 45, spread: 0.6 },
  packs: { median: 35, spread: 0.5 },
  /** From ready to the customer's coming: they are told, and come when it suits them. */
  comes: { median: 420, spread: 0.9 },
  /** From an arrival to the goods at the car. */
  walksOut: { median: 100, spread: 0.65 },
  carrierComes: { median: 300, spread: 0.5 },
  parcelTravels: { median: 900, spread: 0.4 },
  /** Until the customer hears of what is missing. */
  tells: { median: 70, spread: 0.8 },
  changesMind: { median: 45, spread: 0.8 },
  /** From a return to the look at it. */
  looksAtReturn: { median: 120, spread: 0.8 },
  looksForUnit: { median: 60, spread: 0.6 },
} as const;

export type TimeName = keyof typeof TIMES;

/** Between two of a kind, on average, over the whole chain, in simulated seconds; the gaps are exponential. */
export const BETWEEN = { orders: 28, returns: 150, misses: 150, looks: 240 } as const;

export function drawTime(random: Random, name: TimeName): number {
  const { median, spread } = TIMES[name];
  return drawLogNormal(random, median, spread);
}
