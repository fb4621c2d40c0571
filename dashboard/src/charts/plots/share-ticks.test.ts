import fc from "fast-check";
import { expect, test } from "vitest";
import { shareTicks } from "./share-ticks.ts";

test("the marks are round, few, hold all shares, and end at 100 % unless a share is beyond", () => {
  expect(shareTicks(0.959, 0.9995)).toEqual([0.95, 0.96, 0.97, 0.98, 0.99, 1]);
  expect(shareTicks(1, 1)).toEqual([0.999, 1]);
  expect(shareTicks(0, 0)).toEqual([0, 0.001]);
  expect(shareTicks(0.2, 0.6)).toEqual([0.2, 0.3, 0.4, 0.5, 0.6]);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1.5, noNaN: true }),
      fc.double({ min: 0, max: 1.5, noNaN: true }),
      (a, b) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)];
        const ticks = shareTicks(least, most);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks[0]).toBeLessThanOrEqual(least + 1e-9);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most - 1e-9);
        expect(ticks.at(-1)).toBeLessThanOrEqual(most <= 1 ? 1 : most + 0.5);
      },
    ),
  );
});
