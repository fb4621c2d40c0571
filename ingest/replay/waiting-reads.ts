import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { NewlyKnown } from "../newly-known.ts";
import { type StoredRead, storedReadRow } from "../recovery/stored-read.ts";

/** Reads wait for a zone or a product for as long as ingest takes reads of the past in. */
const WAITING_MS = 7 * 24 * 3_600_000;

/** The reads that waited for a zone when ingest looked for them at `ordinal`; of these readers, or of all. */
export async function* waitingReads(
  db: Database,
  { ordinal, readers }: { ordinal: number; readers: readonly string[] | null },
  locations: readonly string[],
): AsyncGenerator<StoredRead[]> {
  const wanted = readers === null ? null : new Set(readers);
  for await (const rows of readBefore(db, "ingest/waiting-reads", ordinal, { locations })) {
    yield rows.filter((row) => wanted === null || wanted.has(`${row.location_id}/${row.reader_id}`));
  }
}

/** The reads that waited for their product then; of these products and mapped tags, or of all. */
export function newlyKnownReads(
  db: Database,
  { ordinal, news }: { ordinal: number; news: NewlyKnown | null },
  locations: readonly string[],
): AsyncIterable<StoredRead[]> {
  return readBefore(db, "ingest/newly-known-reads", ordinal, {
    locations,
    is_all: news === null ? 1 : 0,
    gtins: news?.gtins ?? [],
    identities: news?.tags ?? [],
  });
}

function readBefore(
  db: Database,
  name: "ingest/waiting-reads" | "ingest/newly-known-reads",
  ordinal: number,
  params: Record<string, unknown>,
): AsyncIterable<StoredRead[]> {
  const since = new Date(ordinal / 1000 - WAITING_MS);
  const sql = loadQuery(name);
  return db.stream({ name, sql, params: { since, before: ordinal, ...params }, row: storedReadRow });
}
