import { z } from "zod";
import { type Shard, shardText } from "../../domain/shard.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/**
 * Until when this ingest has taken in what the others recorded, Unix ms. One that starts for the first time begins where
 * the slowest of the others is; without any the ledger is that of one ingest, which knew everything.
 */
export async function readFollowedUntil(db: Database, shard: Shard, nowMs: number): Promise<number> {
  const rows = await db.query({
    name: "ingest/follow-cursors",
    sql: loadQuery("ingest/follow-cursors"),
    row: z.object({ shard: z.string(), recorded_before_ms: z.number() }),
  });
  const own = rows.find((row) => row.shard === shardText(shard));
  if (own !== undefined) return own.recorded_before_ms;
  return Math.min(nowMs, ...rows.map((row) => row.recorded_before_ms));
}

/** Notes that all that others recorded before that time is in this ingest's ledger. */
export async function writeFollowedUntil(
  db: Database,
  shard: Shard,
  recordedBeforeMs: number,
): Promise<void> {
  await db.insert({
    name: "ingest/write-follow-cursor",
    table: "follow_cursors",
    columns: ["shard", "recorded_before"],
    rows: [[shardText(shard), (recordedBeforeMs / 1000).toFixed(3)]],
  });
}
