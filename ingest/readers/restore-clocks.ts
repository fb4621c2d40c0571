import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { ReaderActivity } from "../reader-activity.ts";

/** A clock that was not heard for longer is measured anew. */
const backMs = 7 * 24 * 3_600_000;

const row = z.object({ location_id: z.string(), reader_id: z.string(), correction_ms: z.number() });

/** Goes on with the corrections of readers' clocks that were measured before this start. */
export async function restoreClocks(deps: {
  db: Database;
  activity: ReaderActivity;
  ownsLocation(locationId: string): boolean;
  nowMs(): number;
}): Promise<void> {
  for (const { location_id, reader_id, correction_ms } of await deps.db.query({
    name: "ingest/load-reader-clocks",
    sql: loadQuery("ingest/load-reader-clocks"),
    params: { since: Math.trunc((deps.nowMs() - backMs) / 1000) },
    row,
  })) {
    if (deps.ownsLocation(location_id)) deps.activity.restoreClock(location_id, reader_id, correction_ms);
  }
}
