import { createReadStream } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadQuery } from "../../sql/load-query.ts";
import { createImportRunner, rowCounts } from "../../test/support/import-runner.ts";
import { missingSharedData, sharedPath } from "../../test/support/shared-data.ts";

const { run, rowsOf } = createImportRunner();

const UK = { source: "shop", currency: "GBP", timeZone: "Europe/London", channel: "web" };
const UCI = "kpi/uci/uci_online_retail_2010-12_2011-05.csv.gz";
const PRODUCTS = "kpi/products/off_products_gtin.csv.gz";
const STORES = "kpi/stores/osm_lidl_de_stores.csv";
const missing = missingSharedData(UCI, PRODUCTS, STORES);

describe.skipIf(missing !== null)(`real files${missing === null ? "" : `: ${missing}`}`, () => {
  test("209,029 invoice lines of a retailer: 7,409 orders of customers, 8,126 with guests; twice is once", async () => {
    const report = await run("orders", createReadStream(sharedPath(UCI)), { ...UK, source: "uci" });
    expect(rowCounts(report)).toEqual({
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
    expect(rowCounts(second)).toMatchObject({ accepted: 0, unchanged: 209_029, rejected: 0 });
    await check();
  });

  test("17,933 products and 3,223 stores", async () => {
    expect(rowCounts(await run("products", createReadStream(sharedPath(PRODUCTS))))).toMatchObject({
      rows: 17_933,
      accepted: 17_933,
    });
    const zones = "dock,backroom,sales_floor,fitting_room,pos,exit";
    const stores = { zones, timeZone: "Europe/Berlin" };
    expect(rowCounts(await run("locations", createReadStream(sharedPath(STORES)), stores))).toMatchObject({
      rows: 3_223,
      accepted: 3_223,
    });
    expect(rowCounts(await run("locations", createReadStream(sharedPath(STORES)), stores))).toMatchObject({
      unchanged: 3_223,
    });
  });
});
