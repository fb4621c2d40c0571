import fc from "fast-check";
import { expect, test } from "vitest";
import { backOffDelayMs } from "./back-off.ts";

test("the wait grows to its bound, never beyond it, and is at least half of its step", () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const delayMs = backOffDelayMs(attempt, random, { firstMs: 100, longestMs: 5000 });
        const stepMs = Math.min(5000, 100 * 2 ** attempt);
        return delayMs >= stepMs / 2 && delayMs <= stepMs;
      },
    ),
  );
  expect(backOffDelayMs(0, 0, { firstMs: 100, longestMs: 5000 })).toBe(50);
});
