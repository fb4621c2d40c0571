import type { CountResult } from "../events/count-result.ts";

/**
 * What a count found, by product: the index of each list is the same. `itemsRead`: items whose tags were captured; null for products
 * that were counted by hand.
 */
export type CountFigures = {
  gtins: number[];
  expected: number[];
  counted: number[];
  itemsRead: (number | null)[];
};

export type CountSums = Omit<CountResult, "state" | "missedItems" | "newItems" | "lines">;

/** The sums of a count's figures. A book below 0 expects nothing. */
export function sumsOfCount({ gtins, expected, counted }: Omit<CountFigures, "itemsRead">): CountSums {
  let expectedUnits = 0;
  let found = 0;
  let countedUnits = 0;
  let differences = 0;
  let exactProducts = 0;
  for (let i = 0; i < gtins.length; i++) {
    const book = expected[i] ?? 0;
    const units = counted[i] ?? 0;
    expectedUnits += Math.max(0, book);
    found += Math.max(0, Math.min(book, units));
    countedUnits += units;
    differences += Math.abs(book - units);
    if (book === units) exactProducts += 1;
  }
  return {
    expected: expectedUnits,
    found,
    counted: countedUnits,
    products: gtins.length,
    exactProducts,
    exactAccuracy: gtins.length === 0 ? null : exactProducts / gtins.length,
    unitAccuracy: countedUnits === 0 ? null : Math.max(0, 1 - differences / countedUnits),
  };
}

/** Whether so little of what was expected was found that a person must decide. */
export function isHeld({ expected, found }: CountSums, holdBelow: number): boolean {
  return expected > 0 && found / expected < holdBelow;
}
