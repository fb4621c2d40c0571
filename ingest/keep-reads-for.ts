import { z } from "zod";
import type { Database } from "../sql/database.ts";
import { loadQuery } from "../sql/load-query.ts";

/**
 * Has raw reads kept for so many days from their intake on; ClickHouse then drops them by the day. Resolves with whether that
 * is another time than before. A shorter time drops what is older soon after, a longer one keeps what is there.
 */
export async function keepReadsFor(db: Database, days: number): Promise<boolean> {
  const [kept] = await db.query({
    name: "ingest/reads-ttl",
    sql: loadQuery("ingest/reads-ttl"),
    row: z.object({ days: z.string() }),
  });
  if (kept?.days === String(days)) return false;
  await db.command({
    name: "ingest/keep-reads-for",
    // A time to live cannot be a parameter.
    sql: `ALTER TABLE read_batches MODIFY TTL toDateTime(received_at) + INTERVAL ${Math.trunc(days)} DAY`,
  });
  return true;
}
