import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tableColumns, toCsv } from "./chart-table.ts";

const COLUMNS = [
  { name: "name", label: "name", unit: "text" },
  { name: "net_sales", label: "net sales", unit: "money" },
] as const;

test("a file holds each value as it was answered, whatever is in it; what is not known is empty", () => {
  const cells = fc.record({
    name: fc.oneof(
      fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text)),
      fc.constant('a "b", c\r\nd'),
    ),
    net_sales: fc.oneof(fc.constant(null), fc.constantFrom("12.3400", "-1.5", "0")),
  });
  fc.assert(
    fc.property(fc.array(cells, { minLength: 1 }), (rows) => {
      const [head, ...lines]: string[][] = parse(toCsv({ columns: COLUMNS, rows, currency: "EUR" }), {
        record_delimiter: "\r\n",
      });
      expect(head).toEqual(["name", "net_sales"]);
      expect(lines).toEqual(rows.map((row) => [row.name, row.net_sales ?? ""]));
    }),
  );
});

test("no text of a file is run by a spreadsheet; a negative number stays a number", () => {
  const rows = [{ name: "=HYPERLINK(1)", net_sales: "-3.50" }];
  expect(toCsv({ columns: COLUMNS, rows, currency: null })).toBe(
    "name,net_sales\r\n'=HYPERLINK(1),-3.50\r\n",
  );
});

test("a chart's table has the columns that it names, in their order, as the report calls them", () => {
  const columns = [
    { name: "a", unit: "count", meaning: "" },
    { name: "net_sales", unit: "money", meaning: "" },
  ] as const;
  expect(tableColumns(columns, ["net_sales", "gone"])).toEqual([COLUMNS[1]]);
  expect(tableColumns(columns, undefined).map(({ name }) => name)).toEqual(["a", "net_sales"]);
});
