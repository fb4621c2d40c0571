import { copyFile, link, mkdir, readdir, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FrozenSnapshot } from "../../domain/api/backups.ts";
import {
  copyFileDurably,
  ENGINE,
  filesBelow,
  formatFileList,
  type ListedFile,
  sha256Of,
  syncFolder,
  syncFolders,
  writeTextDurably,
} from "./backup-files.ts";
import {
  BACKUP_CONTAINS,
  BACKUP_FORMAT,
  BACKUP_LEAVES_OUT,
  BackupError,
  type BackupManifest,
} from "./backup-manifest.ts";
import { findDifference, partsBelow } from "./check-restored.ts";
import { forEachOf } from "./for-each-of.ts";
import { FILE_LIST, MANIFEST } from "./read-backup.ts";

/** What a backup holds while it is not whole; so that the next run knows that it may throw it away. */
const INCOMPLETE = "INCOMPLETE";
/** Room that is needed beyond the files themselves. */
const SPARE_BYTES = 16 * 1024 * 1024;

/** What a backup or a restore is at, for a progress bar. */
export type BackupProgress = { phase: "copying" | "checking"; bytes: number; ofBytes: number };

/**
 * Copies frozen tables to `target` as a backup, and checks it by restoring it. It lies beside the target as `….partial` until it is
 * whole, on the disk and checked; only then it has its name. Throws `BackupError`, and leaves nothing behind then.
 */
export async function writeBackup(deps: {
  frozen: Omit<FrozenSnapshot, "totals" | "failure">;
  /** When the ledger has been added up. */
  totals(): Promise<BackupManifest["ledger"]["totals"]>;
  /** Where it is to lie; not there yet, or empty. */
  target: string;
  isChecked: boolean;
  onProgress(progress: BackupProgress): void;
}): Promise<BackupManifest> {
  const { frozen, target } = deps;
  const partial = `${target}.partial`;
  await assertRoom(target);
  await beginPartial(partial);
  try {
    const paths = await filesBelow(frozen.folder);
    const ofBytes = await bytesOf(frozen.folder, paths);
    await assertFits(target, ofBytes);
    const files = await copyAll(deps, partial, paths, ofBytes);
    const manifest = await describe(deps, paths, files.length, ofBytes);
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeTextDurably(join(partial, MANIFEST), text);
    const listed = [...files, { path: MANIFEST, sha256: await sha256Of(join(partial, MANIFEST)) }];
    await writeTextDurably(join(partial, FILE_LIST), formatFileList(listed));
    if (deps.isChecked) await check(deps, partial, manifest, files, ofBytes);
    await syncFolders(partial, files);
    await rm(join(partial, INCOMPLETE));
    await syncFolder(partial);
    await rename(partial, target);
    await syncFolder(dirname(target));
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw readable(error, target);
  }
}

/** Throws unless the target is not there yet, or empty, in a folder that is. */
export async function assertRoom(target: string): Promise<void> {
  const above = await stat(dirname(target)).catch(() => null);
  if (above?.isDirectory() !== true) {
    throw new BackupError(
      `No backup was made: there is no folder ${dirname(target)}. Make it, or mount its disk.`,
    );
  }
  const there = await readdir(target).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new BackupError(`No backup was made: ${target} is there and no folder that can be read.`);
  });
  if (there === null || there.length === 0) return;
  throw new BackupError(
    `No backup was made: ${target} is not empty, and a backup never overwrites anything. Name a folder that is not there yet, for example with the date in it.`,
  );
}

async function beginPartial(partial: string): Promise<void> {
  const there = await readdir(partial).catch(() => null);
  if (there !== null && there.length > 0 && !there.includes(INCOMPLETE)) {
    throw new BackupError(
      `No backup was made: ${partial} is in its way, and not from a backup. Move it away.`,
    );
  }
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  await writeFile(
    join(partial, INCOMPLETE),
    "This backup was broken off. It cannot be restored; throw it away.\n",
  );
}

async function bytesOf(folder: string, paths: readonly string[]): Promise<number> {
  let bytes = 0;
  await forEachOf(paths, async (path) => {
    bytes += (await stat(join(folder, path))).size;
  });
  return bytes;
}

async function assertFits(target: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(target));
  if (bavail * bsize > bytes + SPARE_BYTES) return;
  throw new BackupError(
    `No backup was made: it needs ${megabytes(bytes)}, and ${dirname(target)} has ${megabytes(bavail * bsize)} free. Make room, or name a folder on another disk.`,
  );
}

async function copyAll(
  deps: { frozen: { folder: string }; onProgress(progress: BackupProgress): void },
  partial: string,
  paths: readonly string[],
  ofBytes: number,
): Promise<ListedFile[]> {
  let bytes = 0;
  const files: ListedFile[] = [];
  await forEachOf(paths, async (path) => {
    const to = `${ENGINE}/${path}`;
    const sha256 = await copyFileDurably(join(deps.frozen.folder, path), join(partial, to), (count) => {
      bytes += count;
      deps.onProgress({ phase: "copying", bytes, ofBytes });
    });
    files.push({ path: to, sha256 });
  });
  return files.sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function describe(
  deps: Parameters<typeof writeBackup>[0],
  paths: readonly string[],
  files: number,
  bytes: number,
): Promise<BackupManifest> {
  const { frozen } = deps;
  const parts = await partsBelow(frozen.folder, paths);
  return {
    format: BACKUP_FORMAT,
    onhand: frozen.onhand,
    takenAt: frozen.takenAt,
    pausedMs: frozen.pausedMs,
    database: frozen.database,
    migrations: frozen.migrations,
    tables: frozen.tables.map(({ table, uuid }) => {
      const own = parts.filter((part) => part.uuid === uuid);
      return { table, uuid, rows: own.reduce((sum, { rows }) => sum + rows, 0), parts: own.length };
    }),
    ledger: { throughOrdinal: frozen.throughOrdinal, totals: await deps.totals() },
    files,
    bytes,
    contains: [...BACKUP_CONTAINS],
    leavesOut: [...BACKUP_LEAVES_OUT],
  };
}

/** Reads every byte back, then restores it beside the backup, by links to the parts, and lets the engine open that. */
async function check(
  deps: Parameters<typeof writeBackup>[0],
  partial: string,
  manifest: BackupManifest,
  files: readonly ListedFile[],
  ofBytes: number,
): Promise<void> {
  const checking = join(partial, "checking");
  let bytes = 0;
  await forEachOf(files, async ({ path, sha256 }) => {
    const found = await sha256Of(join(partial, path), (count) => {
      bytes += count;
      deps.onProgress({ phase: "checking", bytes, ofBytes });
    });
    if (found !== sha256)
      throw new BackupError(`The disk of ${deps.target} gives back other bytes than were written (${path}).`);
    const to = join(checking, path);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    // The engine never changes a file of a part; to others it appends.
    await (isOfPart(path) ? link(join(partial, path), to) : copyFile(join(partial, path), to));
  });
  const paths = files.map(({ path }) => path.slice(ENGINE.length + 1));
  const difference = await findDifference(checking, manifest, paths);
  await rm(checking, { recursive: true, force: true });
  if (difference !== null)
    throw new BackupError(`No backup was made: restored to try it, ${difference}. Try again, and report it.`);
}

function isOfPart(path: string): boolean {
  const [, store, , , part, file] = path.split("/");
  return store === "store" && file !== undefined && part !== "deduplication_logs";
}

function readable(error: unknown, target: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOSPC") {
    return new BackupError(
      `No backup was made: the disk of ${target} is full. What was copied of it is gone again. Make room, or name a folder on another disk.`,
    );
  }
  if (code === "EACCES" || code === "EROFS" || code === "EPERM") {
    return new BackupError(`No backup was made: nothing may be written to ${target} (${code}).`);
  }
  return error;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MiB`;
}
