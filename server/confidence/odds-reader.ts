import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Counts and movements are weighed for so long. */
const KEPT_MS = 400 * 24 * 3_600_000;
/** The history is read once, behind everything else. */
const HISTORY_SECONDS = 300;

const oddsRow = z.object({
  location_id: z.string(),
  gtin: z.number(),
  levels: z.array(z.number()),
  counts: z.array(z.number()),
  unidentified: z.number(),
  version: z.number(),
});
export type OddsRow = z.infer<typeof oddsRow>;

const countedRow = z.object({
  location_id: z.string(),
  ordinal: z.number(),
  at_ms: z.number(),
  gtin: z.number(),
  expected: z.number(),
  counted: z.number(),
});
export type CountedRow = z.infer<typeof countedRow>;

const bookRow = z.object({
  location_id: z.string(),
  gtin: z.number(),
  at_ms: z.number(),
  expected: z.number(),
  counted: z.number(),
  moved: z.number(),
  since_ms: z.number(),
});
export type CountedBookRow = z.infer<typeof bookRow>;

const ageRow = z.object({
  location_id: z.string(),
  gtin: z.number(),
  counted_ms: z.number(),
  first_ms: z.number(),
  moved: z.number(),
});
export type BookAgeRow = z.infer<typeof ageRow>;

const kindRow = z.object({
  gtin: z.number(),
  category: z.string(),
  is_tagged: z.number(),
  version: z.number(),
});
export type ProductKindRow = z.infer<typeof kindRow>;

export type OddsReader = ReturnType<typeof createOddsReader>;

/** What the odds are made of, as ClickHouse has it. */
export function createOddsReader({ db, nowMs }: { db: Database; nowMs(): number }) {
  const kept = () => new Date(nowMs() - KEPT_MS);
  return {
    /** Written after that version, Unix microseconds. */
    itemOdds: (since: number): AsyncIterable<OddsRow[]> =>
      db.stream({
        name: "confidence/item-odds",
        sql: loadQuery("confidence/item-odds"),
        params: { since },
        row: oddsRow,
      }),
    productKinds: (since: number): AsyncIterable<ProductKindRow[]> =>
      db.stream({
        name: "confidence/product-kinds",
        sql: loadQuery("confidence/product-kinds"),
        params: { since },
        row: kindRow,
      }),
    countsSince: (sinceMs: number): AsyncIterable<CountedRow[]> =>
      db.stream({
        name: "confidence/counts-since",
        sql: loadQuery("confidence/counts-since"),
        params: { since: new Date(sinceMs) },
        row: countedRow,
      }),
    countedBooks: (): AsyncIterable<CountedBookRow[]> =>
      db.stream({
        name: "confidence/counted-books",
        sql: loadQuery("confidence/counted-books"),
        params: { since: kept() },
        row: bookRow,
        maxSeconds: HISTORY_SECONDS,
      }),
    bookAges: (): AsyncIterable<BookAgeRow[]> =>
      db.stream({
        name: "confidence/book-ages",
        sql: loadQuery("confidence/book-ages"),
        params: { since: kept() },
        row: ageRow,
        maxSeconds: HISTORY_SECONDS,
      }),
  };
}
