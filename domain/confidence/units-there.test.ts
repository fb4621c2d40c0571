import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exposureOf, unitsOfBook } from "./book-error.ts";
import { CountErrors } from "./count-errors.ts";
import { atLeast, mostWith, tailOf } from "./distribution.ts";
import { probabilityOfPresence } from "./item-presence.ts";
import { PRESENCE_LEVELS, presenceLevel, presenceOfLevel, TOGETHER } from "./presence-level.ts";
import { unitsThere } from "./units-there.ts";

const SURE = PRESENCE_LEVELS - 1;
const DAY_MS = 24 * 3_600_000;

describe("items and units without identity", () => {
  test("of an owed sale the silent item is blamed, not those that were just seen", () => {
    const half = presenceLevel(0.5);
    const composition = { levels: [half, SURE], counts: [1, 2], unidentified: -1 };
    const tail = tailOf(unitsThere(composition));
    expect(atLeast(tail, 2)).toBeGreaterThan(0.999);
    expect(atLeast(tail, 3)).toBe(0);
  });

  test("never promises more than the book has, and not less for a surer item", () => {
    const composition = fc.record({
      levels: fc.uniqueArray(fc.nat(SURE), { minLength: 1, maxLength: 3 }),
      counts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }),
      unidentified: fc.integer({ min: -2, max: 3 }),
    });
    fc.assert(
      fc.property(composition, fc.nat(20), ({ levels, counts, unidentified }, units) => {
        const own = counts.slice(0, levels.length);
        const items = own.reduce((sum, count) => sum + count, 0);
        const tail = tailOf(unitsThere({ levels, counts: own, unidentified }));
        expect(atLeast(tail, Math.max(0, items + unidentified) + 1)).toBe(0);
        if (unidentified !== 0) return;
        const surer = levels.map((level, group) => (group === 0 ? Math.min(SURE, level + 4) : level));
        const more = tailOf(unitsThere({ levels: surer, counts: own, unidentified }));
        expect(atLeast(more, units)).toBeGreaterThanOrEqual(atLeast(tail, units) - 1e-9);
      }),
      { verbose: true },
    );
  });

  test("goods at a dock go together: one of two is as sure as both", () => {
    const tail = tailOf(
      unitsThere({ levels: [TOGETHER + presenceLevel(0.8)], counts: [2], unidentified: 0 }),
    );
    expect(atLeast(tail, 1)).toBeCloseTo(atLeast(tail, 2), 12);
    expect(atLeast(tail, 2)).toBeCloseTo(0.8, 1);
  });

  test("one unit in six that the book has and no reader ever saw is there; beside many items rather a dead tag", () => {
    const alone = tailOf(unitsThere({ levels: [], counts: [], unidentified: 1 }));
    expect(atLeast(alone, 1)).toBeCloseTo(0.012 / (0.012 + 0.06), 6);
    const beside = tailOf(unitsThere({ levels: [SURE], counts: [19], unidentified: 1 }));
    expect(atLeast(beside, 20)).toBeGreaterThan(0.75);
  });
});

describe("the presence of one item", () => {
  const record = { seen: 20, missed: 0, rate: 0.95 };

  test("falls with time and with looks that missed it, less so for a tag that is often missed", () => {
    const at = (silentMs: number, missedLooks: number, missed = 0) =>
      probabilityOfPresence({ goingPerDay: 0.02, record: { ...record, missed }, silentMs, missedLooks });
    expect(at(0, 0)).toBe(1);
    expect(at(DAY_MS, 0)).toBeCloseTo(0.98, 9);
    for (let looks = 0; looks < 20; looks++) {
      expect(at((looks + 1) * 300_000, looks + 1)).toBeLessThan(at(looks * 300_000, looks));
      expect(at((looks + 1) * 300_000, looks + 1, 20)).toBeGreaterThan(at((looks + 1) * 300_000, looks + 1));
    }
  });

  test("is kept in levels that are near it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.003, max: 0.9999, noNaN: true }), (p) => {
        const kept = presenceOfLevel(presenceLevel(p));
        expect(Math.abs(Math.log(p / (1 - p)) - Math.log(kept / (1 - kept)))).toBeLessThanOrEqual(0.1251);
      }),
    );
  });
});

describe("units of a book", () => {
  const errors = new CountErrors();
  const rates = errors.ratesOf("S01", "Shirts");
  const certainUnits = (exposure: number) => mostWith(tailOf(unitsOfBook(10, rates, exposure)), 0.95);

  test("the more has moved since the count, the fewer are sure to be there", () => {
    expect(certainUnits(1)).toBe(10);
    expect(certainUnits(20)).toBeLessThan(10);
    expect(certainUnits(200)).toBeLessThan(certainUnits(20));
  });

  test("a day of standing counts as a fiftieth of a unit moved, and a book never counted as twenty units moved", () => {
    const age = { isCounted: true, sinceMs: 10 * DAY_MS, moved: 3, units: 5 };
    expect(exposureOf(age)).toBeCloseTo(1 + 3 + 0.02 * 5 * 10, 9);
    expect(exposureOf({ ...age, isCounted: false })).toBeCloseTo(20 + 3 + 1, 9);
  });

  test("counts that found the book right make it surer, those that found it wrong less sure, there and in that category first", () => {
    const learnt = new CountErrors();
    for (let count = 0; count < 200; count++) {
      learnt.note("S01", "Shirts", { expected: 5, counted: 5, exposure: 10 });
      learnt.note("S02", "Shirts", { expected: 5, counted: count % 2 === 0 ? 4 : 5, exposure: 10 });
    }
    const lostAt = (locationId: string, category: string) => {
      const { events, exposure } = learnt.ratesOf(locationId, category).lost;
      return events / exposure;
    };
    expect(lostAt("S01", "Shirts")).toBeLessThan(lostAt("S03", "Shirts"));
    expect(lostAt("S02", "Shirts")).toBeGreaterThan(lostAt("S02", "Shoes"));
    expect(lostAt("S02", "Shirts")).toBeCloseTo(0.05, 2);
  });

  test("a book below zero says that units were found: none are there, or a few more than nobody knew of", () => {
    const tail = tailOf(unitsOfBook(-2, rates, 20));
    expect(tail[0]).toBe(1);
    expect(atLeast(tail, 1)).toBeGreaterThan(0);
    expect(atLeast(tail, 1)).toBeLessThan(0.5);
  });
});
