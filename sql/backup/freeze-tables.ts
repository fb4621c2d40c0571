import { randomUUID } from "node:crypto";
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { FrozenTables } from "../../domain/api/backups.ts";
import type { Database } from "../database.ts";
import { loadQuery } from "../load-query.ts";
import { finishedMigrations } from "../migrate.ts";
import { type WriteGate, WritesBusyError } from "../write-gate.ts";
import { BackupError } from "./backup-manifest.ts";
import { lastOrdinalOf } from "./ledger-totals.ts";

/** The engine writes other characters than letters, digits and _ in another way into names of folders. */
const PREFIX = "onhand_backup_";
/** Writers wait no longer than this for a statement that was on its way; then they go on, and it is tried again. */
const QUIET_WITHIN_MS = 3_000;
const TRIES = 5;
const BETWEEN_TRIES_MS = 2_000;

/**
 * Freezes all tables of an embedded database in one instant between two writes: hard links to their parts, which takes moments and
 * no room, and copies of what describes them. Throws `BackupError` when a statement that writes does not end in time, and nothing
 * is left behind then.
 */
export async function freezeTables(deps: {
  /** Opened without the gate. */
  db: Database;
  gate: WriteGate;
  /** `{data}/clickhouse`. */
  engineFolder: string;
  nowMs(): number;
}): Promise<FrozenTables> {
  const { gate, engineFolder } = deps;
  const snapshotId = randomUUID();
  const folder = join(engineFolder, "shadow", nameOf(snapshotId));
  try {
    await copyDescriptions(deps, folder);
    for (let tries = 1; ; tries += 1) {
      try {
        return await gate.hold(QUIET_WITHIN_MS, () => freeze(deps, snapshotId, folder));
      } catch (error) {
        if (!(error instanceof WritesBusyError)) throw error;
        if (tries === TRIES) {
          throw new BackupError(
            `No backup was made: ${error.message}. Stock and orders go on as before. Try again when it has ended (an import, an erasure).`,
          );
        }
        await pause(BETWEEN_TRIES_MS);
      }
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function nameOf(snapshotId: string): string {
  return PREFIX + snapshotId.replaceAll("-", "");
}

/** While nothing is written. */
async function freeze(
  deps: { db: Database; engineFolder: string; nowMs(): number },
  snapshotId: string,
  folder: string,
): Promise<FrozenTables> {
  const { db, engineFolder } = deps;
  const takenMs = deps.nowMs();
  const begunMs = performance.now();
  const tables = await tablesOf(db);
  for (const { table, parts } of tables) {
    if (parts === 0) continue;
    const sql = `ALTER TABLE \`${table}\` FREEZE WITH NAME '${nameOf(snapshotId)}'`;
    await db.command({ name: "backup/freeze", sql });
  }
  await Promise.all(tables.map(({ uuid }) => copyTokens(engineFolder, folder, placeOf(uuid))));
  const throughOrdinal = await lastOrdinalOf(db);
  const pausedMs = Math.round(performance.now() - begunMs);
  return {
    snapshotId,
    folder,
    database: db.name,
    takenAt: new Date(takenMs).toISOString(),
    pausedMs,
    tables: tables.map(({ table, uuid }) => ({ table, uuid })),
    migrations: await finishedMigrations(db),
    throughOrdinal,
  };
}

/** Lets go of what was frozen. The tables are not touched by it. */
export async function releaseFrozen(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** What backups that were killed left frozen: it holds room, and what was erased since. */
export async function releaseAllFrozen(engineFolder: string): Promise<void> {
  const shadow = join(engineFolder, "shadow");
  const names = await readdir(shadow).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(PREFIX))) await releaseFrozen(join(shadow, name));
}

async function tablesOf(db: Database) {
  return await db.query({
    name: "backup/tables",
    sql: loadQuery("backup/tables"),
    row: z.object({ table: z.string(), uuid: z.uuid(), parts: z.number() }),
  });
}

/** Where the engine keeps what has a UUID. */
function placeOf(uuid: string): string {
  return join("store", uuid.slice(0, 3), uuid);
}

/** The tokens of a table's last inserts: files to which is appended, so that no link would do. */
async function copyTokens(engineFolder: string, folder: string, place: string): Promise<void> {
  await copyIfThere(
    join(engineFolder, place, "deduplication_logs"),
    join(folder, place, "deduplication_logs"),
  );
}

/**
 * What never changes while a system runs, since tables are made and changed at the start alone: the statements that make the
 * database, its tables and its views again, and the version of each table's folder.
 */
async function copyDescriptions(deps: { db: Database; engineFolder: string }, folder: string): Promise<void> {
  const { db, engineFolder } = deps;
  const file = join("metadata", `${db.name}.sql`);
  const uuid = /UUID '([0-9a-f-]{36})'/.exec(await readFile(join(engineFolder, file), "utf8"))?.[1];
  if (uuid === undefined) throw new Error(`${file} names no database`);
  const versions = (await tablesOf(db)).map((table) => join(placeOf(table.uuid), "format_version.txt"));
  for (const path of [file, placeOf(uuid), ...versions]) {
    await copyIfThere(join(engineFolder, path), join(folder, path));
  }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await cp(from, to, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
