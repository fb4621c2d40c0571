import { z } from "zod";
import { deadLettersPageSchema } from "../../domain/api/dead-letters.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { idSchema, instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";

/** Later than any row. */
const END_OF_TIME_MS = 9_999_999_999_999;

const rowSchema = z
  .object({
    dead_letter_id: z.string(),
    received_at: instantSchema,
    topic: z.string(),
    location_id: z.string(),
    source_id: z.string(),
    code: z.string(),
    detail: z.string(),
    payload: z.string(),
  })
  .transform((row) => ({
    deadLetterId: row.dead_letter_id,
    receivedAt: row.received_at,
    topic: row.topic,
    locationId: row.location_id,
    sourceId: row.source_id,
    code: row.code,
    detail: row.detail,
    payload: row.payload,
  }));

export function createDeadLetterRoutes(deps: { db: Database }): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/dead-letters",
      tag: "Operations",
      summary: "Messages that could not be understood, newest first, with the reason and their first 4 KiB",
      roles: ["merchandiser", "admin"],
      query: pageQuerySchema.omit({ query: true }).extend({
        location: idSchema.optional(),
        code: z.string().max(100).optional(),
      }),
      answer: { schema: deadLettersPageSchema, description: "A page" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [beforeMs = END_OF_TIME_MS, beforeId = ""] =
          decodeCursor(query.cursor, ["number", "string"]) ?? [];
        const rows = await deps.db.query({
          name: "dead-letters/list",
          sql: loadQuery("server/dead-letters"),
          params: {
            before_ms: beforeMs,
            before_id: beforeId,
            location_id: query.location ?? "",
            code: query.code ?? "",
            page_rows: query.limit + 1,
          },
          row: rowSchema,
        });
        return { body: toPage(rows, query.limit, (row) => [Date.parse(row.receivedAt), row.deadLetterId]) };
      },
    }),
  ];
}
