import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readMigrations } from "../migrate.ts";
import { filesBelow, type ListedFile, parseFileList, sha256Of } from "./backup-files.ts";
import { BACKUP_FORMAT, BackupError, type BackupManifest, backupManifestSchema } from "./backup-manifest.ts";

export const MANIFEST = "manifest.json";
export const FILE_LIST = "files.sha256";

/** A backup whose own description is whole and can be read by this program. Its data were not looked at yet. */
export type Backup = { folder: string; manifest: BackupManifest; files: readonly ListedFile[] };

/**
 * Reads what a backup says of itself, and holds it against the files that are there. Throws `BackupError` where it is none, is not
 * whole, or was made by a newer program.
 */
export async function readBackup(folder: string): Promise<Backup> {
  const manifestText = await readText(folder, MANIFEST);
  const list = parseFileList(await readText(folder, FILE_LIST));
  if (list === null) throw damaged(folder, `${FILE_LIST} is not a list of files`);
  const listed = list.find(({ path }) => path === MANIFEST);
  if (listed?.sha256 !== (await sha256Of(join(folder, MANIFEST)))) {
    throw damaged(folder, `${MANIFEST} is not the one that ${FILE_LIST} names`);
  }
  const manifest = parseManifest(folder, manifestText);
  const files = list.filter(({ path }) => path !== MANIFEST);
  const there = (await filesBelow(folder)).filter((path) => path !== MANIFEST && path !== FILE_LIST);
  const names = new Set(files.map(({ path }) => path));
  const missing = files.find(({ path }) => !there.includes(path));
  if (missing !== undefined) throw damaged(folder, `${missing.path} is missing`);
  const foreign = there.find((path) => !names.has(path));
  if (foreign !== undefined) throw damaged(folder, `${foreign} does not belong to it`);
  if (files.length !== manifest.files) throw damaged(folder, `${FILE_LIST} is cut off`);
  return { folder, manifest, files };
}

function parseManifest(folder: string, text: string): BackupManifest {
  const json: unknown = JSON.parse(text);
  const format: unknown = typeof json === "object" && json !== null && "format" in json ? json.format : null;
  if (typeof format === "number" && format > BACKUP_FORMAT) throw newer(folder, `format ${format}`);
  const parsed = backupManifestSchema.safeParse(json);
  if (!parsed.success) throw damaged(folder, `${MANIFEST} is not as it was written`);
  const known = new Set(readMigrations().map(({ number }) => number));
  const unknown = parsed.data.migrations.find(({ number }) => !known.has(number));
  if (unknown !== undefined)
    throw newer(folder, `Onhand ${parsed.data.onhand}, tables as of ${unknown.name}`);
  return parsed.data;
}

export function damaged(folder: string, what: string): BackupError {
  return new BackupError(
    `The backup ${folder} is damaged: ${what}. Nothing was restored from it. Take another backup, or fetch this one again from where it was copied.`,
  );
}

function newer(folder: string, what: string): BackupError {
  return new BackupError(
    `The backup ${folder} was made by a newer program (${what}). Nothing was restored. Restore it with that version or a newer one.`,
  );
}

async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), "utf8");
  } catch {
    throw new BackupError(
      `${folder} is not a backup: it has no ${name} that can be read. A backup that was broken off is named …partial and cannot be restored.`,
    );
  }
}
