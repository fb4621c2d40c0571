import { describe, expect, test } from "vitest";
import { shareInterval } from "./share-interval.ts";

describe("the interval of a share", () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i of %i is as published", (successes, n, lower, upper) => {
    const interval = shareInterval(successes, n);
    expect(interval?.lower).toBeCloseTo(lower, 4);
    expect(interval?.upper).toBeCloseTo(upper, 4);
  });

  test("ends where a share can end, the same from either side", () => {
    expect(shareInterval(0, 20)?.lower).toBe(0);
    expect(shareInterval(20, 20)?.upper).toBe(1);
    const [few, most] = [shareInterval(3, 20), shareInterval(17, 20)];
    expect(few?.lower).toBeCloseTo(1 - (most?.upper ?? 0), 12);
    expect(few?.upper).toBeCloseTo(1 - (most?.lower ?? 0), 12);
  });

  test("is none without a case", () => {
    expect(shareInterval(0, 0)).toBeNull();
  });
});
