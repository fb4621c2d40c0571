import type { StockEvent, TillEvent } from "../events/stock-event.ts";
import type { ItemState, LedgerEvent } from "../ledger/ledger-event.ts";
import type { PositionCounts } from "../ledger/position-table.ts";
import type { Result } from "../result.ts";
import { STOCK_STATES, type StockState } from "../stock-state.ts";
import { type BookParts, createBookParts } from "./book-parts.ts";
import { ElsewhereRecorder } from "./elsewhere-recorder.ts";
import { EventRecorder } from "./event-recorder.ts";
import { HistoryLoader } from "./history-loader.ts";
import type { PositionOdds } from "./item-odds.ts";
import { isOnHand, STATUS_NONE, statusCode } from "./item-table.ts";
import { NO_PLACE } from "./place-table.ts";
import type { PlacedRead, ResolvedEpc } from "./placed-read.ts";
import { ReadRecorder } from "./read-recorder.ts";
import { TimeRecorder } from "./time-recorder.ts";
import type { TrackingOverrides, TrackingSettings } from "./tracking-settings.ts";
import { DEFAULT_STOCK_BOOK_SETTINGS, type StockBookSettings } from "./stock-book-settings.ts";

export type { PlacedRead, ResolvedEpc } from "./placed-read.ts";

/** A position in one state, as kept in snapshots. `gtin` is the number of the GTIN-14. */
export type PositionLine = { locationId: string; gtin: number; state: StockState; quantity: number };

export type StockBookDeps = {
  /** Limits of the process. */
  settings?: Partial<StockBookSettings>;
  /** The thresholds of locations that `configureLocation` was not called for. */
  defaults?: TrackingOverrides;
  /** Whether this book keeps the stock of a location; others may be kept by other ingests. Default: of all. */
  ownsLocation?: (locationId: string) => boolean;
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
  /** The thresholds of a location from now on. What was judged before stays as it is. */
  configureLocation(locationId: string, settings: TrackingSettings): void;
  loadPosition(locationId: string, gtin: number, state: StockState, quantity: number): void;
  loadItem(item: ItemState): void;
  /** The last sequence that is committed for the location; the next movement there gets the one after it. */
  loadSequence(locationId: string, lastSequence: number): void;
  /**
   * A sale, return or exchange that was committed before this book lived, so that a void can name it: load it when a void
   * was refused with `unknown_transaction` and the ledger has it, then apply the void again.
   */
  loadTransaction(locationId: string, event: TillEvent, ledger: LedgerEvent): void;

  /** What the ledger says of counts and transfers that a later event may meet; load it after positions and items. */
  history: HistoryLoader;

  /** Whether reads of the tag are believed there: it is an item or a candidate already, or its product may become one. */
  mayTrack(locationId: string, identity: string, gtin: number): boolean;
  /** Null when the read changes nothing durable, which is nearly always. */
  applyRead(read: PlacedRead): LedgerEvent | null;
  /** The last read was not near enough to its read point to say anything. */
  readonly wasStray: boolean;
  /** `body` is stored with the event as it is. Repeats by event id are the caller's to judge. */
  applyTillEvent(
    locationId: string,
    source: string,
    event: TillEvent,
    eventId: string,
    body: string,
  ): Result<LedgerEvent>;
  applyStockEvent(locationId: string, source: string, event: StockEvent, body: string): Result<LedgerEvent>;
  /**
   * What another ingest has written of an item that is at one of its locations, as of `atMs`; `isRepeat` when it may have been
   * taken in before a restart. Null when there is nothing to write here.
   */
  noteElsewhere(item: ItemState, atMs: number, isRepeat: boolean): LedgerEvent | null;

  /**
   * Lets time pass at a location: all that silence decides up to this instant, exclusive. Unix ms on the clock of reads and
   * events, the newest of them less the reorder window, never the wall clock: so nothing that can still come in within
   * that window is from before it, and telling a book the same again gives the same. A time not after the last changes nothing.
   */
  advance(locationId: string, watermarkMs: number): LedgerEvent[];

  /** Null when nothing was ever known of it. */
  position(locationId: string, gtin: number): PositionCounts | null;
  /** On hand less the items present: negative means owed sales. */
  unidentified(locationId: string, gtin: number): number;
  item(identity: string): ItemState | null;
  /** Unix ms of the last physical evidence, 0 for none. */
  lastSeenAtMs(locationId: string, gtin: number): number;
  /** How sure it is that the items of these locations are there, by position, as of their own time. */
  odds(locationIds: ReadonlySet<string>): Iterable<PositionOdds & { locationId: string; gtin: number }>;
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

/** An empty book. Load positions, items and sequences first, then apply what came after them. */
export function createStockBook(deps: StockBookDeps): StockBook {
  const limits = { ...DEFAULT_STOCK_BOOK_SETTINGS, ...deps.settings };
  const parts = createBookParts(limits, deps.defaults ?? {}, deps.ownsLocation ?? (() => true));
  const elsewhere = new ElsewhereRecorder(parts);
  const { items, positions, fold, log, tills, tracker, writer } = parts;
  const reads = new ReadRecorder(parts, deps.isKnownProduct);
  const events = new EventRecorder(parts, deps);
  const time = new TimeRecorder(parts);

  return {
    configureLocation: (locationId, settings) =>
      parts.settings.set(positions.locationIndex(locationId), settings),
    loadPosition(locationId, gtin, state, quantity) {
      positions.add(locationId, gtin, state, quantity);
    },
    loadItem(item) {
      if (parts.ownsLocation(positions.locationIndex(item.locationId))) loadItem(parts, item);
      else elsewhere.load(item);
    },
    loadSequence: (locationId, lastSequence) => writer.setSequence(locationId, lastSequence),
    loadTransaction: (locationId, event, ledger) => events.loadTransaction(locationId, event, ledger),

    history: new HistoryLoader(parts, deps.resolveEpc),

    mayTrack: (locationId, identity, gtin) => reads.mayTrack(locationId, identity, gtin),
    applyRead: (read) => reads.apply(read),
    get wasStray() {
      return reads.wasStray;
    },
    applyTillEvent(locationId, source, event, eventId, body) {
      const occurredAtMs = Date.parse(event.occurredAt);
      const eventType = event.type;
      return events.applyTillEvent({ locationId, eventId, eventType, source, body, occurredAtMs }, event);
    },
    applyStockEvent(locationId, source, event, body) {
      const { eventId, type: eventType } = event;
      const occurredAtMs = Date.parse(event.occurredAt);
      return events.applyStockEvent({ locationId, eventId, eventType, source, body, occurredAtMs }, event);
    },

    noteElsewhere: (item, atMs, isRepeat) => elsewhere.note(item, atMs, isRepeat),

    advance: (locationId, watermarkMs) => time.advance(locationId, watermarkMs),

    position: (locationId, gtin) => positions.get(locationId, gtin),
    unidentified(locationId, gtin) {
      const row = positions.find(locationId, gtin);
      return row === -1 ? 0 : fold.unidentifiedAt(row);
    },
    item(identity) {
      const row = items.identities.find(identity);
      return row === -1 || items.status[row] === STATUS_NONE ? null : writer.itemState(row);
    },
    lastSeenAtMs(locationId, gtin) {
      const row = positions.find(locationId, gtin);
      return row === -1 ? 0 : positions.lastSeenAt(row);
    },
    *odds(locationIds) {
      const isWanted = positions.locationIds.map((locationId) => locationIds.has(locationId));
      for (const odds of parts.odds.sumUp((location) => isWanted[location] ?? false)) {
        yield { locationId: positions.locationIdAt(odds.row), gtin: positions.gtinAt(odds.row), ...odds };
      }
    },
    lastSequence: (locationId) => writer.lastSequence(locationId),
    locationIds: () => [...positions.locationIds],
    *positions() {
      for (let row = 0; row < positions.size; row++) {
        const locationId = positions.locationIdAt(row);
        const gtin = positions.gtinAt(row);
        for (const [index, state] of STOCK_STATES.entries()) {
          const quantity = positions.quantityAt(row, index);
          if (quantity !== 0) yield { locationId, gtin, state, quantity };
        }
      }
    },
    *items() {
      for (let row = 0; row < items.identities.rowCount; row++) {
        if (items.identities.isInUse(row) && items.status[row] !== STATUS_NONE) yield writer.itemState(row);
      }
    },
    stats: () => ({
      items: items.size - items.candidateCount,
      candidates: items.candidateCount,
      positions: positions.size,
      facts: log.size,
      reads: reads.reads,
      readsReordered: tracker.reordered,
      readsTooOld: reads.tooOld,
      readsUnknownProduct: reads.unknownProduct,
    }),
    get byteLength() {
      const tables = items.byteLength + positions.byteLength + fold.byteLength;
      const memories = log.byteLength + tracker.byteLength + tills.byteLength;
      return tables + memories + parts.near.byteLength + parts.looks.byteLength;
    },
  };
}

/** Reads up to the item's last evidence are in it already: coming again, they change nothing. */
function loadItem(parts: BookParts, item: ItemState): void {
  const { exits, items, places, positions, fold, tracker } = parts;
  const known = items.identities.find(item.epc);
  const row = known === -1 ? items.add(item.epc, item.gtin, item.firstSeenAtMs) : known;
  const location = positions.locationIndex(item.locationId);
  if (isOnHand(items.status[row] ?? STATUS_NONE)) {
    fold.addPresent(items.location[row] ?? 0, items.gtin[row] ?? 0, -1);
  }
  items.gtin[row] = item.gtin;
  // At an exit is a place, and no status of its own here.
  items.setStatus(row, statusCode(item.status === "exiting" ? "present" : item.status));
  items.state[row] = STOCK_STATES.indexOf(item.state);
  items.location[row] = location;
  items.firstSeenAt[row] = item.firstSeenAtMs;
  items.lastSeenAt[row] = item.lastSeenAtMs;
  const isPresent = isOnHand(items.status[row] ?? STATUS_NONE);
  if (isPresent) {
    fold.addPresent(location, item.gtin, 1);
    positions.setSeen(item.locationId, item.gtin, item.lastSeenAtMs);
  }
  // Whoever is on the way somewhere must be seen there; for all others any read says that they are here.
  const isExiting = item.status === "exiting";
  const isKnown = item.status !== "in_transit";
  const kind = isExiting ? "exit" : null;
  const place = isKnown ? places.indexOf(item.locationId, item.zoneId, kind) : NO_PLACE;
  tracker.restore(row, place, item.lastSeenAtMs);
  if (isExiting) exits.note(location, row);
}
