import fc from "fast-check";
import { expect, test } from "vitest";
import { sortThresholds, thresholdBand } from "./threshold-band.ts";

test("a quantity equal to a threshold is on its low side", () => {
  expect([-1, 0, 1, 5, 6].map((quantity) => thresholdBand([0, 5], quantity))).toEqual([0, 0, 1, 1, 2]);
});

test("the band changes exactly when the quantity changes its side of some threshold", () => {
  const quantity = fc.integer({ min: -3, max: 12 });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1 }),
      quantity,
      quantity,
      (list, a, b) => {
        const thresholds = sortThresholds(list);
        const isCrossed = list.some((threshold) => a <= threshold !== b <= threshold);
        expect(thresholdBand(thresholds, a) !== thresholdBand(thresholds, b)).toBe(isCrossed);
      },
    ),
  );
});
