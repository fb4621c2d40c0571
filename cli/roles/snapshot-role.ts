import { join } from "node:path";
import type { Logger } from "pino";
import { createSnapshotRoutes } from "../../server/backups/snapshot-routes.ts";
import { createSnapshots } from "../../server/backups/snapshots.ts";
import { ENGINE } from "../../sql/backup/backup-files.ts";
import { freezeTables, releaseAllFrozen, releaseFrozen } from "../../sql/backup/freeze-tables.ts";
import { ledgerTotals } from "../../sql/backup/ledger-totals.ts";
import type { Database } from "../../sql/database.ts";
import { createWriteGate } from "../../sql/write-gate.ts";
import type { CommonConfig } from "../platform/config.ts";
import { openConfigured } from "../platform/open-databases.ts";
import { readVersion } from "../platform/read-version.ts";

/** What lets `onhand backup` copy the data of a system that runs on the embedded engine. */
export async function createSnapshotRole(deps: { config: CommonConfig; logger: Logger }) {
  const { config, logger } = deps;
  const engineFolder = join(config.ONHAND_DATA_DIR, ENGINE);
  await releaseAllFrozen(engineFolder);
  const writeGate = createWriteGate();

  /** A connection of its own, beside the gate: it waits behind nobody, and nobody behind it. */
  async function onOwnConnection<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openConfigured(config);
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  const snapshots = createSnapshots({
    freeze: () =>
      onOwnConnection((db) => freezeTables({ db, gate: writeGate, engineFolder, nowMs: Date.now })),
    addUp: (through) => onOwnConnection((db) => ledgerTotals(db, through)),
    release: releaseFrozen,
    version: readVersion(),
    logger,
  });
  return {
    writeGate,
    routes: createSnapshotRoutes({ snapshots }),
    /** A backup that is still being copied breaks off. */
    stop: () => snapshots.release(),
  };
}
