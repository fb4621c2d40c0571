import type { Cell } from "../../../sql/database.ts";
import { type Refusal, refuse } from "../../../domain/result.ts";
import { createKeyCounter } from "../key-counter.ts";
import { type ImportContext, type KindImporter, noOutcome } from "../kind-importer.ts";
import { createProductCodes } from "../product-codes.ts";
import type { SourceRow } from "../read-rows.ts";
import { createStockRowReader, STOCK_FIELDS, type StockRow } from "./stock-row.ts";

type Book = { lines: number; unmatched: number; firstMs: number; lastMs: number };

/**
 * The stock that another system has in its books: kept to be compared with ours, never moving it. The file's rows of a location are
 * its book from the import's end on, in place of the one before. A row whose code no product has is refused, and kept for the list
 * of what is unmatched.
 */
export function createBookStockImporter({ db, options, nowMs }: ImportContext): KindImporter<StockRow> {
  const codes = createProductCodes({ db, source: options.source, nowMs });
  const rows = createStockRowReader({ db, options });
  const seen = createKeyCounter();
  const books = new Map<string, Book>();
  let book = 0;

  function note({ locationId, asOfMs }: StockRow, isMatched: boolean): void {
    const known = books.get(locationId) ?? { lines: 0, unmatched: 0, firstMs: asOfMs, lastMs: asOfMs };
    books.set(locationId, {
      lines: known.lines + 1,
      unmatched: known.unmatched + Number(!isMatched),
      firstMs: Math.min(known.firstMs, asOfMs),
      lastMs: Math.max(known.lastMs, asOfMs),
    });
  }

  return {
    fields: STOCK_FIELDS,
    start: async () => {
      book = nowMs() * 1000;
      await codes.load();
      await rows.load();
    },
    parse: (row) => rows.read(row),
    write: async (chunk) => {
      const known = await codes.find(
        chunk.flatMap(({ entry }) => (entry.gtin === null && entry.code !== null ? [entry.code] : [])),
      );
      const refused: { row: SourceRow; refusal: Refusal }[] = [];
      const cells: Cell[][] = [];
      for (const { row, entry } of chunk) {
        const gtin = entry.gtin ?? known.get(entry.code ?? "") ?? 0;
        const name = gtin === 0 ? `code ${entry.code}` : String(gtin);
        if (seen.next(`${entry.locationId} ${name}`) > 1) {
          const detail = "an earlier row has the same location and product; the first one counts";
          refused.push({ row, refusal: refuse("duplicate_in_file", detail) });
          continue;
        }
        if (gtin === 0) {
          const detail = `no product has the code ${entry.code}: it is on the list of what is unmatched`;
          refused.push({ row, refusal: refuse("unknown_product", detail) });
        }
        note(entry, gtin !== 0);
        const asOf = new Date(entry.asOfMs).toISOString();
        cells.push([options.source, entry.locationId, book, gtin, entry.code ?? "", entry.quantity, asOf]);
      }
      await db.insert({
        name: "import/book-lines",
        table: "erp_book_lines",
        columns: ["source", "location_id", "book", "gtin", "code", "quantity", "as_of"],
        rows: cells,
      });
      return { ...noOutcome(), accepted: chunk.length - refused.length, refused };
    },
    finish: async () => {
      await db.insert({
        name: "import/books",
        table: "erp_books",
        columns: ["source", "location_id", "book", "as_of_first", "as_of_last", "lines", "unmatched"],
        rows: [...books].map(([locationId, { firstMs, lastMs, lines, unmatched }]) => [
          options.source,
          locationId,
          book,
          new Date(firstMs).toISOString(),
          new Date(lastMs).toISOString(),
          lines,
          unmatched,
        ]),
      });
      return noOutcome();
    },
  };
}
