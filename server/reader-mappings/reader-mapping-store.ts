import { z } from "zod";
import {
  readerMappingSchema,
  type StoredReaderMapping,
  storedReaderMappingSchema,
} from "../../domain/reader-mapping.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const COLUMNS = ["name", "location_id", "reader_id", "mapping", "is_deleted", "version"];

const rowSchema = z
  .object({ name: z.string(), location_id: z.string(), reader_id: z.string(), mapping: z.string() })
  .transform((row) =>
    storedReaderMappingSchema.parse({
      name: row.name,
      locationId: row.location_id === "" ? null : row.location_id,
      readerId: row.reader_id === "" ? null : row.reader_id,
      mapping: readerMappingSchema.parse(JSON.parse(row.mapping)),
    }),
  );

export type ReaderMappingStore = ReturnType<typeof createReaderMappingStore>;

/** Descriptions of readers' own forms of message in the table `reader_mappings`. */
export function createReaderMappingStore(deps: { db: Database; nextVersion(): number }) {
  const write = (stored: StoredReaderMapping, isDeleted: 0 | 1): Promise<void> =>
    deps.db.insert({
      name: "reader-mappings/save",
      table: "reader_mappings",
      columns: COLUMNS,
      rows: [
        [
          stored.name,
          stored.locationId ?? "",
          stored.readerId ?? "",
          JSON.stringify(stored.mapping),
          isDeleted,
          deps.nextVersion(),
        ],
      ],
    });
  return {
    /** All of them, by name: at most 1,000. */
    load: (): Promise<StoredReaderMapping[]> =>
      deps.db.query({
        name: "reader-mappings/load",
        sql: loadQuery("server/load-reader-mappings"),
        row: rowSchema,
      }),
    save: (stored: StoredReaderMapping) => write(stored, 0),
    remove: (stored: StoredReaderMapping) => write(stored, 1),
  };
}
