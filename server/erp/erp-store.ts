import { z } from "zod";
import {
  ERP_DIFFERENCE_KINDS,
  type ErpBook,
  type ErpDifference,
  type ErpFilter,
} from "../../domain/api/erp.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { withCents } from "../master-data/product-store.ts";

const MAX_SECONDS = 60;
const MAX_ROWS = 4_000_000;

const bookRowSchema = z
  .object({
    source: z.string(),
    location_id: z.string(),
    book: z.number(),
    as_of_first: instantSchema,
    as_of_last: instantSchema,
    lines: z.number(),
    unmatched: z.number(),
    is_newest: z.number(),
  })
  .transform(
    (row): ErpBook => ({
      source: row.source,
      locationId: row.location_id,
      bookId: String(row.book),
      importedAt: new Date(row.book / 1000).toISOString(),
      asOfFirst: row.as_of_first,
      asOfLast: row.as_of_last,
      lines: row.lines,
      unmatched: row.unmatched,
      isNewest: row.is_newest === 1,
    }),
  );

const differenceRowSchema = z
  .object({
    source: z.string(),
    location_id: z.string(),
    gtin: z.number(),
    on_hand: z.number(),
    book_quantity: z.number(),
    difference: z.number(),
    kind: z.enum(ERP_DIFFERENCE_KINDS),
    as_of: instantSchema,
    sku: z.string(),
    name: z.string(),
    currency: z.string(),
    value: z.string().nullable(),
    total_lines: z.number(),
    total_more: z.number(),
    total_less: z.number(),
  })
  .transform((row) => ({
    totals: { lines: row.total_lines, unitsMore: row.total_more, unitsLess: row.total_less },
    item: {
      source: row.source,
      locationId: row.location_id,
      gtin: gtinFromNumber(row.gtin),
      sku: row.sku,
      name: row.name,
      kind: row.kind,
      bookQuantity: row.book_quantity,
      onHand: row.on_hand,
      difference: row.difference,
      value: withCents(row.value),
      currency: row.currency,
      asOf: row.as_of,
    } satisfies ErpDifference,
  }));

export type ErpStore = ReturnType<typeof createErpStore>;

/** The books of other systems, and where the ledger differs from them. */
export function createErpStore({ db }: { db: Database }) {
  const optionsOf = (filter: ErpFilter, page: { offset: number; limit: number }) => ({
    name: "erp/differences",
    sql: loadQuery("erp/differences"),
    params: {
      source: filter.source ?? "",
      location_id: filter.location ?? "",
      kind: filter.kind ?? "",
      min_units: filter.minUnits,
      page_rows: page.limit,
      page_offset: page.offset,
    },
    row: differenceRowSchema,
    maxSeconds: MAX_SECONDS,
  });

  return {
    /** The newest first; one more than `limit` where there are more. */
    books: (
      filter: { source?: string | undefined; location?: string | undefined },
      offset: number,
      limit: number,
    ) =>
      db.query({
        name: "erp/books",
        sql: loadQuery("erp/books"),
        params: {
          source: filter.source ?? "",
          location_id: filter.location ?? "",
          page_rows: limit + 1,
          page_offset: offset,
        },
        row: bookRowSchema,
      }),
    /** The largest first; one more than `limit` where there are more. */
    differences: (filter: ErpFilter, offset: number, limit: number) =>
      db.query(optionsOf(filter, { offset, limit: limit + 1 })),
    /** All of them, in parts. */
    allDifferences: (filter: ErpFilter) => db.stream(optionsOf(filter, { offset: 0, limit: MAX_ROWS })),
  };
}
