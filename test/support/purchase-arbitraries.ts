import fc from "fast-check";
import { groupHistories, type GroupedHistories } from "../../domain/lifetime-value/grouped-histories.ts";
import { toHistories } from "../../domain/lifetime-value/purchase-histories.ts";

/** One customer by x, t_x and T. */
export function oneGroup(repeats: number, lastWeeks: number, ageWeeks: number): GroupedHistories {
  return groupHistories(toHistories([{ repeats, lastWeeks, ageWeeks, meanValue: 0 }]));
}

/** Simpson's rule. */
export function integrate(from: number, to: number, steps: number, value: (at: number) => number): number {
  const width = (to - from) / steps;
  let sum = value(from) + value(to);
  for (let step = 1; step < steps; step += 1) sum += (step % 2 === 1 ? 4 : 2) * value(from + step * width);
  return (sum * width) / 3;
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
export const bgNbdArbitrary = fc.record({
  r: between(0.05, 8),
  alpha: between(0.3, 50),
  a: between(0.05, 30),
  b: between(1, 60),
});
export const historyArbitrary = fc
  .record({
    repeats: fc.integer({ min: 0, max: 40 }),
    lastShare: between(0.01, 1),
    ageWeeks: between(1, 200),
  })
  .map(({ repeats, lastShare, ageWeeks }) => ({
    repeats,
    lastWeeks: repeats === 0 ? 0 : lastShare * ageWeeks,
    ageWeeks,
    meanValue: repeats === 0 ? 0 : 1 + 100 * lastShare,
  }));
