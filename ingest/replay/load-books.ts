import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { ledgerAt } from "../recovery/ledger-at.ts";
import { loadCounts } from "../recovery/load-counts.ts";
import { loadLedger } from "../recovery/load-ledger.ts";

/** Gives empty books what the ledger held after the event `through`. */
export async function loadBooks(db: Database, through: number, books: readonly StockBook[]): Promise<void> {
  const ownsLocation = () => true;
  await loadLedger(await ledgerAt(db, through), books, ownsLocation);
  const nowMs = () => Math.floor(through / 1000);
  for (const book of books) await loadCounts({ db, book, ownsLocation, nowMs, through });
}
