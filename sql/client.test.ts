import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openDatabase } from "./client.ts";
import type { Cell, Database } from "./database.ts";
import { DatabaseError } from "./database-error.ts";
import { migrate } from "./migrate.ts";
import { startServerProcess } from "../test/support/start-server-process.ts";

const directory = mkdtempSync(join(tmpdir(), "onhand-client-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const numberRow = z.object({ n: z.number() });

async function failure(work: Promise<unknown>): Promise<DatabaseError> {
  const error: unknown = await work.then(
    () => new Error("nothing failed"),
    (error: unknown) => error,
  );
  if (!(error instanceof DatabaseError)) throw error;
  return error;
}

let server: { url: string; stop: () => Promise<void> } | null = null;
afterAll(async () => await server?.stop());

async function openServer(): Promise<Database> {
  server ??= await startServerProcess(join(directory, "server"));
  return await openDatabase({ url: server.url, database: "by_url" });
}

describe.each([
  { kind: "embedded", open: async () => await openDatabase({ dataDirectory: directory }) },
  { kind: "on a server", open: openServer },
])("a database that is $kind", ({ open }) => {
  let db: Database;

  beforeAll(async () => {
    db = await open();
    await migrate(db);
    await db.command({
      name: "test/create",
      sql: `CREATE TABLE IF NOT EXISTS samples (id UInt64, text String, texts Array(String), at DateTime64(3, 'UTC'), money Decimal(18, 6), maybe Nullable(Float64), last String)
              ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100`,
    });
  });
  afterAll(async () => await db.close());

  test("a second migration changes nothing", async () => {
    expect(await migrate(db)).toEqual({ applied: [] });
  });

  test("what goes in comes out, whatever stands in the texts", async () => {
    const nasty = "a\tb\nc\\d'e\"f;g\0h\ri\\N -- /* €😀";
    const row: Cell[] = [
      2 ** 53 - 1,
      nasty,
      [nasty, "", "]"],
      "2026-11-22T01:02:03.456+02:00",
      "12.340000",
      null,
      "",
    ];
    await db.insert({ name: "test/insert", table: "samples", columns: COLUMNS, rows: [row] });
    const rows = await db.query({
      name: "test/select",
      sql: "SELECT * FROM samples WHERE id = {id:UInt64} AND text = {text:String}",
      params: { id: 2 ** 53 - 1, text: nasty },
      row: sampleRow,
    });
    expect(rows).toEqual([
      {
        id: 2 ** 53 - 1,
        text: nasty,
        texts: [nasty, "", "]"],
        at: "2026-11-21T23:02:03.456Z",
        money: "12.34",
        maybe: null,
        last: "",
      },
    ]);
  });

  test("any text comes back as it was, alone and in an array", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 20 });
    const texts = fc.array(fc.array(text, { maxLength: 3 }), { minLength: 1, maxLength: 50 });
    let first = 100_000;
    await fc.assert(
      fc.asyncProperty(texts, async (rows) => {
        const from = first;
        first += rows.length;
        await db.insert({
          name: "test/texts",
          table: "samples",
          columns: COLUMNS,
          rows: rows.map((row, at) => [from + at, row[0] ?? "", row, AT, "0", null, row[1] ?? ""]),
        });
        const stored = await db.query({
          name: "test/texts",
          sql: "SELECT * FROM samples WHERE id >= {from:UInt64} AND id < {to:UInt64} ORDER BY id",
          params: { from, to: first },
          row: sampleRow,
        });
        expect(stored.map((row) => row.texts)).toEqual(rows);
        expect(stored.map((row) => [row.text, row.last])).toEqual(
          rows.map((row) => [row[0] ?? "", row[1] ?? ""]),
        );
      }),
      { numRuns: 20 },
    );
  });

  test("an instant arrives with its milliseconds, as a DateTime64 in any query", async () => {
    const at = new Date("2026-01-02T03:04:05.678Z");
    const sql = "SELECT toUnixTimestamp64Milli({at:DateTime64(3, 'UTC')}) AS n";
    const rows = await db.query({ name: "test/instant", sql, params: { at }, row: numberRow });
    expect(rows).toEqual([{ n: at.getTime() }]);
    const streamed: { n: number }[] = [];
    for await (const chunk of db.stream({ name: "test/instant", sql, params: { at }, row: numberRow })) {
      streamed.push(...chunk);
    }
    expect(streamed).toEqual(rows);
  });

  test("a list of 20,000 parameters arrives whole", async () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => 10_000_000_000_000 + at);
    const rows = await db.query({
      name: "test/many",
      sql: "SELECT length(arrayDistinct({ids:Array(UInt64)})) + {more:UInt8} AS n",
      params: { ids, more: 1 },
      row: numberRow,
    });
    expect(rows).toEqual([{ n: 20_001 }]);
  });

  test("the same token twice counts once, and no token counts always", async () => {
    const insert = async (id: number, deduplicationToken?: string) =>
      await db.insert({
        name: "test/insert",
        table: "samples",
        columns: COLUMNS,
        rows: [[id, "", [], AT, "0", null, ""]],
        ...(deduplicationToken === undefined ? {} : { deduplicationToken }),
      });
    await insert(10, "token-1");
    await insert(10, "token-1");
    await insert(11);
    await insert(11);
    expect(await count(db, "id = 10")).toBe(1);
    expect(await count(db, "id = 11")).toBe(2);
  });

  test("an insert of 100,000 rows is one part, so that a batch is written whole or not at all", async () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, i) => `${1_000_000 + i}\t${"x".repeat(200)}\t[]\t2026-11-22 01:02:03\t1.5\t\\N\t\n`,
    );
    await db.command({ name: "test/stop", sql: "SYSTEM STOP MERGES samples" });
    const before = await partCount(db);
    await db.insert({ name: "test/big", table: "samples", columns: COLUMNS, rows: lines.join("") });
    expect(await partCount(db)).toBe(before + 1);
    await db.command({ name: "test/start", sql: "SYSTEM START MERGES samples" });
  });

  test("a row too many is an error, not a cut", async () => {
    const sql = "SELECT number AS n FROM numbers(11)";
    expect(await db.query({ name: "test/rows", sql, row: numberRow, maxRows: 11 })).toHaveLength(11);
    const error = await failure(db.query({ name: "test/rows", sql, row: numberRow, maxRows: 10 }));
    expect(error).toMatchObject({ code: "too_many_rows", outcome: "refused", queryName: "test/rows" });
  });

  test("a statement over its time is stopped, and its rows do not stand in the next answer", async () => {
    const error = await failure(
      db.query({
        name: "test/slow",
        sql: "SELECT sleepEachRow(0.2) AS n FROM numbers(50) SETTINGS max_block_size = 1",
        row: numberRow,
        maxSeconds: 1,
      }),
    );
    expect(error).toMatchObject({ code: "timeout", outcome: "unknown" });
    expect(await db.query({ name: "test/next", sql: "SELECT 7 AS n", row: numberRow })).toEqual([{ n: 7 }]);
  });

  test("a refused statement says so, with ClickHouse's code and the query's name", async () => {
    const error = await failure(db.command({ name: "test/bad", sql: "DROP TABLE no_such_table" }));
    expect(error).toMatchObject({ code: "rejected", outcome: "refused", clickhouseCode: 60 });
    expect(error.message).toContain("test/bad");
  });

  test("a row of another shape than promised is an error", async () => {
    const error = await failure(db.query({ name: "test/shape", sql: "SELECT 'x' AS n", row: numberRow }));
    expect(error.code).toBe("invalid_row");
  });

  test("a stream gives every row in chunks while other statements go on", async () => {
    let sum = 0;
    let chunks = 0;
    let meanwhile = 0;
    const stream = db.stream({
      name: "test/stream",
      sql: "SELECT number AS n FROM numbers({count:UInt64})",
      params: { count: 300_000 },
      row: numberRow,
    });
    for await (const rows of stream) {
      chunks += 1;
      meanwhile = await count(db, "id = 10");
      for (const row of rows) sum += row.n;
    }
    expect(sum).toBe((300_000 * 299_999) / 2);
    expect(chunks).toBeGreaterThan(1);
    expect(meanwhile).toBe(1);
  });

  test("a stream that breaks off ends in an error, never as if it were whole", async () => {
    const work = async () => {
      const stream = db.stream({
        name: "test/broken",
        sql: "SELECT number AS n, throwIf(number = 250000) AS t FROM numbers(300000)",
        row: numberRow,
      });
      for await (const _ of stream);
    };
    expect((await failure(work())).clickhouseCode).toBe(395);
  });

  test("statements given at once run in the order given", async () => {
    const insert = (id: number) =>
      db.insert({
        name: "test/order",
        table: "samples",
        columns: COLUMNS,
        rows: [[id, "order", [], AT, "0", null, ""]],
      });
    const counts = await Promise.all([
      insert(20),
      count(db, "text = 'order'"),
      insert(21),
      count(db, "text = 'order'"),
    ]);
    expect(counts).toEqual([undefined, 1, undefined, 2]);
  });

  test("nested columns can be inserted, and come out of the views", async () => {
    await db.insert({
      name: "test/events",
      table: "events",
      columns: [
        "location_id",
        "ordinal",
        "event_id",
        "movements.location_id",
        "movements.sequence",
        "movements.gtin",
        "movements.state",
        "movements.quantity",
        "movements.reason",
        "movements.epc",
        "movements.reservation_id",
        "movements.order_id",
      ],
      rows: [["s1", 1, "e1", ["s1"], [1], [4006381333931], ["sellable"], [-2], ["sold"], [""], [""], [""]]],
    });
    const rows = await db.query({
      name: "test/positions",
      sql: "SELECT gtin, quantity AS n FROM positions",
      row: z.object({ gtin: z.number(), n: z.number() }),
    });
    expect(rows).toEqual([{ gtin: 4006381333931, n: -2 }]);
  });

  test("it answers a ping", async () => {
    await expect(db.ping()).resolves.toBeUndefined();
  });
});

const RUNNING = "SELECT count() AS n FROM system.processes WHERE query LIKE 'SELECT sleep%'";
const AT = "2026-11-22 01:02:03.004";
const COLUMNS = ["id", "text", "texts", "at", "money", "maybe", "last"];
const sampleRow = z.object({
  id: z.number(),
  text: z.string(),
  texts: z.array(z.string()),
  at: z.string(),
  money: z.string(),
  maybe: z.number().nullable(),
  last: z.string(),
});

async function count(db: Database, condition: string): Promise<number> {
  const rows = await db.query({
    name: "test/count",
    sql: `SELECT count() AS n FROM samples WHERE ${condition}`,
    row: numberRow,
  });
  return rows[0]!.n;
}

async function partCount(db: Database): Promise<number> {
  const rows = await db.query({
    name: "test/parts",
    sql: "SELECT count() AS n FROM system.parts WHERE table = 'samples' AND active AND database = currentDatabase()",
    row: numberRow,
  });
  return rows[0]!.n;
}

test("a server that is not there is reported as unreachable, with unknown outcome", async () => {
  const error = await failure(openDatabase({ url: "http://127.0.0.1:1" }));
  expect(error).toMatchObject({ code: "unreachable", outcome: "unknown" });
});

test("a server that dies in the middle of a statement leaves its outcome unknown", async () => {
  const mortal = await startServerProcess(join(directory, "mortal"));
  const db = await openDatabase({ url: mortal.url });
  const work = failure(db.query({ name: "test/dying", sql: "SELECT sleep(3) AS n", row: numberRow }));
  const watcher = await openDatabase({ url: mortal.url });
  await expect
    .poll(async () => await watcher.query({ name: "test/watch", sql: RUNNING, row: numberRow }))
    .toEqual([{ n: 1 }]);
  await mortal.kill();
  expect(await work).toMatchObject({ code: "unreachable", outcome: "unknown", queryName: "test/dying" });
  await expect(db.ping()).rejects.toMatchObject({ code: "unreachable" });
  await Promise.all([db.close(), watcher.close()]);
});

test("a closed database refuses statements", async () => {
  const db = await openDatabase({ dataDirectory: directory });
  await db.close();
  await db.close();
  expect((await failure(db.command({ name: "test/closed", sql: "SELECT 1" }))).code).toBe("closed");
});
