import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { WriterLease } from "../../sql/leases/writer-lease.ts";
import { takeSnapshot } from "./take-snapshot.ts";

/** Ordinals are Unix microseconds. An event that is not committed this long after it was numbered is never: its writer's lease has ended. */
const settledAfterMs = 10 * 60_000;
const waitForLeaseMs = 5_000;

export type DailySnapshotDeps = {
  /** A connection on which a long statement is in nobody's way. */
  db: Database;
  logger: Logger;
  nowMs(): number;
  /** Commits what is in memory, and answers with the ordinal of the last event; null when it could not. */
  flush(): Promise<number | null>;
  /** Where several ingests share the locations, the lease that one at a time takes to make a snapshot of all of them. */
  lease: (() => WriterLease) | null;
};

/**
 * Takes a snapshot of positions and items. One ingest alone takes it as of its last event. Of several, one takes it for
 * all, as of ten minutes ago: what the others numbered before then is committed.
 */
export function createDailySnapshot(deps: DailySnapshotDeps) {
  const { db, logger, nowMs } = deps;
  let isTaking = false;

  async function takeAs(cut: number): Promise<void> {
    const [newest] = await db.query({
      name: "ingest/newest-snapshots",
      sql: loadQuery("ingest/newest-snapshots"),
      row: z.object({ snapshot_id: z.number() }),
    });
    const previous = newest?.snapshot_id ?? 0;
    if (cut > previous) await takeSnapshot({ db, logger }, cut, previous);
  }

  async function takeForAll(lease: WriterLease): Promise<void> {
    // Another takes one now: then this one need not.
    if (!(await lease.acquire(AbortSignal.timeout(waitForLeaseMs)))) return;
    try {
      await takeAs((nowMs() - settledAfterMs) * 1000);
    } finally {
      await lease.release();
    }
  }

  return {
    async take(): Promise<void> {
      // Two at once would each take the other's rows for those of an attempt that was cut off.
      if (isTaking) return;
      isTaking = true;
      try {
        if (deps.lease !== null) return await takeForAll(deps.lease());
        const cut = await deps.flush();
        if (cut !== null && cut > 0) await takeAs(cut);
      } catch (error) {
        logger.error({ error }, "A snapshot could not be taken; the next start reads more of the ledger.");
      } finally {
        isTaking = false;
      }
    },
  };
}
