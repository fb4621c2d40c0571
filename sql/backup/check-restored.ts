import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { openDatabase } from "../client.ts";
import { loadQuery } from "../load-query.ts";
import type { BackupManifest } from "./backup-manifest.ts";
import { ledgerTotals } from "./ledger-totals.ts";

/** A part of a table, as the backup has it. */
type Part = { uuid: string; name: string; rows: number };

/** The folders of parts below a folder like the engine's: each says in a file how many rows it has. */
const COUNT_FILE = /^store\/[0-9a-f]{3}\/([0-9a-f-]{36})\/([^/]+)\/count\.txt$/;

/** The parts of tables below a folder like the engine's, by the paths of its files. */
export async function partsBelow(folder: string, paths: readonly string[]): Promise<Part[]> {
  const parts: Part[] = [];
  for (const path of paths) {
    const [, uuid, name] = COUNT_FILE.exec(path) ?? [];
    if (uuid === undefined || name === undefined) continue;
    parts.push({ uuid, name, rows: Number(await readFile(join(folder, path), "utf8")) });
  }
  return parts;
}

/**
 * Opens a restored data folder with the engine and holds it against the manifest: every part of every table is there with its rows,
 * and the ledger adds up to the same at each location. Gives what differs, in words; null when nothing does. The engine of this
 * process must not be open.
 */
export async function findDifference(
  dataDirectory: string,
  manifest: BackupManifest,
  paths: readonly string[],
): Promise<string | null> {
  const expected = await partsBelow(join(dataDirectory, "clickhouse"), paths);
  const tables = new Map(manifest.tables.map(({ uuid, table }) => [uuid, table]));
  const db = await openDatabase({ dataDirectory, database: manifest.database });
  try {
    const rows = await db.query({
      name: "backup/parts",
      sql: loadQuery("backup/parts"),
      row: z.object({ table: z.string(), name: z.string(), rows: z.number() }),
    });
    const loaded = new Map(rows.map(({ table, name, rows: count }) => [`${table}/${name}`, count]));
    for (const { uuid, name, rows: count } of expected) {
      const table = tables.get(uuid) ?? uuid;
      const found = loaded.get(`${table}/${name}`);
      if (found !== count) {
        return `${table} has ${found === undefined ? "not the rows" : `${found} rows instead of the ${count}`} of its part ${name}`;
      }
    }
    for (const { uuid, table, rows: count } of manifest.tables) {
      const own = expected.filter((part) => part.uuid === uuid);
      const sum = own.reduce((total, part) => total + part.rows, 0);
      if (sum !== count) return `${table} has ${sum} rows instead of ${count}`;
    }
    const totals = await ledgerTotals(db, manifest.ledger.throughOrdinal);
    const texts = new Set(totals.map((total) => JSON.stringify(total)));
    const lost = manifest.ledger.totals.find((total) => !texts.has(JSON.stringify(total)));
    if (lost !== undefined)
      return `the ledger of ${lost.locationId} does not add up to ${JSON.stringify(lost)}`;
    if (totals.length !== manifest.ledger.totals.length) return "the ledger has more than there was";
    return null;
  } finally {
    await db.close();
  }
}
