import { z } from "zod";
import { readerMappingSchema, type StoredReaderMapping } from "../domain/reader-mapping.ts";
import type { Database } from "../sql/database.ts";
import { loadQuery } from "../sql/load-query.ts";

const mappingRow = z.object({
  name: z.string(),
  location_id: z.string(),
  reader_id: z.string(),
  mapping: z.string(),
});

/** A mapping that this version does not understand is left out: the messages it is for become dead letters and wait. */
export async function loadReaderMappings(db: Database): Promise<StoredReaderMapping[]> {
  const rows = await db.query({
    name: "ingest/load-reader-mappings",
    sql: loadQuery("ingest/load-reader-mappings"),
    row: mappingRow,
  });
  return rows.flatMap((row) => {
    const mapping = readerMappingSchema.safeParse(JSON.parse(row.mapping));
    if (!mapping.success) return [];
    const { name, location_id, reader_id } = row;
    return { name, locationId: location_id || null, readerId: reader_id || null, mapping: mapping.data };
  });
}
