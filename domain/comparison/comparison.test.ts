import fc from "fast-check";
import { expect, test } from "vitest";
import { brokenPromiseChurn } from "./broken-promise-churn.ts";
import { compareMatched } from "./compare-matched.ts";
import { omnichannelValue } from "./omnichannel-value.ts";
import { retentionRatio } from "./retention-ratio.ts";
import { createSeededRandom } from "./seeded-random.ts";

const many = (count: number, channels: number, cohort: string, tenureDays: number, value: number) =>
  Array.from({ length: count }, () => ({ channels, cohort, tenureDays, value }));

test("the matched ratio compares only people of the same first month and a like time as customers", () => {
  // Long-standing customers are worth 10 times as much and mostly use both channels; within a stratum a channel changes nothing.
  const customers = [
    ...many(90, 2, "2025-01", 300, 1_000),
    ...many(10, 1, "2025-01", 300, 1_000),
    ...many(10, 2, "2025-06", 20, 100),
    ...many(90, 1, "2025-06", 20, 100),
    ...many(5, 2, "2025-07", 0, 9_999),
  ];
  const { plain, matched, warning } = omnichannelValue(customers, { resamples: 200 });
  expect(plain.estimate).toBeGreaterThan(4);
  expect(matched.estimate).toBeCloseTo(1, 12);
  expect(matched).toMatchObject({
    treated: { n: 105, matched: 100 },
    control: { n: 100, matched: 100 },
    strata: 3,
    matchedStrata: 2,
    resamples: 200,
  });
  expect(warning).toMatch(/select themselves/);
});

test("a stratum counts as often as it has treated rows", () => {
  const row = (stratum: string, isTreated: boolean, value: number) => ({ stratum, isTreated, value });
  const rows = [
    row("a", true, 30),
    row("a", true, 50),
    row("a", false, 10),
    row("b", true, 7),
    row("b", false, 7),
  ];
  expect(compareMatched(rows, { statistic: "ratio" }).estimate).toBeCloseTo(87 / 27, 12);
  expect(compareMatched(rows, { statistic: "difference" }).estimate).toBeCloseTo(20, 12);
});

test("the interval is the same for the same seed, and holds the estimate", () => {
  const row = fc.record({
    stratum: fc.constantFrom("a", "b", "c"),
    isTreated: fc.boolean(),
    value: fc.integer({ min: 1, max: 1_000 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 30, maxLength: 60 }), fc.integer(), (rows, seed) => {
      const options = { statistic: "difference", seed, resamples: 200 } as const;
      const found = compareMatched(rows, options);
      expect(compareMatched(rows, options)).toEqual(found);
      if (found.estimate === null || found.lower === null || found.upper === null) return;
      expect(found.lower).toBeLessThanOrEqual(found.estimate + 1e-9);
      expect(found.upper).toBeGreaterThanOrEqual(found.estimate - 1e-9);
    }),
    { numRuns: 50 },
  );
});

test("the interval is as wide as theory says, whether rows are drawn or their mean is", () => {
  for (const size of [400, 5_000]) {
    const random = createSeededRandom(size);
    const rows = Array.from({ length: 2 * size }, (_, index) => ({
      stratum: "",
      isTreated: index % 2 === 0,
      value: random.normal(),
    }));
    const { lower, upper } = compareMatched(rows, { statistic: "difference", resamples: 2_000 });
    const expected = 2 * 1.96 * Math.sqrt(2 / size);
    expect(((upper ?? 0) - (lower ?? 0)) / expected).toBeCloseTo(1, 0.7);
  }
});

test("nothing to compare gives no number", () => {
  const none = { estimate: null, lower: null, upper: null };
  expect(compareMatched([], { statistic: "ratio" })).toMatchObject({ ...none, resamples: 0, strata: 0 });
  expect(omnichannelValue(many(3, 1, "2025-01", 0, 5)).plain).toMatchObject(none);
  expect(
    omnichannelValue([...many(3, 1, "2025-01", 0, -5), ...many(3, 2, "2025-01", 0, 5)]).plain,
  ).toMatchObject(none);
});

test("churn after a broken promise is the difference to a kept one, matched on month and orders before", () => {
  const orders = (count: number, isBroken: boolean, isChurned: boolean, ordersBefore: number) =>
    Array.from({ length: count }, () => ({ isBroken, isChurned, month: "2026-01", ordersBefore }));
  const { plain, matched } = brokenPromiseChurn([
    ...orders(30, true, true, 0),
    ...orders(10, true, false, 0),
    ...orders(50, false, true, 0),
    ...orders(50, false, false, 0),
    ...orders(100, false, false, 5),
  ]);
  expect(plain.estimate).toBeCloseTo(0.75 - 0.25, 12);
  expect(matched.estimate).toBeCloseTo(0.75 - 0.5, 12);
  expect(matched.lower).toBeGreaterThan(0.05);
  expect(matched.upper).toBeLessThan(0.45);
});

test("the retention ratio is K4 of many channels ÷ K4 of one, with the interval of a ratio of shares", () => {
  const found = retentionRatio(
    { atStart: 100, atEnd: 95, newInWindow: 15 },
    { atStart: 200, atEnd: 130, newInWindow: 30 },
  );
  expect(found.ratio).toBeCloseTo(1.6, 12);
  // exp(ln 1.6 ∓ 1.96 √(1/80 − 1/100 + 1/100 − 1/200))
  expect(found.lower).toBeCloseTo(1.6 * Math.exp(-1.959964 * Math.sqrt(0.0075)), 5);
  expect(found.upper).toBeCloseTo(1.6 * Math.exp(1.959964 * Math.sqrt(0.0075)), 5);
  expect(
    retentionRatio({ atStart: 0, atEnd: 0, newInWindow: 0 }, { atStart: 1, atEnd: 1, newInWindow: 0 }),
  ).toMatchObject({
    ratio: null,
    multi: { n: 0, rate: null },
  });
});
