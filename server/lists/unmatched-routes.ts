import { z } from "zod";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { type Unmatched, UNMATCHED_SOURCES, unmatchedPageSchema } from "../../domain/api/unmatched.ts";
import { idSchema, instantSchema } from "../../domain/identifiers.ts";
import { DatabaseError } from "../../sql/database-error.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { explainTags } from "./unknown-tags.ts";

const HOUR_MS = 3_600_000;
const MAX_HOURS = 90 * 24;
const MAX_READ_HOURS = 72;
const MAX_SECONDS = 20;

const rowSchema = z
  .object({
    seen_in: z.enum(UNMATCHED_SOURCES),
    kind: z.enum(["gtin", "code", "epc"]),
    code: z.string(),
    times: z.number(),
    total_units: z.number(),
    locations: z.array(z.string()),
    first_at: instantSchema,
    last_at: instantSchema,
    last_example: z.string(),
    total_lines: z.number(),
  })
  .transform((row) => ({
    total: row.total_lines,
    item: {
      seenIn: row.seen_in,
      kind: row.kind,
      code: row.code,
      times: row.times,
      units: row.total_units,
      locations: row.locations,
      firstSeenAt: row.first_at,
      lastSeenAt: row.last_at,
      example: row.last_example,
      suggestion: suggestionFor(row.kind, row.last_example),
    } satisfies Unmatched,
  }));

/** Codes of sales, stock, reads, orders and books that no product has, in one list. */
export function createUnmatchedRoutes(deps: { db: Database; nowMs(): number }): Route[] {
  async function find(wish: {
    seenIn: readonly string[];
    location: string;
    hours: number;
    readHours: number;
    offset: number;
    limit: number;
  }) {
    const nowMs = deps.nowMs();
    try {
      return await deps.db.query({
        name: "unmatched/list",
        sql: loadQuery("unmatched/list"),
        params: {
          since: new Date(nowMs - wish.hours * HOUR_MS),
          reads_since: new Date(nowMs - wish.readHours * HOUR_MS),
          seen_in: wish.seenIn,
          location_id: wish.location,
          page_rows: wish.limit + 1,
          page_offset: wish.offset,
        },
        row: rowSchema,
        maxSeconds: MAX_SECONDS,
      });
    } catch (error) {
      if (!(error instanceof DatabaseError) || (error.code !== "timeout" && error.code !== "overloaded"))
        throw error;
      throw new HttpProblem("list_too_large", `The list took longer than ${MAX_SECONDS} seconds.`);
    }
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/lists/unmatched",
      tag: "Lists for people",
      summary:
        "Codes that were seen and that no product has: of sales, stock, reads, orders and other systems' books",
      description:
        "What is matched by now is gone from it. `hours` is how far back events and orders are looked at, `readHours` raw reads. " +
        "Of each other system the newest book counts. See docs/lists.md.",
      roles: ["merchandiser", "admin"],
      query: pageQuerySchema.omit({ query: true }).extend({
        seenIn: z.array(z.enum(UNMATCHED_SOURCES)).default([]),
        location: idSchema.optional(),
        hours: z.coerce
          .number()
          .positive()
          .max(MAX_HOURS)
          .default(30 * 24),
        readHours: z.coerce.number().positive().max(MAX_READ_HOURS).default(2),
      }),
      listQueries: ["seenIn"],
      answer: { schema: unmatchedPageSchema, description: "A page, and how many there are" },
      problems: ["invalid_cursor", "list_too_large"],
      async handle({ query }) {
        const [first = 0] = decodeCursor(query.cursor, ["number"]) ?? [];
        const offset = Math.max(0, Math.trunc(Number(first)));
        const { limit, location = "" } = query;
        const found = await find({ ...query, location, offset });
        return {
          body: {
            items: found.slice(0, limit).map(({ item }) => item),
            total: found[0]?.total ?? 0,
            nextCursor: found.length > limit ? encodeCursor([offset + limit]) : null,
          },
        };
      },
    }),
  ];
}

function suggestionFor(kind: Unmatched["kind"], example: string): Unmatched["suggestion"] {
  switch (kind) {
    case "gtin":
      return "import_product";
    case "code":
      return "give_product_this_sku";
    case "epc":
      return explainTags(example, false).suggestion;
    default:
      return kind satisfies never;
  }
}
