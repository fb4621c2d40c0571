import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** The ordinal of the last event of the locations that this ingest serves, 0 when they have none. */
export async function readLastOrdinal(
  db: Database,
  ownsLocation: (locationId: string) => boolean,
): Promise<number> {
  const rows = await db.query({
    name: "ingest/last-ordinals",
    sql: loadQuery("ingest/last-ordinals"),
    row: z.object({ location_id: z.string(), ordinal: z.number() }),
  });
  return Math.max(0, ...rows.filter((row) => ownsLocation(row.location_id)).map((row) => row.ordinal));
}
