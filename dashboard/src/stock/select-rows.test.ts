import fc from "fast-check";
import { expect, test } from "vitest";
import { createProductWords } from "../live/product-words.ts";
import { rowKey, type StockRow } from "../live/row-store.ts";
import { orderByProduct, selectRows } from "./select-rows.ts";
import { parseStockFilter, SORT_COLUMNS, type StockFilter, writeStockFilter } from "./stock-filter.ts";
import { sumRows } from "./sum-rows.ts";

const names = ["Zélt, blue", "anorak 10", "Anorak 9"];
const words = createProductWords(
  names.map((name, index) => ({
    gtin: String(index),
    sku: `SKU-${index}`,
    name,
    category: "Outdoor",
    kind: "merchandise" as const,
    price: null,
    cost: null,
    currency: "EUR",
    isTagged: true,
  })),
);
const everything = parseStockFilter(new URLSearchParams());

function row(gtin: string, locationId: string, available: number, seenAtMs: number | null = null): StockRow {
  const zero = { reserved: 0, safetyStock: 0, allocated: 0 };
  return {
    key: rowKey(gtin, locationId),
    gtin,
    locationId,
    onHand: available,
    sellable: available,
    available,
    ...zero,
    isCapped: false,
    confidence: null,
    incoming: [],
    availableFrom: null,
    reasonCode: available > 0 ? "in_stock" : "out_of_stock",
    lastSeenAt: null,
    seenAtMs,
    change: null,
  };
}

const rows = [
  row("0", "B", 1, 10),
  row("0", "A", 0, 30),
  row("1", "A", 7),
  row("2", "A", 3, 20),
  row("9", "A", 5),
];
const ordered = orderByProduct(
  rows.map((each) => ({ key: each.key, row: each })),
  words,
);
const selectCells = (changes: Partial<StockFilter>) =>
  selectRows(ordered, { ...everything, ...changes }, words);
const select = (changes: Partial<StockFilter>) => selectCells(changes).map((cell) => cell.key);

test("names sort as people sort them, then by location; unknown products come last", () => {
  expect(select({})).toEqual(["2~A", "1~A", "0~A", "0~B", "9~A"]);
  expect(select({ isDescending: true })).toEqual(["9~A", "0~A", "0~B", "1~A", "2~A"]);
});

test("search finds all words in any order, in name, SKU or GTIN, without case or accents", () => {
  expect(select({ search: "BLUE zelt" })).toEqual(["0~A", "0~B"]);
  expect(select({ search: "sku-1" })).toEqual(["1~A"]);
  expect(select({ search: "9" })).toEqual(["2~A", "9~A"]);
  expect(select({ search: "blue anorak" })).toEqual([]);
});

test("filters narrow together", () => {
  expect(select({ locationId: "A", reason: "out_of_stock" })).toEqual(["0~A"]);
  expect(select({ gtin: "0", sort: "available", isDescending: true })).toEqual(["0~B", "0~A"]);
});

test("sums are over the rows shown; rows never seen are left out of the median", () => {
  const totals = sumRows(selectCells({}));
  expect(totals).toEqual({
    rows: 5,
    onHand: 16,
    reserved: 0,
    available: 16,
    outOfStock: 1,
    medianSeenAtMs: 20,
  });
});

test("a filter written into the address is read back the same, and keeps what is not its own", () => {
  const filters = fc.record({
    search: fc.string(),
    locationId: fc.constantFrom("", "S01", "a.b-c_d"),
    gtin: fc.constantFrom("", "09506000134352"),
    reason: fc.constantFrom("" as const, "in_stock" as const, "no_record" as const),
    sort: fc.constantFrom(...SORT_COLUMNS),
    isDescending: fc.boolean(),
  });
  fc.assert(
    fc.property(filters, (filter) => {
      const written = writeStockFilter(new URLSearchParams({ open: "x" }), filter);
      expect(parseStockFilter(new URLSearchParams(written.toString()))).toEqual(filter);
      expect(written.get("open")).toBe("x");
    }),
  );
});
