import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { type Reader, readerSchema } from "../../domain/reader.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const COLUMNS = ["location_id", "reader_id", "name", "default_zone_id", "antennas", "is_deleted", "version"];

const readerRowSchema = z
  .object({
    location_id: z.string(),
    reader_id: z.string(),
    name: z.string(),
    default_zone_id: z.string(),
    antennas: z.string(),
  })
  .transform((row) =>
    readerSchema.parse({
      locationId: row.location_id,
      readerId: row.reader_id,
      name: row.name,
      defaultZoneId: row.default_zone_id === "" ? null : row.default_zone_id,
      antennas: JSON.parse(row.antennas === "" ? "{}" : row.antennas),
    }),
  );

const activityRowSchema = z.object({
  location_id: z.string(),
  reader_id: z.string(),
  format: z.string(),
  reads: z.number(),
  rejected: z.number(),
  last_heard_at: instantSchema,
});
export type ReaderActivityRow = z.infer<typeof activityRowSchema>;

export type ReaderStore = ReturnType<typeof createReaderStore>;

/** Assigned readers in the table `readers`, and what was heard of any reader in `reader_activity`. */
export function createReaderStore(deps: { db: Database; nextVersion(): number }) {
  return {
    loadAssigned: (): Promise<Reader[]> =>
      deps.db.query({ name: "readers/load", sql: loadQuery("server/load-readers"), row: readerRowSchema }),

    loadActivity: (): Promise<ReaderActivityRow[]> =>
      deps.db.query({
        name: "readers/activity",
        sql: loadQuery("server/reader-activity"),
        row: activityRowSchema,
      }),

    async save(reader: Reader): Promise<void> {
      await deps.db.insert({
        name: "readers/save",
        table: "readers",
        columns: COLUMNS,
        rows: [
          [
            reader.locationId,
            reader.readerId,
            reader.name,
            reader.defaultZoneId ?? "",
            JSON.stringify(reader.antennas),
            0,
            deps.nextVersion(),
          ],
        ],
      });
    },
  };
}
