import { z } from "zod";
import { type Annotation, type AnnotationQuery, MAX_ANNOTATIONS } from "../../domain/api/annotations.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** The ends of ClickHouse's `Date`. */
const FIRST_DAY = "1970-01-01";
const LAST_DAY = "2149-06-06";

const rowSchema = z
  .object({
    annotation_id: z.string(),
    from_text: z.string(),
    to_text: z.string(),
    location_id: z.string(),
    text: z.string(),
    created_at: instantSchema,
    created_by: z.string(),
    changed_at: instantSchema,
    changed_by: z.string(),
  })
  .transform(
    (row): Annotation => ({
      annotationId: row.annotation_id,
      from: row.from_text,
      to: row.to_text,
      locationId: row.location_id === "" ? null : row.location_id,
      text: row.text,
      createdAt: row.created_at,
      createdBy: row.created_by,
      changedAt: row.changed_at,
      changedBy: row.changed_by,
    }),
  );

export type AnnotationStore = ReturnType<typeof createAnnotationStore>;

/** The table `annotations`. It is read anew each time: other servers write it too. */
export function createAnnotationStore(deps: { db: Database; nextVersion(): number }) {
  const { db } = deps;

  const select = (annotationId: string, query: AnnotationQuery): Promise<Annotation[]> =>
    db.query({
      name: "annotations/list",
      sql: loadQuery("annotations/list"),
      params: {
        annotation_id: annotationId,
        first_day: query.from ?? FIRST_DAY,
        last_day: query.to ?? LAST_DAY,
        location_id: query.location ?? "",
        most_rows: MAX_ANNOTATIONS,
      },
      row: rowSchema,
    });

  async function write(annotation: Annotation, isDeleted: boolean): Promise<void> {
    await db.insert({
      name: "annotations/save",
      table: "annotations",
      columns: [
        "annotation_id",
        "from_day",
        "to_day",
        "location_id",
        "text",
        "created_at",
        "created_by",
        "is_deleted",
        "changed_at",
        "changed_by",
        "version",
      ],
      rows: [
        [
          annotation.annotationId,
          annotation.from,
          annotation.to,
          annotation.locationId ?? "",
          annotation.text,
          annotation.createdAt,
          annotation.createdBy,
          isDeleted ? 1 : 0,
          annotation.changedAt,
          annotation.changedBy,
          deps.nextVersion(),
        ],
      ],
    });
  }

  return {
    /** Those that touch the days, the newest first; at most `MAX_ANNOTATIONS`. */
    list: (query: AnnotationQuery): Promise<Annotation[]> => select("", query),
    find: async (annotationId: string): Promise<Annotation | null> =>
      (await select(annotationId, {}))[0] ?? null,
    /** Durable when it resolves. */
    save: (annotation: Annotation) => write(annotation, false),
    remove: (annotation: Annotation) => write(annotation, true),
  };
}
