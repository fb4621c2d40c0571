import fc from "fast-check";
import { expect, test } from "vitest";
import { simulateShoppers } from "../../simulators/shoppers/simulate-shoppers.ts";
import { historyArbitrary, oneGroup } from "../../test/support/purchase-arbitraries.ts";
import { bgNbdLikelihood } from "./bg-nbd.ts";
import { fitPurchases } from "./fit-purchases.ts";
import { fitSpend } from "./fit-spend.ts";
import { gammaGammaLikelihood, toSpendRows } from "./gamma-gamma.ts";
import { groupHistories } from "./grouped-histories.ts";
import { nbdLikelihood } from "./nbd.ts";
import { predictLifetimeValues } from "./predict-lifetime-value.ts";
import { type PurchaseHistory, summarisePurchases, toHistories } from "./purchase-histories.ts";

const TRUTH = { r: 0.6, alpha: 6, dropout: { a: 0.8, b: 2.5 }, spend: { p: 6, q: 4, v: 15 } };

test("equal customers are one row with a weight, and the order of customers changes nothing", () => {
  fc.assert(
    fc.property(
      fc.array(historyArbitrary, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 2, max: 4 }),
      (rows, times) => {
        const at = { r: 0.4, alpha: 6, a: 0.9, b: 2 };
        const once = groupHistories(toHistories(rows));
        const often = groupHistories(toHistories(Array.from({ length: times }, () => rows).flat()));
        expect(often.weight.length).toBe(once.weight.length);
        expect(bgNbdLikelihood(often, at).value).toBeCloseTo(times * bgNbdLikelihood(once, at).value, 8);
        expect(nbdLikelihood(often, at).value).toBeCloseTo(times * nbdLikelihood(once, at).value, 8);
        const single = rows.reduce(
          (sum, row) => sum + bgNbdLikelihood(oneGroup(row.repeats, row.lastWeeks, row.ageWeeks), at).value,
          0,
        );
        expect(bgNbdLikelihood(once, at).value).toBeCloseTo(single, 8);
        const turned = groupHistories(toHistories(rows.toReversed()));
        expect(bgNbdLikelihood(turned, at)).toEqual(bgNbdLikelihood(once, at));
      },
    ),
  );
});

test("the likelihood of values has the slope that it says", () => {
  const rows = toSpendRows(toHistories(simulateShoppers(300, TRUTH, { weeks: 60, seed: 3 })));
  fc.assert(
    fc.property(
      fc.record({
        p: fc.double({ min: 0.2, max: 20, noNaN: true }),
        q: fc.double({ min: 0.2, max: 20, noNaN: true }),
        v: fc.double({ min: 0.2, max: 60, noNaN: true }),
      }),
      (at) => {
        const { gradient } = gammaGammaLikelihood(rows, at);
        (["p", "q", "v"] as const).forEach((name, index) => {
          const step = 1e-5 * at[name];
          const above = gammaGammaLikelihood(rows, { ...at, [name]: at[name] + step }).value;
          const below = gammaGammaLikelihood(rows, { ...at, [name]: at[name] - step }).value;
          const slope = (above - below) / (2 * step);
          expect(Math.abs((gradient[index] ?? 0) - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
        });
      },
    ),
    { numRuns: 30 },
  );
});

test("parameters that customers were simulated with come back, within four of their stated errors", () => {
  const histories = toHistories(simulateShoppers(6_000, TRUTH, { weeks: 80, seed: 11 }));
  const purchases = fitPurchases(groupHistories(histories));
  const spend = fitSpend(histories);
  if (purchases.model.kind !== "bg_nbd" || spend === null) throw new Error("no fit");
  const { r, alpha, a, b } = purchases.model;
  const { p, q, v } = spend.model;
  const check = (found: number[], truth: number[], covariance: number[][] | null) =>
    found.forEach((each, at) => {
      const error = Math.sqrt(covariance?.[at]?.[at] ?? 0);
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThan(0.3);
      expect(Math.abs(Math.log(each / (truth[at] ?? 1)))).toBeLessThan(4 * error);
    });
  check([r, alpha, a, b], [0.6, 6, 0.8, 2.5], purchases.covariance);
  check([p, q, v], [6, 4, 15], spend.covariance);
  expect([...purchases.flags, ...spend.flags]).toEqual([]);
});

test("where nobody goes, no dropout is detectable, and no chance to be alive is given", () => {
  const rows = simulateShoppers(4_000, { ...TRUTH, dropout: null }, { weeks: 40, seed: 5 });
  const histories = toHistories(rows);
  const purchases = fitPurchases(groupHistories(histories));
  const spend = fitSpend(histories);
  if (spend === null) throw new Error("no fit");
  expect(purchases.model.kind).toBe("nbd");
  expect(purchases.flags).toEqual(["no_dropout_detectable"]);
  const { alive, value } = predictLifetimeValues(histories, { purchases, spend });
  expect(alive.every(Number.isNaN)).toBe(true);
  expect(value.every((each) => each > 0)).toBe(true);
});

test("a fit on few says so, and one whose mean value is not bounded gives no value to who never came back", () => {
  const few = toHistories(simulateShoppers(60, TRUTH, { weeks: 50, seed: 8 }));
  expect(fitPurchases(groupHistories(few)).flags).toContain("few_repeaters");
  const wild = simulateShoppers(3_000, { ...TRUTH, spend: { p: 2, q: 0.8, v: 5 } }, { weeks: 60, seed: 9 });
  const histories = toHistories(wild);
  const spend = fitSpend(histories);
  if (spend === null) throw new Error("no fit");
  expect(spend.flags).toContain("mean_value_unbounded");
  const { value } = predictLifetimeValues(histories, {
    purchases: fitPurchases(groupHistories(histories)),
    spend,
  });
  expect(wild.every((row, at) => Number.isNaN(value[at]) === (row.repeats === 0))).toBe(true);
});

test("a customer whose mean value is not known has no value, and the total is that of the others", () => {
  const rows = simulateShoppers(400, TRUTH, { weeks: 60, seed: 11 });
  const unknown = rows.findIndex(({ repeats }) => repeats > 1);
  const histories = toHistories(
    rows.map((row, at) => (at === unknown ? { ...row, meanValue: Number.NaN } : row)),
  );
  const fits = { purchases: fitPurchases(groupHistories(histories)), spend: fitSpend(histories)! };
  const { value, total } = predictLifetimeValues(histories, fits);
  const others = value.filter((_, at) => at !== unknown);
  expect(value[unknown]).toBeNaN();
  expect(total.customers).toBe(rows.length - 1);
  expect(total.value).toBeCloseTo(
    others.reduce((sum, each) => sum + each, 0),
    6,
  );
  expect(total.lower).toBeLessThan(total.value);
});

test("the currency's size changes values and nothing else", () => {
  const histories = toHistories(simulateShoppers(2_000, TRUTH, { weeks: 60, seed: 4 }));
  const inYen = { ...histories, meanValue: histories.meanValue.map((value) => value * 150) };
  const [euro, yen] = [fitSpend(histories), fitSpend(inYen)];
  expect(yen?.model.p).toBeCloseTo(euro?.model.p ?? 0, 5);
  expect(yen?.model.q).toBeCloseTo(euro?.model.q ?? 0, 5);
  expect((yen?.model.v ?? 0) / 150).toBeCloseTo(euro?.model.v ?? 0, 4);
});

test("purchases of one day are one, the first day's value is left out, and later days do not count", () => {
  // pymc-marketing, tests/clv/test_utils.py: to 7 February 2015, in days from 1 January.
  const summaries = [
    [
      [0, 1],
      [36, 2],
    ],
    [[0, 2]],
    [
      [0, 3],
      [1, 1],
      [4, 5],
    ],
    [
      [15, 6],
      [32, 3],
      [35, 3],
      [35, 6],
    ],
    [
      [15, 3],
      [16, 1],
      [17, 8],
    ],
    [[32, 5]],
  ].map((days) => summarisePurchases(days.map(([day = 0, value = 0]) => ({ day, value })).toReversed(), 37));
  const expected: [number, number, number, number][] = [
    [1, 36, 37, 2],
    [0, 0, 37, 0],
    [2, 4, 37, 3],
    [2, 20, 22, 6],
    [2, 2, 22, 4.5],
    [0, 0, 5, 0],
  ];
  expect(summaries).toEqual(
    expected.map(
      ([repeats, last, age, meanValue]): PurchaseHistory => ({
        repeats,
        lastWeeks: last / 7,
        ageWeeks: age / 7,
        meanValue,
      }),
    ),
  );
  expect(summarisePurchases([{ day: 40, value: 1 }], 37)).toBeNull();
});
