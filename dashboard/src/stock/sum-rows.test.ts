import fc from "fast-check";
import { expect, test } from "vitest";
import type { StockRow } from "../live/row-store.ts";
import { sumRows } from "./sum-rows.ts";

function cell(seenAtMs: number | null) {
  const zero = { onHand: 1, sellable: 1, available: 1, reserved: 0, safetyStock: 0, allocated: 0 };
  const row: StockRow = {
    ...zero,
    key: "",
    gtin: "",
    locationId: "",
    isCapped: false,
    confidence: null,
    incoming: [],
    availableFrom: null,
    reasonCode: "in_stock",
    lastSeenAt: null,
    seenAtMs,
    change: null,
  };
  return { key: "", row };
}

test("the median is that of the sorted times, whatever their order, repeats and gaps", () => {
  const times = fc.array(fc.option(fc.integer({ min: 0, max: 50 })), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(times, (seen) => {
      const sorted = seen.filter((each) => each !== null).sort((a, b) => a - b);
      expect(sumRows(seen.map(cell)).medianSeenAtMs).toBe(sorted[Math.floor(sorted.length / 2)] ?? null);
    }),
  );
});
