import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atLeast, binomial, convolve, given, mostWith, negativeBinomial, tailOf } from "./distribution.ts";

const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const groups = fc.array(fc.record({ p: probability, count: fc.integer({ min: 0, max: 4 }) }), {
  maxLength: 4,
});

/** Every outcome of every item, one by one. */
function byHand(chances: readonly number[], units: number): number {
  let sum = 0;
  for (let outcome = 0; outcome < 2 ** chances.length; outcome++) {
    let p = 1;
    let there = 0;
    for (const [item, chance] of chances.entries()) {
      const isThere = (outcome >> item) % 2 === 1;
      p *= isThere ? chance : 1 - chance;
      if (isThere) there += 1;
    }
    if (there >= units) sum += p;
  }
  return sum;
}

function tailOfGroups(all: readonly { p: number; count: number }[]): Float64Array {
  return tailOf(all.reduce((sum, { p, count }) => convolve(sum, binomial(count, p)), binomial(0, 1)));
}

describe("P(at least k) of independent items", () => {
  test("equals the sum over every outcome", () => {
    fc.assert(
      fc.property(groups, fc.nat(17), (all, units) => {
        const chances = all.flatMap(({ p, count }) => Array.from({ length: count }, () => p)).slice(0, 12);
        const tail = chances.reduce((sum, p) => convolve(sum, binomial(1, p)), binomial(0, 1));
        expect(atLeast(tailOf(tail), units)).toBeCloseTo(byHand(chances, units), 10);
      }),
      { verbose: true },
    );
  });

  test("does not depend on how equal items are grouped", () => {
    fc.assert(
      fc.property(groups, fc.nat(17), (all, units) => {
        const single = all.flatMap(({ p, count }) => Array.from({ length: count }, () => ({ p, count: 1 })));
        expect(atLeast(tailOfGroups(all), units)).toBeCloseTo(atLeast(tailOfGroups(single), units), 10);
      }),
      { verbose: true },
    );
  });

  test("falls with k from 1, and the most units with a probability are the largest k that reach it", () => {
    fc.assert(
      fc.property(groups, probability, (all, wanted) => {
        const tail = tailOfGroups(all);
        expect(tail[0]).toBe(1);
        for (let units = 1; units < tail.length; units++) {
          expect(atLeast(tail, units)).toBeLessThanOrEqual(atLeast(tail, units - 1));
        }
        const most = mostWith(tail, wanted);
        expect(atLeast(tail, most)).toBeGreaterThanOrEqual(wanted);
        expect(atLeast(tail, most + 1)).toBeLessThan(wanted);
      }),
      { verbose: true },
    );
  });

  test("is what a table of the binomial distribution says: 10 items at 0.9", () => {
    const tail = tailOf(binomial(10, 0.9));
    expect(atLeast(tail, 10)).toBeCloseTo(0.3486784401, 10);
    expect(atLeast(tail, 9)).toBeCloseTo(0.7360989291, 10);
    expect(atLeast(tail, 8)).toBeCloseTo(0.9298091736, 10);
    expect(mostWith(tail, 0.95)).toBe(7);
  });

  test("is what three unequal items give by hand: 0.9, 0.8 and 0.5", () => {
    const tail = tailOf(convolve(convolve(binomial(1, 0.9), binomial(1, 0.8)), binomial(1, 0.5)));
    expect(atLeast(tail, 1)).toBeCloseTo(0.99, 12);
    expect(atLeast(tail, 2)).toBeCloseTo(0.85, 12);
    expect(atLeast(tail, 3)).toBeCloseTo(0.36, 12);
  });

  test("of 10,000 equal items is worked out as exactly, in milliseconds", () => {
    const startedAt = process.cpuUsage();
    const tail = tailOf(binomial(10_000, 0.97));
    const cpuMs = process.cpuUsage(startedAt).user / 1000;
    // Mean 9,700, deviation 17.06: the 5 % point lies 1.645 deviations below.
    expect(mostWith(tail, 0.95)).toBeGreaterThanOrEqual(9671);
    expect(mostWith(tail, 0.95)).toBeLessThanOrEqual(9672);
    expect(atLeast(tail, 9700)).toBeCloseTo(0.5, 1);
    expect(cpuMs).toBeLessThan(200);
  });
});

describe("what is known besides", () => {
  test("a Poisson rate that is known only as Gamma is negative binomial: P(0), mean and sum", () => {
    const { first, mass } = negativeBinomial(3, 100, 50, 200);
    expect(first).toBe(0);
    expect(mass[0]).toBeCloseTo((100 / 150) ** 3, 10);
    expect(mass.reduce((sum, p, n) => sum + p * n, 0)).toBeCloseTo(1.5, 8);
    expect(mass.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  test("given at least one, what is left keeps its proportions", () => {
    const left = given(binomial(2, 0.5), 1);
    expect(left.first).toBe(1);
    expect([...left.mass]).toEqual([2 / 3, 1 / 3]);
  });
});
