import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const maxSeconds = 600;

/**
 * Writes a snapshot of positions and items as of the event `lastOrdinal`, made by ClickHouse from the snapshot before and
 * what came after it, so that no memory is copied and intake goes on. An earlier attempt that was cut off leaves rows
 * without a header; they are dropped first. Snapshots older than the previous one are removed.
 */
export async function takeSnapshot(
  deps: { db: Database; logger: Logger },
  snapshotId: number,
  previousId: number,
): Promise<void> {
  const { db, logger } = deps;
  for (const table of ["position_snapshots", "item_snapshots"]) {
    const partitions = await db.query({
      name: "ingest/snapshot-partitions",
      sql: loadQuery("ingest/snapshot-partitions"),
      params: { table },
      row: z.object({ partition: z.string() }),
    });
    for (const { partition } of partitions) {
      if (Number(partition) === previousId) continue;
      await db.command({
        name: "ingest/drop-snapshot",
        sql: `ALTER TABLE ${table} DROP PARTITION ${Number(partition)}`,
      });
    }
  }
  const params = { snapshot_id: snapshotId, previous_id: previousId };
  for (const name of ["ingest/snapshot-positions", "ingest/snapshot-items", "ingest/snapshot-header"]) {
    await db.command({ name, sql: loadQuery(name), params, maxSeconds });
  }
  logger.info({ snapshotId }, "A snapshot of positions and items is taken");
}
