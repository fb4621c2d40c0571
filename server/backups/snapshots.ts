import type { Logger } from "pino";
import type { FrozenSnapshot, FrozenTables, LedgerTotal } from "../../domain/api/backups.ts";

/** Who makes a backup asks for its snapshot again and again; when nobody has for so long, it is let go. */
const UNHEARD_MS = 60_000;
const LOOK_EVERY_MS = 5_000;

export type Snapshots = ReturnType<typeof createSnapshots>;

/**
 * The snapshot that a backup is being copied of: one at a time, kept while whoever copies it asks for it. What is frozen holds room on
 * the disk, and what was erased since, so that nothing of it may be left behind.
 */
export function createSnapshots(deps: {
  /** Freezes all tables. Throws when it cannot be done now. */
  freeze(): Promise<FrozenTables>;
  /** What the ledger adds up to through an event; may take long. */
  addUp(throughOrdinal: number): Promise<LedgerTotal[]>;
  release(folder: string): Promise<void>;
  version: string;
  logger: Logger;
}) {
  const { logger } = deps;
  let isFreezing = false;
  let current: FrozenSnapshot | null = null;
  let heardMs = 0;
  let timer: NodeJS.Timeout | null = null;

  async function release(): Promise<void> {
    const snapshot = current;
    current = null;
    if (timer !== null) clearInterval(timer);
    timer = null;
    if (snapshot !== null) await deps.release(snapshot.folder);
  }

  function look(): void {
    if (performance.now() - heardMs < UNHEARD_MS) return;
    logger.warn(
      { snapshotId: current?.snapshotId },
      "A backup was broken off; what was frozen for it is let go",
    );
    release().catch((error: unknown) => logger.error({ err: error }, "what was frozen could not be removed"));
  }

  async function addUp(snapshot: FrozenSnapshot): Promise<void> {
    try {
      snapshot.totals = await deps.addUp(snapshot.throughOrdinal);
    } catch (error) {
      snapshot.failure = error instanceof Error ? error.message : String(error);
    }
  }

  return {
    /** Null while another backup goes on. */
    async take(): Promise<FrozenSnapshot | null> {
      if (isFreezing || current !== null) return null;
      isFreezing = true;
      try {
        const snapshot = { ...(await deps.freeze()), onhand: deps.version, totals: null, failure: null };
        current = snapshot;
        heardMs = performance.now();
        timer = setInterval(look, LOOK_EVERY_MS);
        void addUp(snapshot);
        const { snapshotId, pausedMs } = snapshot;
        logger.info({ snapshotId, pausedMs }, "All tables are frozen for a backup; writing goes on");
        return snapshot;
      } finally {
        isFreezing = false;
      }
    },
    /** Keeps it for another while. Null when it was let go. */
    find(snapshotId: string): FrozenSnapshot | null {
      if (current?.snapshotId !== snapshotId) return null;
      heardMs = performance.now();
      return current;
    },
    release,
  };
}
