import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { LedgerAt } from "./ledger-at.ts";

export type LoadedLedger = { positions: number; items: number; sequences: Map<string, number> };

/** Gives empty books the positions and the last sequences of their own locations, and the items of all. */
export async function loadLedger(
  ledger: Pick<LedgerAt, "positions" | "items">,
  books: readonly StockBook[],
  ownsLocation: (locationId: string) => boolean,
): Promise<LoadedLedger> {
  const loaded: LoadedLedger = { positions: 0, items: 0, sequences: new Map() };
  const { sequences } = loaded;
  for await (const lines of ledger.positions()) {
    for (const { locationId, gtin, state, quantity, lastSequence } of lines) {
      if (!ownsLocation(locationId)) continue;
      for (const book of books) book.loadPosition(locationId, gtin, state, quantity);
      sequences.set(locationId, Math.max(lastSequence, sequences.get(locationId) ?? 0));
      loaded.positions += 1;
    }
  }
  for (const [locationId, sequence] of sequences) {
    for (const book of books) book.loadSequence(locationId, sequence);
  }
  for await (const items of ledger.items()) {
    for (const item of items) for (const book of books) book.loadItem(item);
    loaded.items += items.length;
  }
  return loaded;
}
