import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../sql/client.ts";
import { migrate } from "../../sql/migrate.ts";
import { createImportRunner, rowCounts } from "../../test/support/import-runner.ts";
import { startServerProcess } from "../../test/support/start-server-process.ts";
import { migratedDirectory } from "../../test/support/migrated-directory.ts";

const { run, rowsOf, rejected, into } = createImportRunner();

const INVOICES = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,71053,"METAL LANTERN, WHITE",6,2010-12-01 08:26:00,3.390,17850.0,United Kingdom
536365,71053,"METAL LANTERN, WHITE",6,2010-12-01 08:26:00,3.390,17850.0,United Kingdom
C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,14527.0,United Kingdom
536370,POST,POSTAGE,3,2010-12-01 08:45:00,18.00,12583.0,France
A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom
536589,21777,,-10,2010-12-01 16:50:00,0.0,,United Kingdom
`;
const UK = { source: "shop", currency: "GBP", timeZone: "Europe/London", channel: "web" };

describe("orders", () => {
  test("every line is kept, repeats too, and a second run changes nothing and says so", async () => {
    const first = await run("orders", INVOICES, UK);
    expect(rowCounts(first)).toEqual({
      rows: 7,
      accepted: 7,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      failure: null,
    });
    expect(first.productsCreated).toBe(6);
    const second = await run("orders", INVOICES, UK);
    expect(rowCounts(second)).toMatchObject({ accepted: 0, unchanged: 7, rejected: 0 });
    expect(second.productsCreated).toBe(0);
    const rows = await rowsOf(
      "SELECT order_id, line_no, line_type, customer_id, quantity, unit_price, ordered_at, channel FROM order_lines FINAL ORDER BY order_id, line_no",
    );
    expect(rows).toHaveLength(7);
    expect(rows[2]).toEqual({
      order_id: "536365",
      line_no: 3,
      line_type: "sale",
      customer_id: "17850",
      quantity: 6,
      unit_price: "3.39",
      ordered_at: "2010-12-01T08:26:00.000Z",
      channel: "web",
    });
    expect(Object.fromEntries(rows.map((row) => [row["order_id"], row["line_type"]]))).toEqual({
      "536365": "sale",
      C536379: "cancellation",
      "536370": "sale",
      A563185: "adjustment",
      "536589": "adjustment",
    });
  });

  test("a ClickHouse server keeps the same records as the engine in this process", async () => {
    const server = await startServerProcess(migratedDirectory("import-server"));
    try {
      await run("orders", INVOICES, UK);
      const expected = await rowsOf("SELECT * EXCEPT version FROM order_lines FINAL ORDER BY ALL");
      const db = await openDatabase({ url: server.url });
      await migrate(db);
      into(db);
      const many = Array.from({ length: 5_000 }, (_, at) => `9${at},C${at},n,1,2010-12-01 08:26,1,,UK`).join(
        "\n",
      );
      expect(rowCounts(await run("orders", INVOICES + many, UK))).toMatchObject({
        accepted: 5_007,
        failure: null,
      });
      expect(rowCounts(await run("orders", INVOICES + many, UK))).toMatchObject({ unchanged: 5_007 });
      const sql = "SELECT * EXCEPT version FROM order_lines FINAL WHERE order_id NOT LIKE '9%' ORDER BY ALL";
      expect(await rowsOf(sql)).toEqual(expected);
      await db.close();
    } finally {
      await server.stop();
    }
  });

  test("what broke off and is run again is finished without a difference", async () => {
    const half = INVOICES.split("\n").slice(0, 4).join("\n");
    await run("orders", half, UK);
    expect(rowCounts(await run("orders", INVOICES, UK))).toMatchObject({
      accepted: 4,
      unchanged: 3,
      updated: 0,
    });
    expect(rowCounts(await run("orders", INVOICES, UK))).toMatchObject({ accepted: 0, unchanged: 7 });
  });

  test("a corrected line replaces the old one", async () => {
    await run("orders", INVOICES, UK);
    const corrected = await run("orders", INVOICES.replace("WHITE HEART,6", "WHITE HEART,7"), UK);
    expect(rowCounts(corrected)).toMatchObject({ accepted: 1, updated: 1, unchanged: 6 });
    expect(
      await rowsOf("SELECT sum(quantity) AS n FROM order_lines FINAL WHERE order_id = '536365'"),
    ).toEqual([{ n: 19 }]);
  });

  test("codes without a GTIN get one of restricted circulation, the same for ever; money and services are no goods", async () => {
    await run("orders", INVOICES, UK);
    const before = await rowsOf("SELECT code, gtin FROM product_codes FINAL ORDER BY code");
    await run("orders", INVOICES.replaceAll("5363", "9363"), UK);
    expect(await rowsOf("SELECT code, gtin FROM product_codes FINAL ORDER BY code")).toEqual(before);
    expect(before.every((row) => /^2\d{12}$/.test(String(row["gtin"])))).toBe(true);
    const products = await rowsOf("SELECT sku, name, kind, currency FROM products FINAL ORDER BY sku");
    expect(products).toEqual([
      { sku: "21777", name: "21777", kind: "merchandise", currency: "GBP" },
      { sku: "71053", name: "METAL LANTERN, WHITE", kind: "merchandise", currency: "GBP" },
      { sku: "85123A", name: "WHITE HEART", kind: "merchandise", currency: "GBP" },
      { sku: "B", name: "B", kind: "non_merchandise", currency: "GBP" },
      { sku: "D", name: "D", kind: "non_merchandise", currency: "GBP" },
      { sku: "POST", name: "POSTAGE", kind: "non_merchandise", currency: "GBP" },
    ]);
  });

  test("a code that is the SKU of a product is that product, and the product stays as it is", async () => {
    await run("products", "gtin,sku,name\n4006381333931,85123A,Known heart\n");
    await run("orders", INVOICES, UK);
    expect(await rowsOf("SELECT DISTINCT gtin FROM order_lines FINAL WHERE code = '85123A'")).toEqual([
      { gtin: 4006381333931 },
    ]);
    expect(await rowsOf("SELECT name FROM products FINAL WHERE gtin = 4006381333931")).toEqual([
      { name: "Known heart" },
    ]);
  });

  test("each bad line is refused with its number, its reason and itself, and the others are taken", async () => {
    const file = `${INVOICES.split("\n", 1)[0]}
1,A1,fine,1,2010-12-01 08:26,1.5,1,UK
,A1,no order,1,2010-12-01 08:26,1.5,1,UK
2,,no code,1,2010-12-01 08:26,1.5,1,UK
3,A1,"two
lines",many,2010-12-01 08:26,1.5,1,UK
4,A1,no price,1,2010-12-01 08:26,,1,UK
5,A1,comma,1,2010-12-01 08:26,"1,5",1,UK
6,A1,no such day,1,2010-02-30 08:26,1.5,1,UK
7,A1,which month,1,12/1/2010 8:26,1.5,1,UK

8,A1,short,1
9,A1,half,1.5,2010-12-01 08:26,1.5,1,UK
10,A1,fine too,1,2010-12-01 08:26,1.5,1,UK
`;
    const report = await run("orders", file, UK);
    expect(rowCounts(report)).toEqual({
      rows: 11,
      accepted: 2,
      updated: 0,
      unchanged: 0,
      rejected: 9,
      failure: null,
    });
    expect(
      rejected()
        .map(({ line, code }) => [line, code])
        .sort(([a], [b]) => Number(a) - Number(b)),
    ).toEqual([
      [3, "missing_value"],
      [4, "missing_value"],
      [5, "invalid_quantity"],
      [7, "invalid_money"],
      [8, "invalid_money"],
      [9, "invalid_time"],
      [10, "ambiguous_time"],
      [12, "column_count"],
      [13, "invalid_quantity"],
    ]);
    expect(rejected().find((row) => row.line === 5)?.original).toBe(
      '3,A1,"two\nlines",many,2010-12-01 08:26,1.5,1,UK',
    );
  });

  test("times without a zone are refused when no zone is stated", async () => {
    const report = await run("orders", INVOICES, { ...UK, timeZone: undefined });
    expect(rowCounts(report)).toMatchObject({ accepted: 0, rejected: 7 });
    expect(rejected()[0]).toMatchObject({ code: "no_time_zone", line: 2 });
  });

  test("a file without a needed column is refused as a whole, and the answer says what to do", async () => {
    const report = await run("orders", "Number,Product\n1,2\n", UK);
    expect(report.failure).toMatchObject({
      code: "missing_column",
      detail: expect.stringContaining("--map"),
    });
    const mapped = await run("orders", "Number,Product,N,When,Each\n1,X,2,2020-06-01T12:00:00Z,3\n", {
      ...UK,
      map: { orderId: "Number", code: "Product", quantity: "N", orderedAt: "When", unitPrice: "Each" },
    });
    expect(rowCounts(mapped)).toMatchObject({ accepted: 1, failure: null });
    const unknown = await run("orders", "Number\n", { ...UK, map: { colour: "Number" } });
    expect(unknown.failure).toMatchObject({ code: "unknown_field" });
    const absent = await run("orders", INVOICES, { ...UK, map: { orderId: "Nummer" } });
    expect(absent.failure).toMatchObject({ code: "missing_column" });
  });

  test("a file that breaks off inside its packing, or in a quote, ends in a failure and not as if it were whole", async () => {
    const packed = gzipSync(INVOICES);
    expect(
      (await run("orders", Buffer.from(packed.subarray(0, packed.length - 30)), UK)).failure,
    ).toMatchObject({ code: "unreadable_file" });
    expect((await run("orders", `${INVOICES}9,"open`, UK)).failure).toMatchObject({
      code: "unreadable_file",
    });
    expect((await run("orders", "", UK)).failure).toMatchObject({ code: "empty_file" });
  });

  test("NDJSON, packed and with our names, is read as well", async () => {
    const line = {
      orderId: "1",
      code: "A",
      quantity: 2,
      orderedAt: "2020-06-01T12:00:00+02:00",
      unitPrice: 1.25,
      channel: "app",
    };
    const text = `${JSON.stringify(line)}\n\nnot json\n${JSON.stringify({ ...line, quantity: "x" })}\n`;
    const report = await run("orders", gzipSync(text), { source: "n", currency: "EUR" });
    expect(rowCounts(report)).toMatchObject({ rows: 3, accepted: 1, rejected: 2 });
    expect(rejected().map(({ line, code }) => [line, code])).toEqual([
      [3, "invalid_json"],
      [4, "invalid_quantity"],
    ]);
    expect(await rowsOf("SELECT channel, unit_price, ordered_at FROM order_lines FINAL")).toEqual([
      { channel: "app", unit_price: "1.25", ordered_at: "2020-06-01T10:00:00.000Z" },
    ]);
  });
});
