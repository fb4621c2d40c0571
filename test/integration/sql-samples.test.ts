import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type SqlSample, sqlSamplesSchema, sqlTablesSchema } from "../../domain/reports/sql-help.ts";
import { type AnalystEngine, createAnalystEngine } from "../../sql/analysts/analyst-engine.ts";
import { OPEN_TABLES } from "../../sql/analysts/open-tables.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { loadSamples } from "../../sql/load-samples.ts";
import { migrate } from "../../sql/migrate.ts";
import { openBytes } from "../../sql/open-bytes.ts";
import { importText } from "../support/import-text.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { missingSharedData, readSharedBytes } from "../support/shared-data.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const UCI = "kpi/uci/uci_online_retail_2010-12_2011-05.csv.gz";
const missing = missingSharedData(UCI);
const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
/** Without the reference data: two orders and what came back of one. */
const SMALL = `${HEADER}1,A,Lantern,6,2011-05-01 08:26:00,2.55,7,France
1,B,Holder,2,2011-05-01 08:26:00,1.00,7,France
2,A,Lantern,1,2011-05-20 08:26:00,2.55,7,France
C3,A,Lantern,-1,2011-05-21 08:26:00,2.55,7,France
`;
/** The newest of them, which is enough to ask of. */
const LINES = 40_000;
const invoices =
  missing === null ? `${HEADER}${lastLines(gunzipSync(readSharedBytes(UCI)).toString())}` : SMALL;

function lastLines(text: string): string {
  return `${text.trimEnd().split("\n").slice(-LINES).join("\n")}\n`;
}

let db: Database;
let analysts: AnalystEngine;
let at: TestServer;
beforeAll(async () => {
  const directory = migratedDirectory("sql-samples");
  db = await openDatabase({ dataDirectory: directory });
  await migrate(db);
  const limits = {
    max_execution_time: 60,
    max_memory_usage: 1_000_000_000,
    max_result_rows: 1_000_000,
    max_result_bytes: 100_000_000,
    max_rows_to_read: 10_000_000_000,
  };
  analysts = createAnalystEngine({ bytes: await openBytes({ dataDirectory: directory }), limits });
  at = await startTestServer({ db, deps: { analysts } });
  const options = { source: "uci", currency: "GBP", timeZone: "Europe/London", channel: "web" };
  await importText(db, "orders", invoices, options);
  await at.ledger.commit("S01", [{ gtin: 96385074, quantity: 5 }]);
  await at.ledger.commit("S01", [{ gtin: 96385074, quantity: -2, reason: "missing" }]);
});
afterAll(async () => {
  await at?.stop();
  await analysts?.close();
  await db?.close();
});

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const found = await at.server.app.request(
    `/clickhouse/?default_format=JSON&output_format_json_quote_64bit_integers=0&query=${encodeURIComponent(sql)}`,
    { method: "GET", headers: { authorization: `Bearer ${at.tokens.analyst}` } },
    { incoming: { socket: { remoteAddress: "10.0.0.9" } } },
  );
  const text = await found.text();
  expect({ status: found.status, text: found.status === 200 ? "" : text }).toEqual({ status: 200, text: "" });
  return (JSON.parse(text) as { data: Record<string, unknown>[] }).data;
}

const sample = (name: string): SqlSample => {
  const found = loadSamples().find((one) => one.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found;
};

it("there are questions of every open area but those of master data and books", () => {
  expect(loadSamples().length).toBeGreaterThanOrEqual(15);
  const areas = new Set(loadSamples().map(({ area }) => area));
  expect([...areas].sort()).toEqual(["customers", "orders", "reads", "sales", "stock"]);
});

/** What the data here has no answer to: no orders that somebody fulfilled, no reads, no costs. */
const EMPTY_HERE = new Set(["margin-by-product", "items-not-seen", "out-of-stock-sellers"]);

function leastRows({ name, area }: SqlSample): number {
  if (["orders", "reads"].includes(area) || EMPTY_HERE.has(name)) return 0;
  return missing === null || area === "stock" || name === "best-sellers" ? 1 : 0;
}

it.each(loadSamples().map(({ name }) => name))("an analyst can ask %s as it stands", async (name) => {
  const rows = await ask(sample(name).sql);
  expect(rows.length).toBeGreaterThanOrEqual(leastRows(sample(name)));
});

it(`the best seller sold what the invoices say${missing === null ? "" : ` (of a small file: ${missing})`}`, async () => {
  const rows = parse<Record<string, string>>(invoices, { columns: true });
  const newest =
    rows
      .map((row) => row["InvoiceDate"] ?? "")
      .sort()
      .at(-1) ?? "";
  // Both are in summer time of London, so that their difference is that of the instants.
  const since = Date.parse(`${newest.replace(" ", "T")}Z`) - 28 * 86_400_000;
  const units = new Map<string, number>();
  for (const row of rows) {
    const { InvoiceNo = "", StockCode = "", Quantity, UnitPrice, InvoiceDate = "" } = row;
    const isCorrection = InvoiceNo.startsWith("A") || (Number(Quantity) < 0 && Number(UnitPrice) === 0);
    if (isCorrection || Date.parse(`${InvoiceDate.replace(" ", "T")}Z`) <= since) continue;
    units.set(StockCode, (units.get(StockCode) ?? 0) + Number(Quantity));
  }
  const [best] = await ask(sample("best-sellers").sql);
  expect(best?.["units"]).toBe(Math.max(...units.values()));
});

it("stock and losses are those of the ledger", async () => {
  expect(await ask(sample("stock-by-location").sql)).toMatchObject([
    { location_id: "S01", products: 1, sellable: 3, not_sellable: 0 },
  ]);
  expect(await ask(sample("losses-by-reason").sql)).toMatchObject([
    { location_id: "S01", reason: "missing", units: 2 },
  ]);
});

it("the server gives out the questions, and the open tables with what each column is", async () => {
  const samples = sqlSamplesSchema.parse(await at.ask("GET", "/v1/sql/samples", 200, { as: "analyst" }));
  expect(samples.items).toEqual(loadSamples());
  const model = sqlTablesSchema.parse(await at.ask("GET", "/v1/sql/tables", 200, { as: "analyst" }));
  expect(model.tables.map(({ name }) => name).sort()).toEqual([...OPEN_TABLES].sort());
  expect(model.areas.map(({ id }) => id)).toEqual(
    expect.arrayContaining(model.tables.map(({ area }) => area)),
  );
});

it("tools that list columns through /clickhouse/ see what each is", async () => {
  const blank = await ask("SELECT table, name FROM system.columns WHERE comment = '' ORDER BY table, name");
  expect(blank).toEqual([]);
  expect(await ask("SELECT name FROM system.tables WHERE comment = ''")).toEqual([]);
});
