import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Database } from "./database.ts";
import { splitStatements } from "./split-statements.ts";

/** A numbered file of `sql/schema`. */
export type Migration = { number: number; name: string; sql: string };

/**
 * The database and this program do not fit together; nothing was changed.
 * - `changed_migration`: a file differs from what was run; `newer_database`: a newer Onhand was here before;
 * - `half_migration`: a run broke off, and the file is not the same any more
 */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  readonly code: "changed_migration" | "newer_database" | "half_migration";

  constructor(code: "changed_migration" | "newer_database" | "half_migration", message: string) {
    super(message);
    this.code = code;
  }
}

const JOURNAL = `
  CREATE TABLE IF NOT EXISTS schema_migrations
  (
      number   UInt32,
      name     String,
      checksum String COMMENT 'SHA-256 of the file',
      step     LowCardinality(String) COMMENT 'started or finished',
      at       DateTime64(3, 'UTC')
  )
  ENGINE = MergeTree ORDER BY number
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
  COMMENT 'Which schema files were run here'`;

const MAX_STATEMENT_SECONDS = 600;

/**
 * Brings the tables to the state of this program's `sql/schema`; a second run does nothing. Every statement there can be
 * run twice, so a run that broke off is simply run again. Throws `MigrationError` and changes nothing when the database
 * is from a newer program or a file that was run before has been changed; `DatabaseError` when a statement fails.
 */
export async function migrate(
  db: Database,
  options: { migrations?: readonly Migration[]; now?: () => number } = {},
): Promise<{ applied: string[] }> {
  const migrations = options.migrations ?? readMigrations();
  const now = options.now ?? Date.now;
  await db.command({ name: "migrate/create-journal", sql: JOURNAL });
  const journal = await readJournal(db);
  assertFits(migrations, journal);

  const due = migrations.filter(({ number }) => journal.get(number)?.isFinished !== true);
  // The end of one and the beginning of the next are one INSERT: each waits for the disk.
  let steps: JournalStep[] = [];
  for (const migration of due) {
    if (!journal.has(migration.number)) steps.push({ migration, step: "started", at: now() });
    await record(db, steps);
    for (const sql of splitStatements(migration.sql)) {
      await db.command({ name: `migrate/${migration.name}`, sql, maxSeconds: MAX_STATEMENT_SECONDS });
    }
    steps = [{ migration, step: "finished", at: now() }];
  }
  await record(db, steps);
  return { applied: due.map(({ name }) => name) };
}

/** The names of the files that `migrate` would run now. Changes nothing. */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const journal = await readJournal(db).catch(() => new Map<number, JournalEntry>());
  return readMigrations()
    .filter(({ number }) => journal.get(number)?.isFinished !== true)
    .map(({ name }) => name);
}

/** The files that were run on this database to their end, in their order. */
export async function finishedMigrations(db: Database): Promise<{ number: number; name: string }[]> {
  const journal = await readJournal(db);
  return [...journal].filter(([, entry]) => entry.isFinished).map(([number, { name }]) => ({ number, name }));
}

/** The files of `sql/schema`, in their order. */
export function readMigrations(): Migration[] {
  const folder = new URL("schema/", import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({
      number: Number(file.slice(0, 4)),
      name: file.slice(0, -".sql".length),
      sql: readFileSync(new URL(file, folder), "utf8"),
    }));
}

type JournalStep = { migration: Migration; step: "started" | "finished"; at: number };
type JournalEntry = { name: string; checksums: string[]; isFinished: boolean };

async function readJournal(db: Database): Promise<Map<number, JournalEntry>> {
  const rows = await db.query({
    name: "migrate/read-journal",
    sql: `SELECT number, any(name) AS migration, groupUniqArray(checksum) AS checksums, max(step = 'finished') AS finished
          FROM schema_migrations GROUP BY number ORDER BY number`,
    row: z.object({
      number: z.number(),
      migration: z.string(),
      checksums: z.array(z.string()),
      finished: z.number(),
    }),
  });
  return new Map(
    rows.map((row) => [
      row.number,
      { name: row.migration, checksums: row.checksums, isFinished: row.finished === 1 },
    ]),
  );
}

function assertFits(migrations: readonly Migration[], journal: ReadonlyMap<number, JournalEntry>): void {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  const newest = migrations.at(-1)?.name ?? "none";
  for (const [number, entry] of journal) {
    const migration = known.get(number);
    if (migration === undefined) {
      throw new MigrationError(
        "newer_database",
        `this database was migrated by a newer Onhand (${entry.name}; this one ends at ${newest}). Nothing was changed. ` +
          "Run the newer version, or restore the backup that was taken before the upgrade.",
      );
    }
    if (entry.checksums.every((checksum) => checksum === checksumOf(migration))) continue;
    if (entry.isFinished) {
      throw new MigrationError(
        "changed_migration",
        `sql/schema/${migration.name}.sql is not the file that was run on this database. Nothing was changed. ` +
          "A migration that was run is never edited: put the file back and write the change as a new one.",
      );
    }
    throw new MigrationError(
      "half_migration",
      `sql/schema/${migration.name}.sql was begun on this database, broke off, and has been edited since, so that it cannot be ` +
        "known which of its statements were run. Put the file back and migrate again, or restore the backup.",
    );
  }
}

async function record(db: Database, steps: readonly JournalStep[]): Promise<void> {
  await db.insert({
    name: "migrate/record",
    table: "schema_migrations",
    columns: ["number", "name", "checksum", "step", "at"],
    rows: steps.map(({ migration, step, at }) => [
      migration.number,
      migration.name,
      checksumOf(migration),
      step,
      new Date(at).toISOString(),
    ]),
  });
}

function checksumOf(migration: Migration): string {
  return createHash("sha256").update(migration.sql.replaceAll("\r\n", "\n")).digest("hex");
}
