import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { StockEvent } from "../../domain/events/stock-event.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { ok, refuse } from "../../domain/result.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { migrate } from "../../sql/migrate.ts";
import { startServerProcess } from "../../test/support/start-server-process.ts";
import { missingSharedData, sharedPath } from "../../test/support/shared-data.ts";
import { importOptionsSchema } from "./import-options.ts";
import { importRecords } from "./import-records.ts";
import type { ImportKind, ImportReport, RejectedRow } from "./import-report.ts";

const directory = mkdtempSync(join(tmpdir(), "onhand-import-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let next = 0;
let db: Database;
let nowMs = Date.UTC(2026, 10, 22);
let rejected: RejectedRow[] = [];
let published: { locationId: string; event: StockEvent }[] = [];
beforeEach(async () => {
  next += 1;
  db = await openDatabase({ dataDirectory: directory, database: `import_${next}` });
  await migrate(db);
  rejected = [];
  published = [];
});
afterEach(async () => await db.close());

type Options = Record<string, unknown> & { receipt?: (event: StockEvent) => Receipt | null };

async function run(
  kind: ImportKind,
  content: string | Buffer | AsyncIterable<Uint8Array>,
  { receipt = acceptedReceipt, ...options }: Options = {},
): Promise<ImportReport> {
  nowMs += 1000;
  rejected = [];
  const stream =
    typeof content === "string" || Buffer.isBuffer(content) ? Readable.from([Buffer.from(content)]) : content;
  return await importRecords(kind, stream, importOptionsSchema.parse(options), {
    db,
    publishEvent: (wish) => {
      if (wish.kind !== "stock") throw new Error("positions are stock events");
      published.push({ locationId: wish.locationId, event: wish.event });
      const answer = receipt(wish.event);
      return Promise.resolve(
        answer === null ? refuse("outcome_unknown", "No receipt within 30 s.") : ok(answer),
      );
    },
    now: () => nowMs,
    onProgress: () => undefined,
    writeRejected: (row) => {
      rejected.push(row);
    },
  });
}

function acceptedReceipt(event: StockEvent, status: Receipt["status"] = "accepted"): Receipt {
  return {
    eventId: event.eventId,
    status,
    code: null,
    detail: null,
    topic: "",
    recordedAt: "2026-11-22T00:00:00Z",
  };
}

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  return await db.query({ name: "test/rows", sql, row: z.record(z.string(), z.unknown()) });
}

function counts({ rows, accepted, updated, unchanged, rejected, failure }: ImportReport) {
  return { rows, accepted, updated, unchanged, rejected, failure };
}

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
    expect(counts(first)).toEqual({
      rows: 7,
      accepted: 7,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      failure: null,
    });
    expect(first.productsCreated).toBe(6);
    const second = await run("orders", INVOICES, UK);
    expect(counts(second)).toMatchObject({ accepted: 0, unchanged: 7, rejected: 0 });
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
    const server = await startServerProcess(join(directory, "server"));
    const embedded = db;
    try {
      await run("orders", INVOICES, UK);
      const expected = await rowsOf("SELECT * EXCEPT version FROM order_lines FINAL ORDER BY ALL");
      db = await openDatabase({ url: server.url });
      await migrate(db);
      const many = Array.from({ length: 5_000 }, (_, at) => `9${at},C${at},n,1,2010-12-01 08:26,1,,UK`).join(
        "\n",
      );
      expect(counts(await run("orders", INVOICES + many, UK))).toMatchObject({
        accepted: 5_007,
        failure: null,
      });
      expect(counts(await run("orders", INVOICES + many, UK))).toMatchObject({ unchanged: 5_007 });
      const sql = "SELECT * EXCEPT version FROM order_lines FINAL WHERE order_id NOT LIKE '9%' ORDER BY ALL";
      expect(await rowsOf(sql)).toEqual(expected);
      await db.close();
    } finally {
      db = embedded;
      await server.stop();
    }
  });

  test("what broke off and is run again is finished without a difference", async () => {
    const half = INVOICES.split("\n").slice(0, 4).join("\n");
    await run("orders", half, UK);
    expect(counts(await run("orders", INVOICES, UK))).toMatchObject({
      accepted: 4,
      unchanged: 3,
      updated: 0,
    });
    expect(counts(await run("orders", INVOICES, UK))).toMatchObject({ accepted: 0, unchanged: 7 });
  });

  test("a corrected line replaces the old one", async () => {
    await run("orders", INVOICES, UK);
    const corrected = await run("orders", INVOICES.replace("WHITE HEART,6", "WHITE HEART,7"), UK);
    expect(counts(corrected)).toMatchObject({ accepted: 1, updated: 1, unchanged: 6 });
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
    expect(counts(report)).toEqual({
      rows: 11,
      accepted: 2,
      updated: 0,
      unchanged: 0,
      rejected: 9,
      failure: null,
    });
    expect(rejected.map(({ line, code }) => [line, code]).sort(([a], [b]) => Number(a) - Number(b))).toEqual([
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
    expect(rejected.find((row) => row.line === 5)?.original).toBe(
      '3,A1,"two\nlines",many,2010-12-01 08:26,1.5,1,UK',
    );
  });

  test("times without a zone are refused when no zone is stated", async () => {
    const report = await run("orders", INVOICES, { ...UK, timeZone: undefined });
    expect(counts(report)).toMatchObject({ accepted: 0, rejected: 7 });
    expect(rejected[0]).toMatchObject({ code: "no_time_zone", line: 2 });
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
    expect(counts(mapped)).toMatchObject({ accepted: 1, failure: null });
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
    expect(counts(report)).toMatchObject({ rows: 3, accepted: 1, rejected: 2 });
    expect(rejected.map(({ line, code }) => [line, code])).toEqual([
      [3, "invalid_json"],
      [4, "invalid_quantity"],
    ]);
    expect(await rowsOf("SELECT channel, unit_price, ordered_at FROM order_lines FINAL")).toEqual([
      { channel: "app", unit_price: "1.25", ordered_at: "2020-06-01T10:00:00.000Z" },
    ]);
  });
});

describe("products, locations and customers", () => {
  test("products: bad codes are refused, and columns that the file has not keep what is stored", async () => {
    const file =
      "gtin,product_name,price\n4006381333931,Pen,1.50\n4006381333932,Wrong digit,1\n123,Short,1\n4006381333931,Again,1\n,No code,1\n40063812,,1\n";
    const report = await run("products", file, { currency: "GBP" });
    expect(counts(report)).toMatchObject({ rows: 6, accepted: 1, rejected: 5 });
    expect(rejected.map((row) => row.code)).toEqual([
      "gtin_check_digit",
      "gtin_length",
      "duplicate_in_file",
      "missing_value",
      expect.stringMatching(/gtin|missing/),
    ]);
    expect(counts(await run("products", "ean;name\n4006381333931;Pen\n"))).toMatchObject({ unchanged: 1 });
    expect(counts(await run("products", "ean;name\n4006381333931;Pencil\n"))).toMatchObject({ updated: 1 });
    expect(await rowsOf("SELECT name, price, currency FROM products FINAL")).toEqual([
      { name: "Pencil", price: "1.5", currency: "GBP" },
    ]);
  });

  test("products without a GTIN are known by their SKU", async () => {
    const file = "sku,name\nA-1,First\nB-2,Second\n";
    expect(counts(await run("products", file, { source: "shop" }))).toMatchObject({ accepted: 2 });
    expect(counts(await run("products", file, { source: "shop" }))).toMatchObject({ unchanged: 2 });
  });

  test("locations: ids fit topics, default zones are for those without any", async () => {
    const file =
      "osm_id,name,lat,lon,street,housenumber,postcode,city,opening_hours\nnode/1,Lidl,50.5,8.5,Street,15,35576,Wetzlar,Mo-Sa 07:00-21:00\nnode/2,Lidl,95,8.5,,,,,\nnode-1,Twin,,,,,,,\n///,No id,,,,,,,\n";
    const report = await run("locations", file, {
      zones: "dock,sales_floor,exit",
      timeZone: "Europe/Berlin",
    });
    expect(counts(report)).toMatchObject({ accepted: 1, rejected: 3 });
    expect(rejected.map((row) => row.code)).toEqual(["invalid_number", "duplicate_in_file", "invalid_id"]);
    expect(await rowsOf("SELECT * EXCEPT version FROM locations FINAL")).toEqual([
      {
        location_id: "node-1",
        name: "Lidl",
        kind: "store",
        latitude: 50.5,
        longitude: 8.5,
        address: "Street 15, 35576 Wetzlar",
        opening_hours: "Mo-Sa 07:00-21:00",
        time_zone: "Europe/Berlin",
        currency: "EUR",
        gln: "",
        zones: JSON.stringify([
          { zoneId: "dock", name: "Dock", kind: "dock" },
          { zoneId: "sales-floor", name: "Sales floor", kind: "sales_floor" },
          { zoneId: "exit", name: "Exit", kind: "exit" },
        ]),
        public_holidays: "[]",
        pickup: "{}",
        is_deleted: 0,
      },
    ]);
    expect(counts(await run("locations", "id,name\nnode/1,Lidl\n"))).toMatchObject({ unchanged: 1 });
  });

  test("customers: other columns become attributes, and a second run changes nothing", async () => {
    const file = "CustomerID,Country,Tier\n17850.0,UK,gold\n1,,\n";
    expect(counts(await run("customers", file, UK))).toMatchObject({ accepted: 2 });
    expect(counts(await run("customers", file, UK))).toMatchObject({ unchanged: 2 });
    expect(await rowsOf("SELECT customer_id, attributes FROM customers FINAL ORDER BY customer_id")).toEqual([
      { customer_id: "1", attributes: "{}" },
      { customer_id: "17850", attributes: '{"Tier":"gold"}' },
    ]);
  });
});

describe("positions", () => {
  const file =
    "location,gtin,sku,quantity\nstore-1,4006381333931,,5\nstore-1,,P2,7\nstore-2,4006381333931,,1\nnowhere,4006381333931,,1\nstore-1,,unknown,1\nstore-1,4006381333931,,6\n";
  const options = { source: "wms", asOf: "2026-11-21T20:00:00Z" };
  beforeEach(async () => {
    await run("locations", "id,name\nstore-1,One\nstore-2,Two\n");
    await run("products", "gtin,sku,name\n4006381333931,P1,Pen\n,P2,Paper\n", { source: "wms" });
  });

  test("each location gets its lines, and the same file again is the same events", async () => {
    const report = await run("positions", file, options);
    expect(counts(report)).toMatchObject({ rows: 6, accepted: 3, rejected: 3, failure: null });
    expect(rejected.map((row) => row.code).sort()).toEqual([
      "duplicate_in_file",
      "unknown_location",
      "unknown_product",
    ]);
    expect(
      published.map(({ locationId, event }) => [
        locationId,
        event.type,
        event.occurredAt,
        "lines" in event ? event.lines.length : 0,
      ]),
    ).toEqual([
      ["store-1", "position", "2026-11-21T20:00:00.000Z", 2],
      ["store-2", "position", "2026-11-21T20:00:00.000Z", 1],
    ]);
    const first = published;
    published = [];
    const second = await run("positions", file, {
      ...options,
      receipt: (event) => acceptedReceipt(event, "duplicate"),
    });
    expect(counts(second)).toMatchObject({ accepted: 0, unchanged: 3 });
    expect(published).toEqual(first);
  });

  test("a refused event's rows come back as rejected, and a missing receipt ends the import", async () => {
    const report = await run("positions", file, {
      ...options,
      receipt: (event) => ({
        ...acceptedReceipt(event, "rejected"),
        code: "too_old",
        detail: "older than 7 days",
      }),
    });
    expect(counts(report)).toMatchObject({ accepted: 0, rejected: 6 });
    expect(rejected.filter((row) => row.code === "too_old")).toHaveLength(3);
    const silent = await run("positions", file, { ...options, receipt: () => null });
    expect(silent.failure).toMatchObject({ code: "outcome_unknown" });
  });
});

const UCI = "kpi/uci/uci_online_retail_2010-12_2011-05.csv.gz";
const PRODUCTS = "kpi/products/off_products_gtin.csv.gz";
const STORES = "kpi/stores/osm_lidl_de_stores.csv";
const missing = missingSharedData(UCI, PRODUCTS, STORES);

describe.skipIf(missing !== null)(`real files${missing === null ? "" : `: ${missing}`}`, () => {
  test("209,029 invoice lines of a retailer: 7,409 orders of customers, 8,126 with guests; twice is once", async () => {
    const report = await run("orders", createReadStream(sharedPath(UCI)), { ...UK, source: "uci" });
    expect(counts(report)).toEqual({
      rows: 209_029,
      accepted: 209_029,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      failure: null,
    });
    const check = async () => {
      expect(await rowsOf("SELECT count() AS n FROM order_lines FINAL")).toEqual([{ n: 209_029 }]);
      expect(await rowsOf(loadQuery("import/identified-orders"))).toEqual([
        {
          source: "uci",
          currency: "GBP",
          orders: 7_409,
          customers: 2_718,
          units: 1_941_311,
          revenue: "3332591.961",
        },
      ]);
      expect(await rowsOf(loadQuery("import/all-orders"))).toEqual([
        { source: "uci", currency: "GBP", orders: 8_126, units: 2_112_658, revenue: "4064726.591" },
      ]);
    };
    await check();
    const second = await run("orders", createReadStream(sharedPath(UCI)), { ...UK, source: "uci" });
    expect(counts(second)).toMatchObject({ accepted: 0, unchanged: 209_029, rejected: 0 });
    await check();
  });

  test("17,933 products and 3,223 stores", async () => {
    expect(counts(await run("products", createReadStream(sharedPath(PRODUCTS))))).toMatchObject({
      rows: 17_933,
      accepted: 17_933,
    });
    const zones = "dock,backroom,sales_floor,fitting_room,pos,exit";
    const stores = { zones, timeZone: "Europe/Berlin" };
    expect(counts(await run("locations", createReadStream(sharedPath(STORES)), stores))).toMatchObject({
      rows: 3_223,
      accepted: 3_223,
    });
    expect(counts(await run("locations", createReadStream(sharedPath(STORES)), stores))).toMatchObject({
      unchanged: 3_223,
    });
  });
});

describe("tag mappings", () => {
  test("are stored under the tag's key; twice is once; what is wrong is told by its line", async () => {
    const file = [
      "tag,ean,comment",
      "0xe2801160600002054cc2096f,80614141123458,old stock",
      "urn:epc:tag:giai-96:3.0614141.5678,614141007349,",
      "E2801160600002054CC2096F,614141007349,again",
      "3074257BF7194E4000001A85,80614141123458,",
      "12G4,80614141123458,",
      "CAFE,80614141123459,",
    ].join("\n");
    expect(await run("tag-mappings", file)).toMatchObject({
      rows: 6,
      accepted: 2,
      rejected: 4,
      failure: null,
    });
    expect(rejected.map(({ line, code }) => [line, code])).toEqual([
      [4, "duplicate_in_file"],
      [5, "tag_names_product"],
      [6, "epc_bad_hex"],
      [7, "gtin_check_digit"],
    ]);
    const stored = () => rowsOf("SELECT identity, gtin, note FROM tag_mappings FINAL ORDER BY identity");
    expect(await stored()).toEqual([
      { identity: "3414257BF40000000000162E", gtin: 614141007349, note: "" },
      { identity: "E2801160600002054CC2096F", gtin: 80614141123458, note: "old stock" },
    ]);
    expect(await run("tag-mappings", file)).toMatchObject({ accepted: 0, unchanged: 2, rejected: 4 });
    const changed = "tag,ean\nE2801160600002054CC2096F,614141007349\n";
    expect(await run("tag-mappings", changed)).toMatchObject({ accepted: 1, updated: 1 });
    expect(await stored()).toMatchObject([{}, { gtin: 614141007349, note: "" }]);
  });
});

describe("reads of the past", () => {
  const file = [
    "epc,timestamp,reader,store,antenna,rssi",
    "3074257BF7194E4000001A85,2026-10-01T10:00:00.250Z,dock-1,store-1,2,-51.5",
    "urn:epc:id:sgtin:0614141.812345.6790,2026-10-01T10:00:01Z,dock-1,store-1,2,",
    "3074257BF7194E4000001A85,2026-10-01T10:05:00Z,dock-1,store-1,2,-60",
    "XYZ,2026-10-01T10:05:00Z,dock-1,store-1,2,-60",
    "3074257BF7194E4000001A85,01/10/2026,dock-1,store-1,2,-60",
    "3074257BF7194E4000001A85,2026-10-01T10:06:00Z,dock/1,store-1,2,-60",
  ].join("\n");

  test("are marked historical, in the order in which they were seen, and move nothing; twice is once", async () => {
    expect(await run("reads", file)).toMatchObject({ rows: 6, accepted: 3, rejected: 3, failure: null });
    expect(rejected.map(({ line, code }) => [line, code])).toEqual([
      [5, "epc_bad_hex"],
      [6, "ambiguous_time"],
      [7, "invalid_reader"],
    ]);
    const stored = await rowsOf(
      `SELECT reader_id, epc, gtin, antenna, verdict, format, ifNotFinite(rssi_dbm, 0) AS rssi,
              toUnixTimestamp64Milli(observed_at) AS at FROM reads ORDER BY observed_at`,
    );
    const at = Date.parse("2026-10-01T10:00:00.250Z");
    const common = { reader_id: "dock-1", antenna: 2, verdict: "historical", format: "imported" };
    expect(stored).toMatchObject([
      { ...common, epc: "3074257BF7194E4000001A85", gtin: 80614141123458, rssi: -51.5, at },
      { ...common, gtin: 80614141123458, rssi: 0, at: at + 750 },
      { ...common, epc: "3074257BF7194E4000001A85", rssi: -60, at: at + 299_750 },
    ]);
    const rows = await rowsOf("SELECT taken_ordinal, message_after FROM read_batches ORDER BY taken_ordinal");
    expect(rows).toEqual([
      { taken_ordinal: at * 1000, message_after: [0, 750_000] },
      { taken_ordinal: (at + 299_750) * 1000, message_after: [0] },
    ]);
    expect(await run("reads", file)).toMatchObject({ accepted: 0, unchanged: 3, rejected: 3 });
    const more = `${file}\n3074257BF7194E4000001A85,2026-10-01T10:00:00.251Z,dock-1,store-1,2,-50`;
    expect(await run("reads", more)).toMatchObject({ accepted: 1, unchanged: 3 });
    expect(await rowsOf("SELECT count() AS rows FROM events")).toEqual([{ rows: 0 }]);
    expect(published).toEqual([]);
  });

  test("take the location and the reader of the command where they name none", async () => {
    const bare = "epc,time\n3074257BF7194E4000001A85,2026-10-01 12:00:00\n";
    const timeZone = "Europe/Berlin";
    expect(await run("reads", bare, { timeZone })).toMatchObject({ accepted: 0, rejected: 1 });
    expect(rejected[0]?.code).toBe("missing_value");
    const options = { location: "store-2", source: "walk-1", timeZone };
    expect(await run("reads", bare, options)).toMatchObject({ accepted: 1 });
    expect(
      await rowsOf("SELECT location_id, reader_id, antenna, toString(observed_at) AS at FROM reads"),
    ).toEqual([{ location_id: "store-2", reader_id: "walk-1", antenna: -1, at: "2026-10-01 10:00:00.000" }]);
  });
});
