import { resolve } from "node:path";
import type { Command } from "commander";
import { BackupError, type BackupManifest } from "../../sql/backup/backup-manifest.ts";
import { restoreBackup } from "../../sql/backup/restore-backup.ts";
import { createBackupProgress } from "../backup/backup-progress.ts";
import { parseConfig } from "../platform/config.ts";
import { lockDataDirectory } from "../platform/data-directory.ts";
import { isEmbedded } from "../platform/open-databases.ts";

/** `onhand restore DIR`: a backup becomes the data of an empty data folder. */
export function registerRestore(program: Command): void {
  program
    .command("restore <directory>")
    .description(
      "put a backup into an empty data folder (ONHAND_DATA_DIR), and check every byte, row and total of it",
    )
    .option("--json", "print what was restored as JSON")
    .action(async (directory: string, options: { json?: boolean }) => {
      const { manifest, dataDirectory } = await restore(resolve(directory));
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ dataDirectory, ...manifest })}\n`
          : describe(dataDirectory, manifest),
      );
    });
}

async function restore(from: string): Promise<{ manifest: BackupManifest; dataDirectory: string }> {
  const config = parseConfig("database", process.env);
  const dataDirectory = resolve(config.ONHAND_DATA_DIR);
  if (!isEmbedded(config)) {
    throw new BackupError(
      "Nothing was restored: CLICKHOUSE_URL names a ClickHouse server, and a backup of `onhand backup` is for a data folder. Use the server's own RESTORE: docs/operations.md, Backup.",
    );
  }
  const lock = lockDataDirectory(dataDirectory);
  const progress = createBackupProgress({ output: process.stderr, nowMs: Date.now });
  try {
    const manifest = await restoreBackup({
      from,
      dataDirectory,
      database: config.CLICKHOUSE_DATABASE,
      onProgress: progress.show,
    });
    return { manifest, dataDirectory };
  } finally {
    progress.end();
    lock.release();
  }
}

function describe(dataDirectory: string, manifest: BackupManifest): string {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    `Restored to ${dataDirectory}: ${rows} rows as of ${manifest.takenAt}; every byte, row and total of the ledger was checked.`,
    "What came after that instant is not in it: docs/operations.md, Restore, says what to do about sales, orders and holds of that time.",
    "Start with the same WEBHOOKS_KEY and CUSTOMERS_KEY as before: `onhand start`.",
    "",
  ].join("\n");
}
