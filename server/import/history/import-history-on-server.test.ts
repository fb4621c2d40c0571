import { gzipSync } from "node:zlib";
import { tableFromIPC, tableToIPC } from "apache-arrow";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openDatabase } from "../../../sql/client.ts";
import type { Database, ExportFormat } from "../../../sql/database.ts";
import { migrate } from "../../../sql/migrate.ts";
import { createImportRunner, rowCounts } from "../../../test/support/import-runner.ts";
import { migratedDirectory } from "../../../test/support/migrated-directory.ts";
import { type ServerProcess, startServerProcess } from "../../../test/support/start-server-process.ts";
import { openTestDatabase } from "../../../test/support/start-test-server.ts";

// The same files through ClickHouse's HTTP interface as through the engine in this process.

const importing = createImportRunner();
let server: ServerProcess;
let onServer: Database;
let here: Database;
beforeAll(async () => {
  server = await startServerProcess(migratedDirectory("import-history-server"));
  onServer = await openDatabase({ url: server.url });
  await migrate(onServer);
  here = await openTestDatabase();
});
beforeEach(() => importing.into(onServer));
afterAll(async () => {
  await onServer?.close();
  await here?.close();
  await server?.stop();
});

const OPTIONS = { currency: "GBP", timeZone: "Europe/London", channel: "web", mapping: { fields: {} } };
const ROWS = `SELECT toString(intDiv(number, 3) + 1) AS orderId, 'SKU' || toString(number % 30) AS code, toInt32(number % 7 + 1) AS quantity,
  toDecimal64(number, 2) / 4 AS unitPrice, toDateTime64('2026-07-31 10:00:00.250', 3, 'UTC') + number AS orderedAt FROM numbers(2000)`;

async function as(format: ExportFormat): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of here.export({ name: "test/file", sql: ROWS, format })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Without the numbers of products: those that codes get are by source. */
const linesOf = async (source: string) =>
  await importing.rowsOf(
    `SELECT * EXCEPT (version, source, gtin) FROM order_lines FINAL WHERE source = '${source}' ORDER BY order_id, line_no`,
  );
const tablesLeft = async () =>
  await importing.rowsOf("SELECT name FROM system.tables WHERE name LIKE 'import\\_rows%'");

it("makes of CSV, packed CSV, NDJSON, Parquet and both forms of Arrow the lines that the engine in this process makes", async () => {
  const csv = (await as("CSV")).toString().replaceAll('"', "");
  const withNames = `orderId,code,quantity,unitPrice,orderedAt\n${csv}`;
  const stream = await as("ArrowStream");
  const files: Record<string, Buffer> = {
    csv: Buffer.from(withNames),
    semicolons: Buffer.from(withNames.replaceAll(",", ";")),
    packed: gzipSync(withNames),
    parquet: await as("Parquet"),
    stream,
    file: Buffer.from(tableToIPC(tableFromIPC(stream), "file")),
  };
  importing.into(here);
  await importing.run("orders", files["parquet"] ?? "", { ...OPTIONS, source: "known" });
  const expected = await linesOf("known");
  expect(expected).toHaveLength(2000);
  importing.into(onServer);
  for (const [source, file] of Object.entries(files)) {
    const report = await importing.run("orders", file, { ...OPTIONS, source });
    expect({ source, ...rowCounts(report) }).toMatchObject({
      source,
      rows: 2000,
      accepted: 2000,
      failure: null,
    });
    expect({ [source]: await linesOf(source) }).toEqual({ [source]: expected });
  }
  const again = await importing.run("orders", files["packed"] ?? "", { ...OPTIONS, source: "packed" });
  expect(rowCounts(again)).toMatchObject({ accepted: 0, updated: 0, unchanged: 2000, failure: null });
  expect(await tablesLeft()).toEqual([]);
});

it("tells rejected rows by their lines, and what is wrong with a file before anything is stored", async () => {
  const source = "bad";
  const file = `orderId,code,quantity,unitPrice,orderedAt\n1,A,1,1.00,2026-01-01 10:00:00\n2,A,many,1.00,2026-01-01 10:00:00\n3,A,1,1.00,whenever\n`;
  const report = await importing.run("orders", file, { ...OPTIONS, source });
  expect(rowCounts(report)).toMatchObject({ rows: 3, accepted: 1, rejected: 2, failure: null });
  expect(importing.rejected().map(({ line, code }) => ({ line, code }))).toEqual([
    { line: 3, code: "invalid_quantity" },
    { line: 4, code: "invalid_time" },
  ]);
  const cut = (await as("Parquet")).subarray(0, -20);
  const failure = async (content: Buffer | string) =>
    (await importing.run("orders", content, { ...OPTIONS, source: "cut" })).failure;
  expect(await failure(cut)).toMatchObject({
    code: "unreadable_file",
    detail: expect.stringContaining("cut off"),
  });
  expect(await failure((await as("ArrowStream")).subarray(0, -3000))).toMatchObject({
    code: "unreadable_file",
  });
  expect(await failure("a,b\n1,2\n")).toMatchObject({ code: "missing_column" });
  expect(await linesOf("cut")).toEqual([]);
  expect(await tablesLeft()).toEqual([]);
});
