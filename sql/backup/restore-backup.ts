import { mkdir, readdir, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { copyFileDurably, ENGINE, syncFolder, syncFolders } from "./backup-files.ts";
import { BackupError, type BackupManifest } from "./backup-manifest.ts";
import { findDifference } from "./check-restored.ts";
import { forEachOf } from "./for-each-of.ts";
import { type Backup, damaged, readBackup } from "./read-backup.ts";
import type { BackupProgress } from "./write-backup.ts";

/** Of an earlier restore that was broken off. */
const RESTORING = "restoring";
/** What may lie in an empty data folder. */
const HARMLESS = new Set([RESTORING, "onhand.lock", "lost+found"]);

/**
 * Puts a backup into an empty data folder, which this process owns: every byte is held against its checksum, then rows and totals of
 * the ledger against the manifest; only then it is the data. Throws `BackupError`, and the folder is as empty as before then.
 */
export async function restoreBackup(deps: {
  from: string;
  dataDirectory: string;
  /** The database that this program is set to. */
  database: string;
  onProgress(progress: BackupProgress): void;
}): Promise<BackupManifest> {
  const { dataDirectory } = deps;
  const backup = await readBackup(deps.from);
  const { manifest, files } = backup;
  if (manifest.database !== deps.database) {
    throw new BackupError(
      `Nothing was restored: the backup is of the database ${manifest.database}, and CLICKHOUSE_DATABASE is ${deps.database}. Set it to ${manifest.database}.`,
    );
  }
  await assertEmpty(dataDirectory);
  await assertFits(dataDirectory, manifest.bytes);
  const restoring = join(dataDirectory, RESTORING);
  await rm(restoring, { recursive: true, force: true });
  await mkdir(restoring, { mode: 0o700 });
  try {
    await copyChecked(backup, restoring, deps.onProgress);
    await syncFolders(restoring, files);
    const paths = files.map(({ path }) => path.slice(ENGINE.length + 1));
    const difference = await findDifference(restoring, manifest, paths);
    if (difference !== null) throw damaged(deps.from, difference);
    await rename(join(restoring, ENGINE), join(dataDirectory, ENGINE));
    await syncFolder(dataDirectory);
    return manifest;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") {
      throw new BackupError(
        `Nothing was restored: the disk of ${dataDirectory} is full. Make room and try again.`,
      );
    }
    throw error;
  } finally {
    await rm(restoring, { recursive: true, force: true });
  }
}

async function copyChecked(
  { folder, manifest, files }: Backup,
  restoring: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<void> {
  let bytes = 0;
  await forEachOf(files, async ({ path, sha256 }) => {
    const found = await copyFileDurably(join(folder, path), join(restoring, path), (count) => {
      bytes += count;
      onProgress({ phase: "copying", bytes, ofBytes: manifest.bytes });
    });
    if (found !== sha256) throw damaged(folder, `the bytes of ${path} are not those that were written`);
  });
}

async function assertEmpty(dataDirectory: string): Promise<void> {
  const there = (await readdir(dataDirectory).catch(() => [])).filter((name) => !HARMLESS.has(name));
  if (there.length === 0) return;
  throw new BackupError(
    `Nothing was restored: ${dataDirectory} is not empty (${there.slice(0, 3).join(", ")}), and a restore never overwrites anything. Move it away, or set ONHAND_DATA_DIR to another folder.`,
  );
}

async function assertFits(dataDirectory: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dataDirectory);
  if (bavail * bsize > bytes) return;
  throw new BackupError(
    `Nothing was restored: the backup has ${Math.ceil(bytes / 1024 / 1024)} MiB, and the disk of ${dataDirectory} less free. Make room and try again.`,
  );
}
