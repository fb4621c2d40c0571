import { describe, expect, test } from "vitest";
import { missingSharedData, readSharedJson } from "../../test/support/shared-data.ts";
import { countAccuracy } from "./count-accuracy.ts";

const FILE = "kpi/cases/kpi_worked_examples.json";
const missing = missingSharedData(FILE);

type Case = { system?: number; physical?: number; accurate?: boolean };
type Stocktake = { found_expected?: number; unexpected?: number; missing?: number; accuracy?: number };

const line = (book: number, counted: number) => ({ book, counted, costMicros: 2_500_000n });

describe.skipIf(missing !== null)(`worked examples${missing === null ? "" : `: ${missing}`}`, () => {
  const cases =
    missing === null
      ? (readSharedJson(FILE) as { inventory_record_accuracy: Case[]; stocktake_unit_accuracy: Stocktake[] })
      : null!;

  test("I1: any variance, either way, is inaccurate", () => {
    const known = cases.inventory_record_accuracy.filter(({ system }) => system !== undefined);
    expect(known.length).toBeGreaterThan(2);
    const judged = known.map(
      ({ system, physical }) => countAccuracy([line(system!, physical!)], 0).exact_accuracy === 1,
    );
    expect(judged).toEqual(known.map(({ accurate }) => accurate));
  });

  test("gross errors of real stocktakes: what is missing and what is there unexpectedly add up", () => {
    for (const {
      found_expected: found,
      unexpected,
      missing: lost,
      accuracy,
    } of cases.stocktake_unit_accuracy) {
      if (found === undefined || unexpected === undefined || lost === undefined) continue;
      const lines = [line(found, found), line(lost, 0), line(0, unexpected)];
      const figures = countAccuracy(lines, 0);
      expect(figures).toMatchObject({ missing_units: lost, unexpected_units: unexpected });
      // The source divides by what was expected, I3 by what was counted.
      expect(figures.book_accuracy).toBeCloseTo(accuracy!, 4);
    }
  });
});

test("errors in both directions hide in the net and not in the gross", () => {
  expect(countAccuracy([line(10, 12), line(10, 8), line(5, 5)], 1)).toEqual({
    lines: 3,
    exact_accuracy: 1 / 3,
    exact_accuracy_lower: expect.closeTo(0.0615, 4) as number,
    exact_accuracy_upper: expect.closeTo(0.7923, 4) as number,
    tolerant_accuracy: 1 / 3,
    unit_accuracy: 1 - 4 / 25,
    book_accuracy: 1 - 4 / 25,
    book_units: 25,
    counted_units: 25,
    missing_units: 2,
    unexpected_units: 2,
    net_units: 0,
    gross_units: 4,
    net_cost: 0n,
    gross_cost: 10_000_000n,
    costless_lines: 0,
    believed_items: 0,
    read_items: 0,
    read_rate: null,
  });
});

test("of nothing counted there is no rate", () => {
  expect(countAccuracy([], 0)).toMatchObject({ exact_accuracy: null, unit_accuracy: null });
});

test("lines without a cost are in no sum of money, and no cost at all is no sum", () => {
  const free = { ...line(3, 5), costMicros: null };
  expect(countAccuracy([line(4, 3), free], 0)).toMatchObject({ net_cost: -2_500_000n, costless_lines: 1 });
  expect(countAccuracy([free], 0)).toMatchObject({ net_cost: null, gross_cost: null, net_units: 2 });
});

test("I5: the read rate is of what was counted by tags", () => {
  const figures = countAccuracy(
    [
      { ...line(10, 10), itemsRead: 9 },
      { ...line(50, 50), itemsRead: null },
    ],
    0,
  );
  expect(figures).toMatchObject({ believed_items: 10, read_items: 9, read_rate: 0.9 });
});
