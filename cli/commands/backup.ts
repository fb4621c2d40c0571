import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { ENGINE } from "../../sql/backup/backup-files.ts";
import { BackupError, type BackupManifest } from "../../sql/backup/backup-manifest.ts";
import { assertRoom, writeBackup } from "../../sql/backup/write-backup.ts";
import { createBackupProgress } from "../backup/backup-progress.ts";
import { type FrozenSource, freezeRunning, freezeStopped } from "../backup/frozen-source.ts";
import { type CommonConfig, parseConfig } from "../platform/config.ts";
import { findRunningSystem } from "../platform/data-directory.ts";
import { isEmbedded } from "../platform/open-databases.ts";

/** `onhand backup DIR`: the data of a system, running or stopped, as one folder that was restored once to check it. */
export function registerBackup(program: Command): void {
  program
    .command("backup <directory>")
    .description("copy all data to a new folder while the system runs, and check it by restoring it")
    .option("--no-verify", "do not read it back and restore it to a temporary folder to check it")
    .option("--json", "print what is in it as JSON")
    .action(async (directory: string, options: { verify: boolean; json?: boolean }) => {
      const target = resolve(directory);
      const manifest = await backup(target, options.verify);
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ directory: target, isVerified: options.verify, ...manifest })}\n`
          : describe(target, options.verify, manifest),
      );
    });
}

async function backup(target: string, isChecked: boolean): Promise<BackupManifest> {
  const config = parseConfig("database", process.env);
  if (!isEmbedded(config)) throw new BackupError(ON_A_SERVER);
  assertOutside(config, target);
  await assertRoom(target);
  const source = await freeze(config);
  const progress = createBackupProgress({ output: process.stderr, nowMs: Date.now });
  try {
    return await writeBackup({ ...source, target, isChecked, onProgress: progress.show });
  } finally {
    progress.end();
    await source.release();
  }
}

async function freeze(config: CommonConfig): Promise<FrozenSource> {
  const running = findRunningSystem(config.ONHAND_DATA_DIR);
  if (running !== null && running.url !== "") return await freezeRunning(running, config.ONHAND_DATA_DIR);
  if (!existsSync(join(config.ONHAND_DATA_DIR, ENGINE, "metadata"))) {
    throw new BackupError(
      `No backup was made: there are no data in ${config.ONHAND_DATA_DIR}. Set ONHAND_DATA_DIR.`,
    );
  }
  return await freezeStopped(config);
}

/** A backup in the folder that it is of would go with it. */
function assertOutside(config: CommonConfig, target: string): void {
  const path = relative(resolve(config.ONHAND_DATA_DIR), target);
  if (path.startsWith("..")) return;
  throw new BackupError(
    `No backup was made: ${target} lies in the data folder itself, and would be lost with it. Name a folder on another disk.`,
  );
}

const ON_A_SERVER =
  "No backup was made: the data lie on a ClickHouse server (CLICKHOUSE_URL), whose files only it can reach. Use its own BACKUP DATABASE … TO " +
  "while ingest and server are stopped: docs/operations.md, Backup, says how.";

function describe(target: string, isVerified: boolean, manifest: BackupManifest): string {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const locations = new Set(manifest.ledger.totals.map(({ locationId }) => locationId)).size;
  const checked = isVerified
    ? "It was restored to a temporary folder: every part and the ledger's totals are as they were."
    : "It was not checked.";
  return [
    `Backup ${target}, as of ${manifest.takenAt} (writing waited for ${manifest.pausedMs} ms).`,
    `${rows} rows of ${manifest.tables.length} tables, the ledger of ${locations} locations, ${manifest.files} files, ${Math.ceil(manifest.bytes / 1024 / 1024)} MiB.`,
    checked,
    ...manifest.contains.map((text) => `Inside: ${text}`),
    ...manifest.leavesOut.map((text) => `Not inside: ${text}`),
    "",
  ].join("\n");
}
