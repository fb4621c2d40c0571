import { PositionTable } from "../ledger/position-table.ts";
import { FACT_PLACE, FactLog } from "./fact-log.ts";
import { ItemTable } from "./item-table.ts";
import { LedgerWriter } from "./ledger-writer.ts";
import { PlaceTable } from "./place-table.ts";
import { type Arrival, PlaceTracker } from "./place-tracker.ts";
import type { StockBookSettings } from "./stock-book-settings.ts";
import { StockFold, type StockRewrite } from "./stock-fold.ts";
import { textHash } from "./text-hash.ts";
import { TillMemory } from "./till-memory.ts";

/** The tables of a stock book and the rules that keep them, as the recorders of reads and of events share them. */
export type BookParts = {
  settings: StockBookSettings;
  items: ItemTable;
  positions: PositionTable;
  places: PlaceTable;
  log: FactLog;
  tills: TillMemory;
  tracker: PlaceTracker;
  fold: StockFold;
  writer: LedgerWriter;
};

export function createBookParts(settings: StockBookSettings): BookParts {
  const items = new ItemTable();
  const positions = new PositionTable();
  const places = new PlaceTable((locationId) => positions.locationIndex(locationId));
  const log = new FactLog(settings.maxFacts);
  const tills = new TillMemory(settings.tillMemoryMs);
  const tracker = new PlaceTracker(settings, items, places);
  const fold = new StockFold({ items, positions, log, tills, tillNearMs: settings.tillNearMs });
  const writer = new LedgerWriter(items, positions, places);
  return { settings, items, positions, places, log, tills, tracker, fold, writer };
}

/** Adds to a rewrite what the tracker's last change of the item's place means for stock. */
export function addArrivals(parts: BookParts, item: number, rewrite: StockRewrite): void {
  const { arrivals, withdrawn } = parts.tracker.change;
  for (const { atMs, place } of arrivals) {
    rewrite.added.push({
      kind: FACT_PLACE,
      gtin: rewrite.gtin,
      atMs,
      item,
      location: parts.places.locationAt(place),
      state: 0,
      quantity: parts.places.isDock(place) ? 1 : 0,
      tie: textHash(parts.items.identities.identityAt(item)),
      detail: null,
    });
  }
  for (const arrival of withdrawn) {
    const fact = arrivalFact(parts, rewrite.gtin, item, arrival);
    if (fact !== -1) rewrite.withdrawn.push(fact);
  }
}

function arrivalFact(parts: BookParts, gtin: number, item: number, arrival: Arrival): number {
  const log = parts.log;
  let fact = log.newestOf(gtin);
  while (fact !== -1 && (log.at[fact] ?? 0) >= arrival.atMs) {
    const isIt = log.kind[fact] === FACT_PLACE && log.item[fact] === item && log.at[fact] === arrival.atMs;
    if (isIt) return fact;
    fact = log.older[fact] ?? -1;
  }
  return -1;
}
