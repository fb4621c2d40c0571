import { gzipSync } from "node:zlib";
import { tableFromIPC, tableToIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Database, ExportFormat } from "../../../sql/database.ts";
import { createImportRunner, rowCounts } from "../../../test/support/import-runner.ts";
import { openTestDatabase } from "../../../test/support/start-test-server.ts";

const importing = createImportRunner();
let maker: Database;
beforeAll(async () => {
  maker = await openTestDatabase();
});
afterAll(async () => await maker?.close());

const anyRow = z.record(z.string(), z.unknown());
const OPTIONS = { source: "uci", currency: "GBP", timeZone: "Europe/London", channel: "web" };
const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
/** Every custom of invoices: cancelled, adjusted, came back, given away, twice the same line, postage, a guest, quotes, spaces. */
const INVOICES = `${HEADER}
536365,85123A,"WHITE, HANGING ""HEART""",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536366,71053,WHITE METAL LANTERN,6,2010-07-01 08:28:00,3.390,17850.0,United Kingdom
536365,85123A,"WHITE, HANGING ""HEART""",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,POST,POSTAGE,1,2010-12-01 08:26:00,18,17850.0,France
C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,14527.0,United Kingdom
536390, 22726 ,ALARM CLOCK,-4,2010-12-01 10:03:00,3.75,,France
A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,-11062.06,,United Kingdom
536589,21777,,-10,2010-12-01 16:50:00,0.0,,United Kingdom
536590,4006381333931,By its GTIN,3.0,2010-12-01 16:51:00,1.25,12.0,Germany
`;
const MAPPED = { ...OPTIONS, mapping: { fields: {} } };

const lines = async () =>
  await importing.rowsOf("SELECT * EXCEPT version FROM order_lines FINAL ORDER BY order_id, line_no");
const written = async () => await importing.rowsOf("SELECT count() AS n FROM order_lines");

/** The same rows in another format, as the engine writes them. */
async function as(format: ExportFormat, sql: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of maker.export({ name: "test/file", sql, format })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("past orders that the engine reads", () => {
  it("are the lines and products that the reading of text makes of the same invoices", async () => {
    await importing.run("orders", INVOICES, OPTIONS);
    const byText = await lines();
    const productsByText = await importing.rowsOf(
      "SELECT * EXCEPT version FROM products FINAL ORDER BY gtin",
    );
    expect(byText).toHaveLength(9);
    await importing.rowsOf("SELECT 1 AS one");
    const other = await openTestDatabase();
    importing.into(other);
    const report = await importing.run("orders", INVOICES, MAPPED);
    expect(importing.rejected()).toEqual([]);
    expect(rowCounts(report)).toMatchObject({
      rows: 9,
      accepted: 9,
      updated: 0,
      unchanged: 0,
      failure: null,
    });
    expect(await lines()).toEqual(byText);
    expect(await importing.rowsOf("SELECT * EXCEPT version FROM products FINAL ORDER BY gtin")).toEqual(
      productsByText,
    );
    await other.close();
  });

  it("are the same from CSV with semicolons, packed CSV, NDJSON, Parquet and both forms of Arrow", async () => {
    const sql = `SELECT toString(number + 1) AS orderId, 'SKU' || toString(number % 3) AS code, toInt32(number + 1) AS quantity,
      toDecimal64(number, 2) / 4 AS unitPrice, toDateTime64('2026-07-31 10:00:00.250', 3, 'UTC') + number AS orderedAt FROM numbers(6)`;
    const rows = await maker.query({ name: "test/rows", sql, row: anyRow });
    const head = ["orderId", "code", "quantity", "unitPrice", "orderedAt"];
    const csv = (by: string) =>
      [head.join(by), ...rows.map((row) => head.map((name) => String(row[name])).join(by)), ""].join("\n");
    const stream = await as("ArrowStream", sql);
    const files: Record<string, Buffer> = {
      semicolons: Buffer.from(csv(";")),
      packed: gzipSync(csv(",")),
      ndjson: Buffer.from(`${rows.map((row) => JSON.stringify(row)).join("\n")}\n`),
      parquet: await as("Parquet", sql),
      stream,
      file: Buffer.from(tableToIPC(tableFromIPC(stream), "file")),
    };
    const found: Record<string, unknown> = {};
    for (const [name, file] of Object.entries(files)) {
      const report = await importing.run("orders", file, { ...MAPPED, source: name });
      expect({ name, ...rowCounts(report) }).toMatchObject({ name, rows: 6, accepted: 6, failure: null });
      found[name] = await importing.rowsOf(
        `SELECT order_id, code, quantity, toString(unit_price) AS price, ordered_at FROM order_lines FINAL WHERE source = '${name}' ORDER BY order_id`,
      );
    }
    for (const name of Object.keys(files))
      expect({ [name]: found[name] }).toEqual({ [name]: found["ndjson"] });
    expect(found["parquet"]).toMatchObject([
      {},
      { price: "0.25", ordered_at: "2026-07-31T10:00:01.250Z" },
      {},
      {},
      {},
      {},
    ]);
  });

  it("take columns, constants, expressions, units, forms of time and zones from the mapping", async () => {
    const file = "no;bought;cents;boxes;shop\nR-7;03.02.2026 09:30;1999;2;Köln Süd\n";
    const mapping = {
      timeZone: "Europe/Berlin",
      fields: {
        orderId: "no",
        lineNo: { constant: "4" },
        code: { expression: "concat('BOX-', boxes)" },
        quantity: { column: "boxes", unit: 12 },
        unitPrice: { column: "cents", unit: 0.01 },
        orderedAt: { column: "bought", format: "%d.%m.%Y %H:%i" },
        locationId: "shop",
        channel: { constant: "store" },
        currency: { constant: "EUR" },
      },
    };
    const report = await importing.run("orders", file, { source: "tills", mapping });
    expect(importing.rejected()).toEqual([]);
    expect(report.failure).toBeNull();
    expect(await lines()).toMatchObject([
      {
        order_id: "R-7",
        line_no: 4,
        code: "BOX-2",
        quantity: 24,
        unit_price: "19.99",
        ordered_at: "2026-02-03T08:30:00.000Z",
        location_id: "K-ln-S-d",
        channel: "store",
        method: "unknown",
        currency: "EUR",
      },
    ]);
  });

  it("add nothing when they are imported twice, and replace a line that was mended", async () => {
    await importing.run("orders", INVOICES, MAPPED);
    const first = await lines();
    expect(rowCounts(await importing.run("orders", INVOICES, MAPPED))).toMatchObject({
      accepted: 0,
      unchanged: 9,
    });
    expect(await lines()).toEqual(first);
    expect(await written()).toEqual([{ n: 9 }]);
    const mended = INVOICES.replace("3.390", "3.50");
    expect(rowCounts(await importing.run("orders", mended, MAPPED))).toMatchObject({
      accepted: 1,
      updated: 1,
      unchanged: 8,
    });
    expect(await lines()).toHaveLength(9);
  });

  it("are whole after a run that was cut off in the middle is repeated", async () => {
    const rows = Array.from(
      { length: 3_000 },
      (_, at) => `${at % 700},SKU-${at % 40},${at + 1},2026-01-01T10:00:00Z,1.5`,
    );
    const head = "orderId,code,quantity,orderedAt,unitPrice\n";
    const options = { ...MAPPED, source: "cut" };
    // What a kill leaves: some of the rows, no products.
    await importing.run("orders", `${head}${rows.slice(0, 1_400).join("\n")}\n`, options);
    await importing.rowsOf("SELECT 1 AS one");
    await importing.run("orders", `${head}${rows.join("\n")}\n`, options);
    const found = await importing.rowsOf(
      "SELECT count() AS lines, uniqExact(order_id) AS orders, sum(quantity) AS units, max(line_no) AS most FROM order_lines FINAL",
    );
    expect(found).toEqual([{ lines: 3_000, orders: 700, units: (3_000 * 3_001) / 2, most: 5 }]);
    expect(await importing.rowsOf("SELECT count() AS n FROM products FINAL")).toEqual([{ n: 40 }]);
  });
});

describe("what cannot be taken", () => {
  it("is told row by row with its line, and the numbers of the other lines stay", async () => {
    const file = `${HEADER}
1,A,ok,1,2026-01-01 10:00:00,1,7,UK
1,A,half a unit,1.5,2026-01-01 10:00:00,1,7,UK
1,A,ok,1,01/02/2026 10:00,1,7,UK
,A,no order,1,2026-01-01 10:00:00,1,7,UK
2,A,too exact,1,2026-01-01 10:00:00,1.1234567,7,UK
1,A,ok,9,2026-01-01 10:00:00,1,7,UK
`;
    const report = await importing.run("orders", file, MAPPED);
    expect(rowCounts(report)).toMatchObject({ rows: 6, accepted: 2, rejected: 4, failure: null });
    expect(importing.rejected().map(({ line, code }) => [line, code])).toEqual([
      [3, "invalid_quantity"],
      [4, "ambiguous_time"],
      [5, "missing_value"],
      [6, "invalid_money"],
    ]);
    expect(importing.rejected()[0]?.detail).toBe('quantity "1.5": it is not a whole number of units');
    expect(importing.rejected()[0]?.original).toContain("half a unit");
    expect((await lines()).map((line) => [line["order_id"], line["line_no"], line["quantity"]])).toEqual([
      ["1", 1, 1],
      ["1", 4, 9],
    ]);
  });

  const CASES: [string, Record<string, unknown>, string, RegExp][] = [
    [
      "a column that is not there",
      { fields: { orderId: "Receipt" } },
      "unknown_column",
      /"Receipt".*it has InvoiceNo, StockCode/,
    ],
    [
      "a form of time for what is no time",
      { fields: { code: { column: "StockCode", format: "%Y" } } },
      "invalid_mapping",
      /orderedAt alone/,
    ],
    [
      "an expression that does not parse",
      { fields: { code: { expression: "lower(" } } },
      "invalid_mapping",
      /expression of code/,
    ],
    [
      "an expression that reads a file",
      { fields: { code: { expression: "file('/etc/passwd')" } } },
      "invalid_mapping",
      /expression of code/,
    ],
    [
      "an expression that reads a table",
      { fields: { code: { expression: "(SELECT any(hash) FROM api_keys)" } } },
      "invalid_mapping",
      /expression of code/,
    ],
    [
      "an expression that ends early",
      { fields: { code: { expression: "'a') AS x FROM api_keys --" } } },
      "invalid_mapping",
      /expression of code/,
    ],
    ["times without a zone", { fields: {} }, "no_row_taken", /nothing was stored/],
  ];
  it.each(CASES)("is said of %s before anything is stored", async (_, mapping, code, detail) => {
    const { timeZone: _zone, ...options } = OPTIONS;
    const report = await importing.run("orders", INVOICES, { ...options, mapping });
    expect(report.failure).toEqual({ code, detail: expect.stringMatching(detail) });
    expect(await written()).toEqual([{ n: 0 }]);
  });

  it("is a file without what an order needs, a mapping of other kinds, and what no engine reads", async () => {
    const failureOf = async (...run: Parameters<typeof importing.run>) =>
      (await importing.run(...run)).failure;
    expect(await failureOf("orders", "a,b\n1,2\n", MAPPED)).toMatchObject({
      code: "missing_column",
      detail: expect.stringContaining("nothing says orderId, code or gtin, quantity, orderedAt, unitPrice"),
    });
    expect(await failureOf("products", "gtin,name\n", MAPPED)).toMatchObject({ code: "unreadable_file" });
    expect(await failureOf("orders", Buffer.from("PAR1 and nothing more"), MAPPED)).toMatchObject({
      code: "unreadable_file",
    });
  });
});
