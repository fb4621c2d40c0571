import { createReadStream, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../sql/database.ts";
import { importText } from "../support/import-text.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { runReport } from "../support/run-report.ts";
import { missingSharedData, readSharedJson, sharedPath } from "../support/shared-data.ts";

const UCI = "kpi/uci/uci_online_retail_2010-12_2011-05.csv.gz";
const REFS = "kpi/refs/uci_online_retail_2010-12_2011-05.kpi.json";
const missing = missingSharedData(UCI, REFS);

let db: Database;
beforeAll(async () => {
  if (missing !== null) return;
  db = await openTestDatabase();
  const text = gunzipSync(readFileSync(sharedPath(UCI))).toString();
  await importText(db, "orders", text, { source: "uci", currency: "GBP", timeZone: "Europe/London", channel: "web" });
});
afterAll(async () => await db?.close());

const LONDON = { timeZone: "Europe/London", to: "2011-06-01" };

describe.skipIf(missing !== null)(`half a year of a retailer's invoices${missing === null ? "" : `: ${missing}`}`, () => {
  const reference = missing === null ? (readSharedJson(REFS) as any) : null;

  test("K6: who bought again", async () => {
    const started = performance.now();
    const [row] = await runReport(db, "repeat-purchase", LONDON);
    console.log(row, performance.now() - started);
    expect(row).toMatchObject({ customers: 2718, repeat_customers: 1386, repeat_day_customers: 1336, orders: 7409 });
    void createReadStream; void reference;
  });
});
