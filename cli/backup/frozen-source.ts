import { join, resolve } from "node:path";
import { z } from "zod";
import { type FrozenSnapshot, frozenSnapshotSchema, type LedgerTotal } from "../../domain/api/backups.ts";
import { ENGINE } from "../../sql/backup/backup-files.ts";
import { BackupError } from "../../sql/backup/backup-manifest.ts";
import { freezeTables, releaseAllFrozen, releaseFrozen } from "../../sql/backup/freeze-tables.ts";
import { ledgerTotals } from "../../sql/backup/ledger-totals.ts";
import { createWriteGate } from "../../sql/write-gate.ts";
import type { CommonConfig } from "../platform/config.ts";
import { lockDataDirectory, type RunningSystem } from "../platform/data-directory.ts";
import { openConfigured } from "../platform/open-databases.ts";
import { readVersion } from "../platform/read-version.ts";

/** Often enough for a system that lets go after a minute. */
const KEEP_EVERY_MS = 10_000;
const ASK_EVERY_MS = 200;
/** A system that is busy looks for an instant without a write for up to half a minute. */
const ANSWER_WITHIN_MS = 60_000;

/** Frozen tables, to copy from. `folder` is for this process, wherever the system was started. */
export type FrozenSource = {
  frozen: Omit<FrozenSnapshot, "totals" | "failure">;
  totals(): Promise<LedgerTotal[]>;
  release(): Promise<void>;
};

/** Has the system that runs on a data folder freeze its tables, and keeps it from letting go. */
export async function freezeRunning(system: RunningSystem, dataDirectory: string): Promise<FrozenSource> {
  const snapshot = frozenSnapshotSchema.parse(await ask(system, "POST", "/v1/admin/snapshots"));
  const path = `/v1/admin/snapshots/${snapshot.snapshotId}`;
  const keeping = setInterval(() => {
    // A copy of what was let go fails by itself.
    ask(system, "GET", path).catch(() => {});
  }, KEEP_EVERY_MS);
  return {
    // The system may name its folder as seen from where it was started.
    frozen: { ...snapshot, folder: join(resolve(dataDirectory), ENGINE, "shadow", folderName(snapshot)) },
    async totals() {
      for (;;) {
        const { totals, failure } = frozenSnapshotSchema.parse(await ask(system, "GET", path));
        if (totals !== null) return totals;
        if (failure !== null)
          throw new BackupError(`No backup was made: the ledger was not added up (${failure}).`);
        await new Promise((wake) => setTimeout(wake, ASK_EVERY_MS));
      }
    },
    async release() {
      clearInterval(keeping);
      await ask(system, "DELETE", path).catch(() => {});
    },
  };
}

function folderName({ folder }: FrozenSnapshot): string {
  return folder.split("/").at(-1) ?? "";
}

/** Freezes the tables of a data folder on which nothing runs. The engine is closed again when this resolves. */
export async function freezeStopped(config: CommonConfig): Promise<FrozenSource> {
  const lock = lockDataDirectory(config.ONHAND_DATA_DIR);
  try {
    const engineFolder = join(config.ONHAND_DATA_DIR, ENGINE);
    await releaseAllFrozen(engineFolder);
    const db = await openConfigured(config);
    try {
      const frozen = await freezeTables({ db, gate: createWriteGate(), engineFolder, nowMs: Date.now });
      const totals = await ledgerTotals(db, frozen.throughOrdinal);
      return {
        frozen: { ...frozen, onhand: readVersion() },
        totals: async () => totals,
        async release() {
          await releaseFrozen(frozen.folder);
          lock.release();
        },
      };
    } finally {
      await db.close();
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function ask(system: RunningSystem, method: string, path: string): Promise<unknown> {
  const response = await fetch(new URL(path, system.url), {
    method,
    headers: { authorization: `Bearer ${system.token}` },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  if (response.status === 204) return null;
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const problem = z.object({ detail: z.string() }).safeParse(answer);
  throw new BackupError(
    problem.success
      ? problem.data.detail
      : `No backup was made: the running system answered ${response.status}.`,
  );
}
