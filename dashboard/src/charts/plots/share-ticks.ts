/** Each divides 1, so that no axis of shares goes beyond 100 % unless a share does. */
const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];
const MOST_STEPS = 5;

/** Marks of an axis for shares (1 is 100 %) between the least and the most of them, round, and no more than seven. */
export function shareTicks(least: number, most: number): number[] {
  const step = STEPS.find((each) => most - least <= each * MOST_STEPS) ?? 1;
  const per = Math.round(1 / step);
  const last = Math.max(Math.ceil(most * per - 1e-9), 1);
  const first = Math.min(Math.floor(least * per + 1e-9), last - 1);
  return Array.from({ length: last - first + 1 }, (_, place) => (first + place) / per);
}
