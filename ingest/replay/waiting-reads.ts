import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { type StoredRead, storedReadRow } from "../recovery/stored-read.ts";

/** Reads wait for a zone for as long as ingest takes reads of the past in. */
const WAITING_MS = 7 * 24 * 3_600_000;

/** The reads that waited for a zone when ingest looked for them at `ordinal`; of these readers, or of all. */
export async function* waitingReads(
  db: Database,
  ordinal: number,
  readers: readonly string[] | null,
  locations: readonly string[],
): AsyncGenerator<StoredRead[]> {
  const wanted = readers === null ? null : new Set(readers);
  for await (const rows of db.stream({
    name: "replay/waiting-reads",
    sql: loadQuery("replay/waiting-reads"),
    params: { since: new Date(ordinal / 1000 - WAITING_MS), before: ordinal, locations },
    row: storedReadRow,
  })) {
    yield rows.filter((row) => wanted === null || wanted.has(`${row.location_id}/${row.reader_id}`));
  }
}
