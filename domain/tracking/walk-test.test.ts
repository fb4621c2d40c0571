import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { learnNearRule, type WalkRead } from "./walk-test.ts";

const MINUTE_MS = 60_000;

/** Reads of one tag at even distances over a minute. */
function tagReads(epc: string, count: number, rssiDbm: number): WalkRead[] {
  return Array.from({ length: count }, (_, index) => ({
    epc,
    atMs: Math.floor((index * MINUTE_MS) / count),
    rssiDbm,
  }));
}

const isNear = (epc: string): boolean => epc.startsWith("near");

describe("learning near from stray", () => {
  test("goes by the read count where that tells them apart, though their strengths do not", () => {
    const reads = [
      ...tagReads("near-1", 20, -70),
      ...tagReads("near-2", 15, -50),
      ...tagReads("stray-1", 3, -50),
      ...tagReads("stray-2", 1, -60),
    ];
    const { rule, before, after } = learnNearRule(reads, isNear, { windowsMs: [MINUTE_MS] });
    // 4 to 15 reads would do.
    expect(rule).toEqual({ minReads: 8, windowMs: MINUTE_MS, minRssiDbm: null });
    expect(before).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3 });
    expect(after).toEqual({ precision: 1, recall: 1, f1: 1 });
  });

  test("goes by strength where the read counts are alike", () => {
    const reads = [
      ...tagReads("near-1", 10, -50),
      ...tagReads("near-2", 10, -55),
      ...tagReads("stray", 10, -66),
    ];
    const { rule, after } = learnNearRule(reads, isNear, { windowsMs: [MINUTE_MS] });
    expect(rule).toEqual({ minReads: 1, windowMs: MINUTE_MS, minRssiDbm: -55 });
    expect(after.f1).toBe(1);
  });

  test("asks for no strength of readers that send none", () => {
    const reads = [...tagReads("near", 10, Number.NaN), ...tagReads("stray", 2, Number.NaN)];
    const { rule } = learnNearRule(reads, isNear, { windowsMs: [MINUTE_MS] });
    // 3 to 10 reads would do.
    expect(rule).toEqual({ minReads: 6, windowMs: MINUTE_MS, minRssiDbm: null });
  });

  test("takes the shortest of several windows that are as good", () => {
    const reads = [...tagReads("near", 60, -50), ...tagReads("stray", 1, -50)];
    const { rule } = learnNearRule(reads, isNear, { windowsMs: [30_000, 5000, 10_000] });
    // 2 to 5 reads would do.
    expect(rule).toEqual({ minReads: 4, windowMs: 5000, minRssiDbm: null });
  });

  test("measures before by the rule that is in use", () => {
    const reads = [...tagReads("near", 60, -50), ...tagReads("stray", 2, -70)];
    const current = { minReads: 3, windowMs: MINUTE_MS, minRssiDbm: null };
    const { before } = learnNearRule(reads, isNear, { windowsMs: [MINUTE_MS], current });
    expect(before.f1).toBe(1);
  });

  test("knows tags that were near for a time only, and says 0 where none was", () => {
    const reads = [...tagReads("a", 60, -50), ...tagReads("b", 60, -50)];
    const inFirstHalf = (epc: string, atMs: number): boolean => epc === "a" && atMs < 30_000;
    const learnt = learnNearRule(reads, inFirstHalf, { windowsMs: [10_000] });
    expect({ near: learnt.nearWindows, stray: learnt.strayWindows }).toEqual({ near: 3, stray: 9 });
    expect(learnNearRule(reads, () => false, { windowsMs: [10_000] }).after.f1).toBe(0);
    expect(learnNearRule([], isNear, { windowsMs: [10_000] }).nearWindows).toBe(0);
  });

  test("never ends clearly worse than taking every read for near", () => {
    const read = fc.record({
      epc: fc.constantFrom("near-1", "near-2", "stray-1", "stray-2"),
      atMs: fc.nat(120_000),
      rssiDbm: fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -85, max: -40 })),
    });
    fc.assert(
      fc.property(fc.array(read, { maxLength: 60 }), (reads) => {
        const { before, after } = learnNearRule(reads, isNear, { windowsMs: [10_000] });
        expect(after.f1).toBeGreaterThanOrEqual(before.f1 - 0.0101);
      }),
      { verbose: true },
    );
  });
});
