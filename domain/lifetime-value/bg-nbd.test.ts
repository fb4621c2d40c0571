import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bgNbdArbitrary,
  historyArbitrary,
  integrate,
  oneGroup,
} from "../../test/support/purchase-arbitraries.ts";
import { type BgNbd, bgNbdAlive, bgNbdLikelihood } from "./bg-nbd.ts";
import { expectedPurchasesOfAlive } from "./expected-purchases.ts";
import { gammaGammaMean } from "./gamma-gamma.ts";
import { logGamma } from "./log-gamma.ts";

/** Fitted on the CDNOW sample; printed by the walkthrough of the R package BTYD 2.4.3. */
const CDNOW: BgNbd = { r: 0.2425967, alpha: 4.413659, a: 0.7929869, b: 2.426164 };

const purchasesIn = (params: BgNbd, row: [number, number, number], weeks: number) => {
  const [repeats, lastWeeks, ageWeeks] = row;
  const { probability } = bgNbdAlive(params, { repeats, lastWeeks, ageWeeks });
  return probability * expectedPurchasesOfAlive(params, { repeats, ageWeeks }, weeks);
};

test("published values of single customers", () => {
  // pymc-marketing, tests/clv/models/test_beta_geo.py; the second overflows where ln Γ is not kept as a logarithm.
  const params = { r: 0.25, alpha: 4, a: 0.8, b: 2.5 };
  expect(bgNbdLikelihood(oneGroup(0, 0, 40), params).value).toBeCloseTo(-0.59947382, 7);
  expect(bgNbdLikelihood(oneGroup(200, 38, 40), params).value).toBeCloseTo(100.7957, 4);
  // BTYD 2.4.3, walkthrough.
  expect(expectedPurchasesOfAlive(CDNOW, { repeats: 0, ageWeeks: 0 }, 52)).toBeCloseTo(1.444004, 5);
  expect(purchasesIn(CDNOW, [26, 30.85714, 31], 52)).toBeCloseTo(25.75659, 3);
  expect(bgNbdAlive(CDNOW, { repeats: 26, lastWeeks: 30.85714, ageWeeks: 31 }).probability).toBeCloseTo(
    0.9688523,
    6,
  );
  // Who bought more and then stopped is the surer gone.
  const stopped = [10, 15, 20, 25].map((repeats) => purchasesIn(CDNOW, [repeats, 20, 39], 52));
  [0.3474606, 0.04283391, 0.004158973, 0.0003583685].forEach((value, at) => {
    expect((stopped[at] ?? 0) / value).toBeCloseTo(1, 4);
  });
  // lifetimes, tests/test_estimation.py, after Hardie's spreadsheet.
  expect(purchasesIn(CDNOW, [2, 30.43, 38.86], 39)).toBeCloseTo(1.226, 3);
  [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576].forEach((value, at) => {
    const weeks = [0.1429, 1, 3, 31.8571, 32, 78][at] ?? 0;
    expect(
      Math.abs(expectedPurchasesOfAlive(CDNOW, { repeats: 0, ageWeeks: 0 }, weeks) - value),
    ).toBeLessThan(5e-4);
  });
  // lifetimes, docs/Quickstart.md: mean value of customers with (x, m).
  const spend = { p: 6.2496, q: 3.7442, v: 15.4435 };
  const means = [
    [2, 22.35],
    [1, 11.77],
    [0, 0],
    [7, 73.74],
  ].map(([repeats = 0, meanValue = 0]) => gammaGammaMean(spend, { repeats, meanValue })?.mean);
  expect(means[0]).toBeCloseTo(24.658619, 1);
  expect(means[1]).toBeCloseTo(18.911489, 2);
  expect(means[2]).toBeCloseTo(35.170981, 2);
  expect(means[3]).toBeCloseTo(71.462843, 1);
});

test("the likelihood, summed over when purchases can have been, is the published chance of so many purchases", () => {
  // R package BTYD, by way of lifetimes' tests: P(X(t) = n).
  const params = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
  expect(chanceOfCount(params, 0, 39)).toBeCloseTo(0.5737864, 6);
  expect(chanceOfCount(params, 10, 2) / 1.07869e-7).toBeCloseTo(1, 3);
  [0.0019995214, 0.0015170236, 0.001163315, 0.0009003148, 0.0007023638].forEach((value, at) => {
    expect(chanceOfCount(params, 11 + at, 30) / value).toBeCloseTo(1, 3);
  });
});

/** ∫ L(x, t_x, T) t_x^(x−1) / (x−1)! dt_x: the earlier purchases lie anywhere before the last. */
function chanceOfCount(params: BgNbd, repeats: number, weeks: number): number {
  if (repeats === 0) return Math.exp(bgNbdLikelihood(oneGroup(0, 0, weeks), params).value);
  return integrate(0, weeks, 2_000, (last) =>
    last === 0 && repeats > 1
      ? 0
      : Math.exp(
          bgNbdLikelihood(oneGroup(repeats, last, weeks), params).value +
            (repeats - 1) * Math.log(Math.max(last, 1e-300)) -
            logGamma(repeats),
        ),
  );
}

test("the likelihood equals the published product of Beta and Gamma functions, and its gradient its slope", () => {
  fc.assert(
    fc.property(bgNbdArbitrary, historyArbitrary, (at, row) => {
      const { r, alpha, a, b } = at;
      const { repeats: x, lastWeeks, ageWeeks } = row;
      const group = oneGroup(x, lastWeeks, ageWeeks);
      const beta = (left: number, right: number) => logGamma(left) + logGamma(right) - logGamma(left + right);
      const common = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
      const alive = Math.exp(common + beta(a, b + x) - beta(a, b) - (r + x) * Math.log(alpha + ageWeeks));
      const gone =
        x === 0
          ? 0
          : Math.exp(common + beta(a + 1, b + x - 1) - beta(a, b) - (r + x) * Math.log(alpha + lastWeeks));
      const found = bgNbdLikelihood(group, at);
      expect(found.value).toBeCloseTo(Math.log(alive + gone), 8);
      expect(bgNbdAlive(at, row).probability).toBeCloseTo(alive / (alive + gone), 9);
      (["r", "alpha", "a", "b"] as const).forEach((name, index) => {
        const step = 1e-5 * at[name];
        const above = bgNbdLikelihood(group, { ...at, [name]: at[name] + step });
        const below = bgNbdLikelihood(group, { ...at, [name]: at[name] - step });
        expect(found.gradient[index]).toBeCloseTo((above.value - below.value) / (2 * step), 3);
        const logAlive = (by: number) =>
          Math.log(bgNbdAlive({ ...at, [name]: at[name] + by }, row).probability);
        const slope = ((logAlive(step) - logAlive(-step)) / (2 * step)) * at[name];
        expect(bgNbdAlive(at, row).logGradient[index]).toBeCloseTo(slope, 3);
      });
    }),
  );
});

test("expected purchases have their digits where the published form has none left", () => {
  // mpmath 1.3, 60 digits: [r, α, a, b], [x, T], weeks.
  const cases: [[number, number, number, number], [number, number], number, number][] = [
    [[3, 180, 0.025, 0.04], [0, 180], 127, 0.877261841693],
    [[0.25, 4.5, 0.8, 2.5], [200, 39], 52, 170.963125078],
    [[400, 2, 0.006, 20], [39, 50], 110, 917.563385008],
    [[0.5, 5, 300, 800], [3, 60], 52, 1.83130466607],
    [[0.3, 4, 1.000001, 2], [5, 30], 52, 5.34071961488],
  ];
  for (const [[r, alpha, a, b], [repeats, ageWeeks], weeks, value] of cases) {
    const found = expectedPurchasesOfAlive({ r, alpha, a, b }, { repeats, ageWeeks }, weeks);
    expect(found / value).toBeCloseTo(1, 10);
  }
});

test("expected purchases equal the mean over all chances to leave, near a = 1 and far from it, and rise with time", () => {
  const nearOne = fc.constantFrom(1, 1 + 1e-7, 1 - 1e-5);
  const chosen = fc.oneof(
    bgNbdArbitrary,
    fc.tuple(bgNbdArbitrary, nearOne).map(([{ r, alpha, b }, a]) => ({ r, alpha, a, b })),
  );
  fc.assert(
    fc.property(chosen, historyArbitrary, fc.double({ min: 1, max: 150, noNaN: true }), (at, row, weeks) => {
      const { r, alpha, a, b } = at;
      const { repeats, ageWeeks } = row;
      const shape = r + repeats;
      const logBeta = logGamma(a) + logGamma(b + repeats) - logGamma(a + b + repeats);
      const bought = (p: number): number => {
        const share = (p * weeks) / (alpha + ageWeeks);
        return p < 1e-12 ? (shape / (alpha + ageWeeks)) * weeks : -Math.expm1(-shape * Math.log1p(share)) / p;
      };
      // p = u^k takes the pole of the Beta density at 0 away, 1 − p = v^k that at 1.
      const half = (own: number, other: number, leaves: (q: number) => number): number => {
        const k = Math.max(1, 2 / own);
        return integrate(0, 0.5 ** (1 / k), 10_000, (u) => {
          const q = u ** k;
          return leaves(q) * k * u ** (k * own - 1) * Math.exp((other - 1) * Math.log1p(-q) - logBeta);
        });
      };
      const mean = half(a, b + repeats, bought) + half(b + repeats, a, (q) => bought(1 - q));
      const found = expectedPurchasesOfAlive(at, row, weeks);
      expect(found / mean).toBeCloseTo(1, 3);
      // Who surely leaves soon buys no more in the last digit.
      expect(expectedPurchasesOfAlive(at, row, weeks * 1.01)).toBeGreaterThanOrEqual(found * (1 - 1e-12));
    }),
    { numRuns: 60 },
  );
});
