import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { type Reader, readerNoticeSchema, readerSchema } from "../../domain/reader.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const COLUMNS = [
  "location_id",
  "reader_id",
  "name",
  "default_zone_id",
  "antennas",
  "is_gateway",
  "is_deleted",
  "version",
];

const readerRowSchema = z
  .object({
    location_id: z.string(),
    reader_id: z.string(),
    name: z.string(),
    default_zone_id: z.string(),
    antennas: z.string(),
    is_gateway: z.number(),
  })
  .transform((row) =>
    readerSchema.parse({
      locationId: row.location_id,
      readerId: row.reader_id,
      name: row.name,
      defaultZoneId: row.default_zone_id === "" ? null : row.default_zone_id,
      antennas: JSON.parse(row.antennas === "" ? "{}" : row.antennas),
      ...(row.is_gateway === 1 ? { isGateway: true } : {}),
    }),
  );

const activityRowSchema = z.object({
  location_id: z.string(),
  reader_id: z.string(),
  format: z.string(),
  reads: z.number(),
  rejected: z.number(),
  lost: z.number(),
  clock_correction_ms: z.number(),
  last_heard_at: instantSchema,
});
export type ReaderActivityRow = z.infer<typeof activityRowSchema>;

/** `detail_hash` orders what was noticed in the same instant. */
const noticeRowSchema = readerNoticeSchema.extend({ detail_hash: z.string() });
type NoticeRow = z.infer<typeof noticeRowSchema>;

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

    /** Up to `limit` + 1 notices of a reader before a time, newest first. `kind` empty: of every kind. */
    loadNotices: (
      of: { locationId: string; readerId: string },
      page: { before: { atMs: number; kind: string; detailHash: string }; kind: string; limit: number },
    ): Promise<NoticeRow[]> =>
      deps.db.query({
        name: "readers/notices",
        sql: loadQuery("server/reader-notices"),
        params: {
          location_id: of.locationId,
          reader_id: of.readerId,
          before_ms: page.before.atMs,
          before_kind: page.before.kind,
          before_hash: page.before.detailHash,
          kind: page.kind,
          page_rows: page.limit + 1,
        },
        row: noticeRowSchema,
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
            reader.isGateway === true ? 1 : 0,
            0,
            deps.nextVersion(),
          ],
        ],
      });
    },
  };
}
