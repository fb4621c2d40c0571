import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { RecordBatchReader } from "apache-arrow";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type ServerProcess, startServerProcess } from "../support/start-server-process.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

// Reports as files where ClickHouse runs on a server: its bytes pass through, of one engine over HTTP.

const CUSTOMERS = process.env["ONHAND_LONG"] === "1" ? 2_000_000 : 60_000;
const PATH = "customer-values?from=2026-01-01&to=2026-06-30&timeZone=UTC&currency=EUR";

let server: ServerProcess;
let onServer: Database;
let here: Database;
let at: TestServer;
beforeAll(async () => {
  server = await startServerProcess(migratedDirectory("report-files"));
  onServer = await openDatabase({ url: server.url });
  await migrate(onServer);
  await onServer.command({
    name: "test/lines",
    sql: `INSERT INTO order_lines (source, order_id, line_no, line_type, channel, method, customer_id, code, gtin, quantity, unit_price, currency, ordered_at, version)
      SELECT 'test', toString(number), 1, 'sale', 'web', 'carry_out', concat('c', toString(number)), 'A', 4006381333931, 1, toDecimal64(number % 1000 + 1, 6) / 4, 'EUR',
      toDateTime64('2026-02-01 10:00:00', 3, 'UTC') + number % 1000000, 1 FROM numbers(${CUSTOMERS})`,
    maxSeconds: 300,
  });
  here = await openTestDatabase();
  at = await startTestServer({ db: onServer, listen: true });
}, 120_000);
afterAll(async () => {
  await at?.stop();
  await onServer?.close();
  await here?.close();
  await server?.stop();
});

async function ask(format: string): Promise<Response> {
  const response = await fetch(`${at.url}/v1/reports/${PATH}&format=${format}`, {
    headers: { authorization: `Bearer ${at.tokens.analyst}` },
  });
  expect(response.status).toBe(200);
  return response;
}

/** Revenue in quarters of a currency, exact. */
const REVENUE = Array.from({ length: CUSTOMERS }, (_, number) => (number % 1000) + 1).reduce(
  (sum, one) => sum + one,
  0,
);

it(`gives ${CUSTOMERS} customers as an Arrow stream that apache-arrow reads whole`, async () => {
  const reader = await RecordBatchReader.from((await ask("arrow")).body!);
  const found = { rows: 0, revenue: 0 };
  const persons = new Set<string>();
  for await (const batch of reader) {
    found.rows += batch.numRows;
    const { scale } = z.object({ scale: z.number() }).parse(batch.getChild("net_revenue")?.type);
    for (const row of batch) {
      persons.add(String(row["person_id"]));
      found.revenue += (Number(BigInt(String(row["net_revenue"]))) / 10 ** scale) * 4;
    }
  }
  expect(found).toEqual({ rows: CUSTOMERS, revenue: REVENUE });
  expect(persons.size).toBe(CUSTOMERS);
});

it("gives them as a Parquet file that another ClickHouse reads, with the types of the report's columns", async () => {
  const path = join(temporaryDirectory("report-files"), "customers.parquet");
  await pipeline((await ask("parquet")).body!, createWriteStream(path));
  const rows = await here.query({
    name: "test/parquet",
    sql: `SELECT count() AS rows, uniqExact(person_id) AS persons, toString(sum(net_revenue) * 4) AS revenue, any(toTypeName(last_day)) AS day FROM file('${path}', Parquet)`,
    row: z.object({ rows: z.number(), persons: z.number(), revenue: z.string(), day: z.string() }),
  });
  expect(rows).toEqual([
    { rows: CUSTOMERS, persons: CUSTOMERS, revenue: String(REVENUE), day: expect.stringMatching(/Date/) },
  ]);
});
