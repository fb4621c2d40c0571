import fc from "fast-check";
import { expect, test } from "vitest";
import { amountTicks, axisOf, shareTicks } from "./axis-ticks.ts";

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

test("the marks of amounts are whole, round, few, and hold all amounts", () => {
  expect(amountTicks(0, 2_850)).toEqual([0, 1_000, 2_000, 3_000]);
  expect(amountTicks(0, 112_000)).toEqual([0, 50_000, 100_000, 150_000]);
  expect(amountTicks(-7, 12)).toEqual([-10, -5, 0, 5, 10, 15]);
  expect(amountTicks(0, 0)).toEqual([0, 1]);
  const amount = fc.integer({ min: -1e11, max: 1e11 }).map((cents) => cents / 100);
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      const [least, most] = [Math.min(a, b), Math.max(a, b)];
      const ticks = amountTicks(least, most);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.every((tick) => Number.isInteger(tick))).toBe(true);
      expect(ticks[0]).toBeLessThanOrEqual(least);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
    }),
  );
});

test("an axis begins at 0 unless it need not, and has its own marks only where they can be round", () => {
  expect(axisOf("share", [0.22, 0.31], true).ticks?.[0]).toBe(0);
  expect(axisOf("share", [0.22, 0.31], false).ticks?.[0]).toBe(0.22);
  expect(axisOf("seconds", [10, 4_000], true)).toEqual({ domain: [0, "auto"] });
  expect(axisOf("count", [], true)).toEqual({ domain: [0, "auto"] });
});
