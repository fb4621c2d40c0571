import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { openDatabase } from "./client.ts";
import type { Database } from "./database.ts";
import { type Migration, migrate } from "./migrate.ts";

const directory = mkdtempSync(join(tmpdir(), "onhand-migrate-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let next = 0;
let db: Database;
beforeEach(async () => {
  next += 1;
  db = await openDatabase({ dataDirectory: directory, database: `test_${next}` });
});
afterEach(async () => await db.close());

const first: Migration = {
  number: 1,
  name: "0001_first",
  sql: "CREATE TABLE IF NOT EXISTS a (x UInt8) ENGINE = MergeTree ORDER BY x; CREATE TABLE IF NOT EXISTS b (x UInt8) ENGINE = MergeTree ORDER BY x;",
};
const second: Migration = {
  number: 2,
  name: "0002_second",
  sql: "ALTER TABLE a ADD COLUMN IF NOT EXISTS y UInt8",
};

async function tables(): Promise<string[]> {
  const rows = await db.query({
    name: "test/tables",
    sql: "SELECT name FROM system.tables WHERE database = currentDatabase() AND name != 'schema_migrations' ORDER BY name",
    row: z.object({ name: z.string() }),
  });
  return rows.map((row) => row.name);
}

test("only what is new is run", async () => {
  expect(await migrate(db, { migrations: [first] })).toEqual({ applied: ["0001_first"] });
  expect(await migrate(db, { migrations: [first, second] })).toEqual({ applied: ["0002_second"] });
  expect(await migrate(db, { migrations: [first, second] })).toEqual({ applied: [] });
});

test("a migration that was run and then edited is refused, and nothing is changed", async () => {
  await migrate(db, { migrations: [first] });
  const edited = { ...first, sql: `${first.sql} CREATE TABLE IF NOT EXISTS c (x UInt8) ENGINE = Memory` };
  await expect(migrate(db, { migrations: [edited, second] })).rejects.toMatchObject({
    name: "MigrationError",
    code: "changed_migration",
    message: expect.stringContaining("0001_first"),
  });
  expect(await tables()).toEqual(["a", "b"]);
});

test("a database of a newer version is refused", async () => {
  await migrate(db, { migrations: [first, second] });
  await expect(migrate(db, { migrations: [first] })).rejects.toMatchObject({
    code: "newer_database",
    message: expect.stringContaining("0002_second"),
  });
});

test("a migration that broke off in the middle is run again and finished", async () => {
  const broken = { ...first, sql: `${first.sql} DROP TABLE no_such_table;` };
  await expect(migrate(db, { migrations: [broken] })).rejects.toMatchObject({ code: "rejected" });
  expect(await tables()).toEqual(["a", "b"]);
  await db.command({
    name: "test/mend",
    sql: "CREATE TABLE no_such_table (x UInt8) ENGINE = MergeTree ORDER BY x",
  });
  expect(await migrate(db, { migrations: [broken] })).toEqual({ applied: ["0001_first"] });
});

test("a migration that broke off and was edited since is reported, not guessed at", async () => {
  const broken = { ...first, sql: `${first.sql} DROP TABLE no_such_table;` };
  await expect(migrate(db, { migrations: [broken] })).rejects.toMatchObject({ code: "rejected" });
  await expect(migrate(db, { migrations: [first] })).rejects.toMatchObject({ code: "half_migration" });
});
