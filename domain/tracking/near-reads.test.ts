import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epcOf, toldBook } from "../../test/support/told-book.ts";
import { type NearRead, NearReads } from "./near-reads.ts";
import type { NearRule } from "./placed-read.ts";

const LIMITS = { maxCandidates: 100, reorderWindowMs: 10_000 };
const A = epcOf(1);

/** near(e, z, t) told plainly: of all reads at once. */
function nearOf(reads: readonly NearRead[], rule: NearRule): number[] {
  return reads
    .filter(({ atMs }) => {
      const window = reads.filter((read) => read.atMs <= atMs && read.atMs > atMs - rule.windowMs);
      const { minRssiDbm } = rule;
      const isStrong =
        minRssiDbm === null || window.some(({ rssiDbm }) => Number.isNaN(rssiDbm) || rssiDbm >= minRssiDbm);
      return window.length >= rule.minReads && isStrong;
    })
    .map(({ atMs }) => atMs);
}

const rssi = fc.oneof(fc.integer({ min: -80, max: -50 }), fc.constant(Number.NaN));
const ruleArbitrary = fc.record({
  minReads: fc.integer({ min: 1, max: 4 }),
  windowMs: fc.constantFrom(1000, 5000, 9000),
  minRssiDbm: fc.option(fc.integer({ min: -75, max: -55 }), { nil: null }),
});

describe("reads at a read point that tells near from stray", () => {
  test("are near by the rule, whatever the order they come in, and told once each", () => {
    const history = fc.uniqueArray(fc.record({ atMs: fc.integer({ min: 0, max: 12_000 }), rssiDbm: rssi }), {
      maxLength: 40,
      selector: ({ atMs }) => atMs,
    });
    fc.assert(
      fc.property(history, ruleArbitrary, (reads, rule) => {
        const near = new NearReads(LIMITS);
        const told = reads.flatMap((read) => near.note(1, 2, read, rule)).map(({ atMs }) => atMs);
        expect([...told].sort((a, b) => a - b)).toEqual(nearOf(reads, rule).sort((a, b) => a - b));
      }),
    );
  });

  test("in one instant are near, and as strong as the strongest of them, whichever came first", () => {
    const rule = { minReads: 2, windowMs: 5000, minRssiDbm: -70 };
    const reads = [
      { atMs: 0, rssiDbm: -80 },
      { atMs: 100, rssiDbm: -71 },
      { atMs: 100, rssiDbm: Number.NaN },
      { atMs: 100, rssiDbm: -75 },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(reads, { minLength: reads.length }), (shuffled) => {
        const near = new NearReads(LIMITS);
        const told = shuffled.flatMap((read) => near.note(1, 2, read, rule));
        expect(new Set(told.map(({ atMs }) => atMs))).toEqual(new Set([100]));
        expect(Math.max(...told.flatMap(({ rssiDbm }) => (Number.isNaN(rssiDbm) ? [] : [rssiDbm])))).toBe(
          -71,
        );
      }),
    );
  });

  test("count for their own item and zone alone", () => {
    const near = new NearReads(LIMITS);
    const rule = { minReads: 2, windowMs: 5000, minRssiDbm: null };
    const read = (atMs: number) => ({ atMs, rssiDbm: -60 });
    expect(near.note(1, 1, read(0), rule)).toEqual([]);
    expect(near.note(1, 2, read(100), rule)).toEqual([]);
    expect(near.note(2, 1, read(200), rule)).toEqual([]);
    expect(near.note(1, 1, read(0), rule)).toEqual([]);
    expect(near.note(1, 1, read(300), rule)).toEqual([read(300)]);
  });

  test("forget what is too old to count, however many come", () => {
    const near = new NearReads(LIMITS);
    const rule = { minReads: 3, windowMs: 1000, minRssiDbm: null };
    for (let atMs = 0; atMs < 500_000; atMs += 100) near.note(1, 1, { atMs, rssiDbm: -60 }, rule);
    expect(near.byteLength).toBeLessThan(10_000);
    for (let item = 0; item < 1000; item++) near.note(item, 1, { atMs: 0, rssiDbm: -60 }, rule);
    expect(near.byteLength).toBeLessThan(20_000);
  });

  test("that are stray move nothing, make nothing, and keep nobody alive at the wrong place", () => {
    const told = toldBook();
    const rule = { minReads: 3, windowMs: 10_000, minRssiDbm: -65 };
    told.read(A, 0, "dock");
    told.pass(A, 10_000, "floor");
    for (let ms = 60_000; ms < 90_000; ms += 3000) {
      expect(told.read(A, ms, "backroom", -75, rule)).toBeNull();
      expect(told.book.wasStray).toBe(true);
    }
    expect(told.book.item(A)?.zoneId).toBe("floor");
    const other = epcOf(2);
    for (let ms = 60_000; ms < 90_000; ms += 5000) told.read(other, ms, "backroom", -50, rule);
    expect(told.status(other)).toBe("none");
    expect(told.book.stats().candidates).toBe(1);
    told.pass(A, 100_000, "exit");
    for (let ms = 101_000; ms < 140_000; ms += 9000) told.read(A, ms, "backroom", -75, rule);
    expect(told.advance(140_000)).toHaveLength(1);
    expect(told.status(A)).toBe("left");
    for (let ms = 150_000; ms < 153_000; ms += 500) told.read(A, ms, "backroom", -60, rule);
    expect(told.book.wasStray).toBe(false);
    expect(told.status(A)).toBe("present");
  });
});
