import { z } from "zod";
import { erpBooksPageSchema, erpDifferencesPageSchema, erpFilterSchema } from "../../domain/api/erp.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { streamDifferences } from "./difference-file.ts";
import type { ErpStore } from "./erp-store.ts";

const TAG = "Books of other systems";
const roles = ["merchandiser", "admin"] as const;
const pages = pageQuerySchema.omit({ query: true });
const NOTHING = { lines: 0, unitsMore: 0, unitsLess: 0 };

/** Books come in as an import of the kind `book-stock`. Nothing here moves stock. */
export function createErpRoutes({ store }: { store: ErpStore }): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/erp/books",
      tag: TAG,
      summary: "The books of stock that other systems sent, the newest first",
      description:
        "They come in by `onhand import book-stock` or POST /v1/admin/imports/book-stock. See docs/erp.md.",
      roles,
      query: pages.extend({ source: z.string().max(64).optional(), location: idSchema.optional() }),
      answer: { schema: erpBooksPageSchema, description: "A page of books" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [offset, limit] = [offsetOf(query.cursor), query.limit];
        const found = await store.books(query, offset, limit);
        return { body: { items: found.slice(0, limit), nextCursor: nextOf(found.length, offset, limit) } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/erp/differences",
      tag: TAG,
      summary: "Where the newest books and our ledger differ, the largest first",
      description:
        "Our units are those of the time for which the book says it was true. It moves no stock: count, or correct the book.",
      roles,
      query: pages.extend(erpFilterSchema.shape),
      answer: { schema: erpDifferencesPageSchema, description: "A page, with the totals of all that fits" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [offset, limit] = [offsetOf(query.cursor), query.limit];
        const found = await store.differences(query, offset, limit);
        const items = found.slice(0, limit).map(({ item }) => item);
        const totals = found[0]?.totals ?? NOTHING;
        return { body: { items, totals, nextCursor: nextOf(found.length, offset, limit) } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/erp/differences.csv",
      tag: TAG,
      summary: "The same as a file for the other system",
      roles,
      query: erpFilterSchema,
      answer: { contentType: "text/csv; charset=utf-8", description: "All differences that fit, as CSV" },
      handle: ({ query }) => ({
        stream: streamDifferences(store.allDifferences(query)),
        contentType: "text/csv; charset=utf-8",
      }),
    }),
  ];
}

function offsetOf(cursor: string | undefined): number {
  const [offset = 0] = decodeCursor(cursor, ["number"]) ?? [];
  return Math.max(0, Math.trunc(Number(offset)));
}

function nextOf(found: number, offset: number, limit: number): string | null {
  return found > limit ? encodeCursor([offset + limit]) : null;
}
