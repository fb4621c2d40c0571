import { createReadStream, createWriteStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { importOptionsSchema } from "../../server/import/import-options.ts";
import { importRecords } from "../../server/import/import-records.ts";
import type { ImportReport } from "../../server/import/import-report.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { runOnhand } from "../support/onhand-process.ts";
import { startServerProcess, type ServerProcess } from "../support/start-server-process.ts";
import { openTestDatabase } from "../support/start-test-server.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";

// Killed when something new has been stored: the numbers of codes, lines, products, in that order. Of many rows ClickHouse stores an INSERT
// in blocks of a million, so that the longer variant is killed in the middle of the lines too.
const isLong = process.env["ONHAND_LONG"] === "1";
const ROWS = isLong ? 6_000_000 : 30_000;
const KILL_AFTER_PARTS = isLong ? [1, 2, 3, 4, 6, 8] : [1, 2];
const LIMIT_MS = isLong ? 900_000 : 240_000;
const OPTIONS = {
  source: "till",
  currency: "EUR",
  timeZone: "UTC",
  channel: "store",
  mapping: { fields: {} },
};

const folder = temporaryDirectory("kill-import");
const file = join(folder, "receipts.parquet");
let here: Database;

beforeAll(async () => {
  here = await openTestDatabase();
  const bytes = here.export({
    name: "test/file",
    sql: `SELECT toString(intDiv(number, 4)) AS orderId, toUInt32(number % 4 + 1) AS lineNo, 'SKU' || toString(number % 50) AS code,
      toInt32(number % 5 + 1) AS quantity, toDecimal64(number % 997, 2) AS unitPrice,
      toDateTime64('2024-01-01 08:00:00', 3, 'UTC') + number AS orderedAt FROM numbers(${ROWS})`,
    format: "Parquet",
  });
  await pipeline(Readable.from(bytes), createWriteStream(file));
}, 120_000);
afterAll(async () => await here?.close());

const factsSchema = z.object({
  lines: z.number(),
  orders: z.number(),
  units: z.number(),
  paid: z.string(),
  products: z.number(),
});
const EXPECTED = {
  lines: ROWS,
  orders: Math.ceil(ROWS / 4),
  units: Array.from({ length: ROWS }, (_, n) => (n % 5) + 1).reduce((sum, one) => sum + one, 0),
  products: 50,
};

async function factsOf(db: Database): Promise<z.infer<typeof factsSchema> | undefined> {
  const [row] = await db.query({
    name: "test/facts",
    sql: `SELECT count() AS lines, uniqExact(order_id) AS orders, toInt64(sum(quantity)) AS units, toString(sum(quantity * unit_price)) AS paid,
      (SELECT count() FROM products FINAL) AS products FROM order_lines FINAL WHERE source = 'till'`,
    row: factsSchema,
    maxSeconds: 120,
  });
  return row;
}

describe("an import killed when a part of it is stored", () => {
  it(
    "with ClickHouse on a server that dies: the import says so, and run again all is there once",
    async () => {
      const directory = migratedDirectory("kill-import-server");
      let server: ServerProcess = await startServerProcess(directory);
      let db = await openDatabase({ url: server.url });
      try {
        await migrate(db);
        for (const parts of KILL_AFTER_PARTS) {
          const enough = countParts(directory) + parts;
          const dying = run(db);
          const told = dying.then((report) => report.failure !== null);
          await Promise.race([
            told,
            until("it stored something", () => countParts(directory) >= enough, LIMIT_MS),
          ]);
          await server.kill();
          await told;
          await db.close();
          server = await startServerProcess(directory);
          db = await openDatabase({ url: server.url });
        }
        const again = await run(db);
        expect(again).toMatchObject({ rows: ROWS, rejected: 0, updated: 0, failure: null });
        expect(again.accepted + again.unchanged).toBe(ROWS);
        expect(await factsOf(db)).toMatchObject(EXPECTED);
        expect(await run(db)).toMatchObject({ accepted: 0, updated: 0, unchanged: ROWS, failure: null });
        expect(await factsOf(db)).toMatchObject(EXPECTED);
      } finally {
        await db.close();
        await server.stop();
      }
    },
    LIMIT_MS,
  );

  it(
    "with ClickHouse in the process that dies: run again all is there once",
    async () => {
      const directory = migratedDirectory("kill-import");
      const args = [
        "import",
        "orders",
        file,
        "--source",
        "till",
        "--currency",
        "EUR",
        "--time-zone",
        "UTC",
        "--channel",
        "store",
        "--json",
      ];
      const env = { ONHAND_DATA_DIR: directory };
      for (const parts of KILL_AFTER_PARTS) {
        const enough = countParts(directory) + parts;
        const started = runOnhand(args, env);
        await until(
          "it stored something",
          () => countParts(directory) >= enough || started.child.exitCode !== null,
          LIMIT_MS,
        );
        await started.kill("SIGKILL");
      }
      const again = await reportOf(args, env);
      expect(again).toMatchObject({ rows: ROWS, rejected: 0, updated: 0, failure: null });
      expect(again.accepted + again.unchanged).toBe(ROWS);
      expect(await reportOf(args, env)).toMatchObject({
        accepted: 0,
        updated: 0,
        unchanged: ROWS,
        failure: null,
      });
    },
    LIMIT_MS,
  );
});

async function run(db: Database): Promise<ImportReport> {
  return await importRecords("orders", createReadStream(file), importOptionsSchema.parse(OPTIONS), {
    db,
    path: file,
    publishEvent: () => Promise.reject(new Error("orders publish nothing")),
    now: Date.now,
    onProgress: () => undefined,
    writeRejected: () => undefined,
  });
}

/** Folders of stored parts below the data directory. */
function countParts(directory: string): number {
  const store = join(directory, "clickhouse", "store");
  const tables = namesIn(store).flatMap((start) =>
    namesIn(join(store, start)).map((table) => join(start, table)),
  );
  const parts = tables.flatMap((table) => namesIn(join(store, table)));
  return parts.filter((name) => /^all_\d+_\d+_\d+$/.test(name)).length;
}

/** The engine may remove a folder while it is looked at. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const reportSchema = z.object({
  rows: z.number(),
  accepted: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  failure: z.unknown(),
});

async function reportOf(args: string[], env: Record<string, string>): Promise<z.infer<typeof reportSchema>> {
  const process = runOnhand(args, env);
  let text = "";
  for await (const chunk of process.child.stdout ?? []) text += String(chunk);
  return reportSchema.parse(JSON.parse(text));
}
