import { describe, expect, test } from "vitest";
import { createImportRunner, rowCounts } from "../../test/support/import-runner.ts";

const { run, rowsOf, rejected } = createImportRunner();

const UK = { source: "shop", currency: "GBP", timeZone: "Europe/London", channel: "web" };

describe("products, locations and customers", () => {
  test("products: bad codes are refused, and columns that the file has not keep what is stored", async () => {
    const file =
      "gtin,product_name,price\n4006381333931,Pen,1.50\n4006381333932,Wrong digit,1\n123,Short,1\n4006381333931,Again,1\n,No code,1\n40063812,,1\n";
    const report = await run("products", file, { currency: "GBP" });
    expect(rowCounts(report)).toMatchObject({ rows: 6, accepted: 1, rejected: 5 });
    expect(rejected().map((row) => row.code)).toEqual([
      "gtin_check_digit",
      "gtin_length",
      "duplicate_in_file",
      "missing_value",
      expect.stringMatching(/gtin|missing/),
    ]);
    expect(rowCounts(await run("products", "ean;name\n4006381333931;Pen\n"))).toMatchObject({ unchanged: 1 });
    expect(rowCounts(await run("products", "ean;name\n4006381333931;Pencil\n"))).toMatchObject({
      updated: 1,
    });
    expect(await rowsOf("SELECT name, price, currency FROM products FINAL")).toEqual([
      { name: "Pencil", price: "1.5", currency: "GBP" },
    ]);
  });

  test("products without a GTIN are known by their SKU", async () => {
    const file = "sku,name\nA-1,First\nB-2,Second\n";
    expect(rowCounts(await run("products", file, { source: "shop" }))).toMatchObject({ accepted: 2 });
    expect(rowCounts(await run("products", file, { source: "shop" }))).toMatchObject({ unchanged: 2 });
  });

  test("locations: how orders are collected comes from the file, and stays where the next file says nothing", async () => {
    const head = "id,name,pickup,public_holidays\n";
    const curbside = '"{""hasCurbside"":true,""leadMinutes"":45}"';
    expect(
      rowCounts(
        await run(
          "locations",
          `${head}S1,One,${curbside},2026-12-25 2026-12-26\nS2,Two,yes,\nS3,Three,,25.12.\n`,
        ),
      ),
    ).toMatchObject({ accepted: 1, rejected: 2 });
    expect(rejected().map((row) => row.code)).toEqual(["invalid_pickup", "invalid_time"]);
    const stored = {
      pickup: expect.stringContaining('"leadMinutes":45'),
      public_holidays: '["2026-12-25","2026-12-26"]',
    };
    const sql = "SELECT pickup, public_holidays FROM locations FINAL WHERE location_id = 'S1'";
    expect(await rowsOf(sql)).toMatchObject([stored]);
    await run("locations", "id,name\nS1,One anew\n");
    expect(await rowsOf(sql)).toMatchObject([stored]);
  });

  test("locations: ids fit topics, default zones are for those without any", async () => {
    const file =
      "osm_id,name,lat,lon,street,housenumber,postcode,city,opening_hours\nnode/1,Lidl,50.5,8.5,Street,15,35576,Wetzlar,Mo-Sa 07:00-21:00\nnode/2,Lidl,95,8.5,,,,,\nnode-1,Twin,,,,,,,\n///,No id,,,,,,,\n";
    const report = await run("locations", file, {
      zones: "dock,sales_floor,exit",
      timeZone: "Europe/Berlin",
    });
    expect(rowCounts(report)).toMatchObject({ accepted: 1, rejected: 3 });
    expect(rejected().map((row) => row.code)).toEqual(["invalid_number", "duplicate_in_file", "invalid_id"]);
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
    expect(rowCounts(await run("locations", "id,name\nnode/1,Lidl\n"))).toMatchObject({ unchanged: 1 });
  });

  test("customers: other columns become attributes, and a second run changes nothing", async () => {
    const file = "CustomerID,Country,Tier\n17850.0,UK,gold\n1,,\n";
    expect(rowCounts(await run("customers", file, UK))).toMatchObject({ accepted: 2 });
    expect(rowCounts(await run("customers", file, UK))).toMatchObject({ unchanged: 2 });
    expect(await rowsOf("SELECT customer_id, attributes FROM customers FINAL ORDER BY customer_id")).toEqual([
      { customer_id: "1", attributes: "{}" },
      { customer_id: "17850", attributes: '{"Tier":"gold"}' },
    ]);
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
    expect(rejected().map(({ line, code }) => [line, code])).toEqual([
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
