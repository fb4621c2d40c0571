import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLocalInventoryLint, lintLocalInventory } from "./lint-local-inventory.ts";
import { LOCAL_AVAILABILITIES, localInventoryHeader, writeLocalInventoryRow } from "./local-inventory.ts";

const HEADER = "store code\tid\tquantity\tprice\tavailability\tpickup method\tpickup sla";
const rowsOf = (...rows: string[]) => [HEADER, ...rows, ""].join("\n");
const codesOf = (text: string) =>
  lintLocalInventory(text).findings.map(({ line, column, code }) => `${line} ${column} ${code}`);

describe("the lint of a local inventory feed", () => {
  test("takes a file by the specification, with spaces or underscores, in either word form", () => {
    const row = "S01\tA1\t3\t19.90 EUR\tin stock\tship to store\tmulti-week";
    expect(lintLocalInventory(rowsOf(row))).toEqual({
      isValid: true,
      rows: 1,
      errors: 0,
      warnings: 0,
      findings: [],
    });
    const underscored = rowsOf("S01\tA1\t0\t\tout_of_stock\t\t").replace("store code", "store_code");
    expect(lintLocalInventory(underscored).isValid).toBe(true);
    expect(lintLocalInventory(`\uFEFF${rowsOf(row).replaceAll("\n", "\r\n")}`).isValid).toBe(true);
  });

  test.each([
    ["S01\tA1\t-1\t\tin_stock\t\t", "2 quantity invalid_quantity"],
    ["S01\tA1\t1.5\t\tin_stock\t\t", "2 quantity invalid_quantity"],
    ["S01\tA1\t0\t\tlimited_availability\t\t", "2 quantity contradictory_row"],
    ["S01\tA1\t2\t\tout_of_stock\t\t", "2 quantity contradictory_row"],
    ["S01\tA1\t2\t\tavailable\t\t", "2 availability invalid_availability"],
    ["S01\tA1\t2\t19,90 EUR\tin_stock\t\t", "2 price invalid_price"],
    ["S01\tA1\t2\t€19.90\tin_stock\t\t", "2 price invalid_price"],
    ["\tA1\t2\t\tin_stock\t\t", "2 store_code missing_value"],
    [" S01\tA1\t2\t\tin_stock\t\t", "2 store_code outer_space"],
    ["S01\t\t2\t\tin_stock\t\t", "2 id missing_value"],
    [`S01\t${"é".repeat(51)}\t2\t\tin_stock\t\t`, "2 id too_long"],
    ["S01\tA\u0007\t2\t\tin_stock\t\t", "2 id control_character"],
    ["S01\tA1\t2\t\tin_stock\tcollect\tsame_day", "2 pickup_method invalid_pickup_method"],
    ["S01\tA1\t2\t\tin_stock\tbuy\t8-day", "2 pickup_sla invalid_pickup_sla"],
    ["S01\tA1\t2\t\tin_stock\tbuy\t", "2 pickup_sla missing_value"],
    ["S01\tA1\t2\t\tin_stock", "2 null column_count"],
  ])("says where and why: %j", (row, finding) => {
    expect(codesOf(rowsOf(row))).toEqual([finding]);
  });

  test("judges sale prices, their time and the place in the store", () => {
    const header =
      "store_code\tid\tavailability\tprice\tsale_price\tsale_price_effective_date\tinstore_product_location";
    const judge = (cells: string) => codesOf(`${header}\nS01\tA1\tin_stock\t${cells}\n`);
    expect(judge("9.90 EUR\t8 EUR\t2026-11-27T00:00Z/2026-11-30T00:00Z\tAisle 4")).toEqual([]);
    expect(judge("9.90 EUR\t10 EUR\t\t")).toEqual(["2 sale_price contradictory_row"]);
    expect(judge("9.90 EUR\t8 USD\t\t")).toEqual(["2 sale_price contradictory_row"]);
    expect(judge("9.90 EUR\t8 EUR\t2026-11-30/2026-11-27\t")).toEqual([
      "2 sale_price_effective_date invalid_interval",
    ]);
    expect(judge("9.90 EUR\t\t2026-11-27/2026-11-30\t")).toEqual(["2 sale_price missing_value"]);
    expect(judge("\t\t\tÜber der Wintermode")).toEqual([]);
    expect(judge("\t\t\tÜber der Wintermode!!")).toEqual(["2 instore_product_location too_long"]);
  });

  test("a header that lacks a column, or has one twice, ends it", () => {
    expect(codesOf("store code\tid\tcolour\nS01\tA1\tred\n")).toEqual([
      "1 colour unknown_column",
      "1 availability missing_column",
    ]);
    expect(codesOf(`${HEADER}\tid\n`)).toEqual(["1 id repeated_column"]);
    expect(lintLocalInventory("").isValid).toBe(false);
  });

  test("finds every repeated pair of product and store, however the rows stand", () => {
    const seed = Date.now();
    const pairs = fc.array(fc.tuple(fc.constantFrom("A", "B", "C"), fc.constantFrom("1", "2", "3")), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(pairs, (rows) => {
        const texts = rows.map(([id, store]) => `${store}\t${id}\t1\t\tin_stock\t\t`);
        const repeats = rows.length - new Set(texts).size;
        expect(lintLocalInventory(rowsOf(...texts)).errors).toBe(repeats);
        // Rows of a product together, as ours stand: with less memory to the same end.
        const grouped = [...texts].sort((a, b) => (a.split("\t")[1]! < b.split("\t")[1]! ? -1 : 1));
        const lint = createLocalInventoryLint({ isGroupedById: true });
        lint.header(HEADER);
        expect(grouped.flatMap((text, at) => lint.row(text, at + 2))).toHaveLength(repeats);
      }),
      { seed },
    );
  });

  test("takes whatever we write of sound products", () => {
    const seed = Date.now();
    const word = fc.stringMatching(/^[A-Za-z0-9äß.&-]{1,50}$/);
    fc.assert(
      fc.property(word, word, fc.nat(1_000_000), fc.nat(99_999), (storeCode, id, quantity, cents) => {
        const availability = quantity === 0 ? "out_of_stock" : LOCAL_AVAILABILITIES[quantity % 2]!;
        const price = `${(cents / 100).toFixed(2)} EUR`;
        const row = {
          storeCode,
          id,
          quantity,
          price,
          availability,
          pickupMethod: "",
          pickupSla: "",
        } as const;
        const text = `${localInventoryHeader("spaces")}\n${writeLocalInventoryRow(row)}\n`;
        expect(lintLocalInventory(text).findings).toEqual([]);
      }),
      { seed },
    );
  });
});
