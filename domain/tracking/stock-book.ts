import type { StockEvent, TillEvent } from "../events/stock-event.ts";
import type { ItemState, LedgerEvent } from "../ledger/ledger-event.ts";
import type { PositionCounts } from "../ledger/position-table.ts";
import type { ZoneKind } from "../location.ts";
import type { Result } from "../result.ts";
import type { StockState } from "../stock-state.ts";
import type { StockBookSettings } from "./stock-book-settings.ts";

/**
 * One read, placed and decoded. `identity` is the EPC without its filter value, upper-case hex; `gtin` the number of its
 * GTIN-14, 0 when it names no product. `observedAtMs` Unix ms, the reader's corrected time; `rssiDbm` dBm or NaN.
 */
export type PlacedRead = {
  identity: string;
  gtin: number;
  locationId: string;
  zoneId: string;
  zoneKind: ZoneKind;
  observedAtMs: number;
  rssiDbm: number;
};

/** What an EPC as text (hex or URI) names; `gtin` is 0 when it names no product. */
export type ResolvedEpc = { identity: string; gtin: number };

/** A position in one state, as kept in snapshots. `gtin` is the number of the GTIN-14. */
export type PositionLine = { locationId: string; gtin: number; state: StockState; quantity: number };

export type StockBookDeps = {
  settings?: Partial<StockBookSettings>;
  isKnownProduct: (gtin: number) => boolean;
  /** Null when the text is not an EPC. */
  resolveEpc: (text: string) => ResolvedEpc | null;
};

export type StockBookStats = {
  items: number;
  candidates: number;
  positions: number;
  facts: number;
  reads: number;
  /** Reads that came out of order within the reorder window. */
  readsReordered: number;
  /** Reads older than the reorder window allows, and repeats of a recovery: they changed nothing. */
  readsTooOld: number;
  /** Reads of tags that name no product, or none in the product list. */
  readsUnknownProduct: number;
};

/**
 * The one authority, in memory, that turns reads and events into lines of the ledger. It has no clock and does no I/O: the
 * caller makes what it returns durable, in the order it was returned, or throws the book away and recovers.
 */
export type StockBook = {
  loadPosition(locationId: string, gtin: number, state: StockState, quantity: number): void;
  loadItem(item: ItemState): void;
  /** The last sequence that is committed for the location; the next movement there gets the one after it. */
  loadSequence(locationId: string, lastSequence: number): void;
  /**
   * A sale, return or exchange that was committed before this book lived, so that a void can name it: load it when a void
   * was refused with `unknown_transaction` and the ledger has it, then apply the void again.
   */
  loadTransaction(locationId: string, event: TillEvent, ledger: LedgerEvent): void;

  /** Null when the read changes nothing durable, which is nearly always. */
  applyRead(read: PlacedRead): LedgerEvent | null;
  /** `body` is stored with the event as it is. Repeats by event id are the caller's to judge. */
  applyTillEvent(
    locationId: string,
    source: string,
    event: TillEvent,
    eventId: string,
    body: string,
  ): Result<LedgerEvent>;
  applyStockEvent(locationId: string, source: string, event: StockEvent, body: string): Result<LedgerEvent>;

  /** Null when nothing was ever known of it. */
  position(locationId: string, gtin: number): PositionCounts | null;
  /** On hand less the items present: negative means owed sales. */
  unidentified(locationId: string, gtin: number): number;
  item(identity: string): ItemState | null;
  /** Unix ms of the last physical evidence, 0 for none. */
  lastSeenAtMs(locationId: string, gtin: number): number;
  /** The last sequence given out at the location, 0 for none. */
  lastSequence(locationId: string): number;
  locationIds(): string[];
  /** All lines with a quantity other than 0. */
  positions(): IterableIterator<PositionLine>;
  /** All items with evidence, whatever their status. */
  items(): IterableIterator<ItemState>;
  stats(): StockBookStats;
  /** Bytes of the tables of items, positions and changes. */
  readonly byteLength: number;
};

export function createStockBook(_deps: StockBookDeps): StockBook {
  throw new Error("the stock book is being built");
}
