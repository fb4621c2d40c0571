import { expect, test } from "vitest";
import { type ParetoNbd, paretoNbdAlive, paretoNbdPurchasesOfAlive } from "./pareto-nbd.ts";

/** Fitted on the CDNOW sample, in full; BTYD 2.4.3 prints them rounded, and the values below with them. */
const CDNOW: ParetoNbd = {
  r: 0.5532770580386394,
  alpha: 10.577683848238976,
  s: 0.6062400044743259,
  beta: 11.6687368437,
};

const purchasesIn = (params: ParetoNbd, row: [number, number, number], weeks: number) => {
  const [repeats, lastWeeks, ageWeeks] = row;
  return (
    paretoNbdAlive(params, { repeats, lastWeeks, ageWeeks }) *
    paretoNbdPurchasesOfAlive(params, { repeats, ageWeeks }, weeks)
  );
};

test("published values of single customers", () => {
  // BTYD 2.4.3, walkthrough.
  expect(paretoNbdPurchasesOfAlive(CDNOW, { repeats: 0, ageWeeks: 0 }, 52)).toBeCloseTo(1.473434, 3);
  expect(purchasesIn(CDNOW, [26, 30.85714, 31], 52)).toBeCloseTo(25.45647, 2);
  expect(paretoNbdAlive(CDNOW, { repeats: 26, lastWeeks: 30.85714, ageWeeks: 31 })).toBeCloseTo(0.997874, 5);
  [10, 15, 20, 25].forEach((repeats, at) => {
    const value = [0.7062289, 0.1442396, 0.02250658, 0.00309267][at] ?? 0;
    expect(purchasesIn(CDNOW, [repeats, 20, 39], 52) / value).toBeCloseTo(1, 2);
  });
  // lifetimes, tests/test_estimation.py: large x must not underflow.
  const rounded = { r: 0.55, alpha: 10.58, s: 0.61, beta: 11.67 };
  expect(purchasesIn(rounded, [132, 200, 200], 10)).toBeCloseTo(6.206051788963242, 6);
  expect(purchasesIn(rounded, [133, 200, 200], 10)).toBeCloseTo(6.252872247574811, 6);
});
