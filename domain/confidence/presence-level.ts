/**
 * Probabilities of presence are kept in steps of a quarter of ln(p ÷ (1 − p)), from 0.25 % to 99.9994 %: a step is at most 6 % of
 * a probability in the middle, 0.012 at 95 %, and the numbers of a product's items fall into few groups.
 */
const STEP = 0.25;
const LOWEST = -6;
const HIGHEST = 12;

export const PRESENCE_LEVELS = (HIGHEST - LOWEST) / STEP + 1;

/** Added to the level of items that are there or not together: goods at a dock come and go as one load. */
export const TOGETHER = 128;

export function presenceLevel(p: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return PRESENCE_LEVELS - 1;
  const level = Math.round((Math.log(p / (1 - p)) - LOWEST) / STEP);
  return Math.max(0, Math.min(PRESENCE_LEVELS - 1, level));
}

const OF_LEVEL = Float64Array.from(
  { length: PRESENCE_LEVELS },
  (_, level) => 1 / (1 + Math.exp(-(LOWEST + level * STEP))),
);

export function presenceOfLevel(level: number): number {
  return OF_LEVEL[Math.max(0, Math.min(PRESENCE_LEVELS - 1, level))] ?? 0;
}
