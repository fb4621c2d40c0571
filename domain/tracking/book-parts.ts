import { PositionTable } from "../ledger/position-table.ts";
import { CountSessions } from "./count-sessions.ts";
import {
  FACT_COUNT_FOUND,
  FACT_PLACE,
  FACT_RECEIVE,
  FACT_RETURN,
  FACT_STATE,
  type FactDraft,
  FactLog,
} from "./fact-log.ts";
import { LocationSettings } from "./location-settings.ts";
import { ItemOdds } from "./item-odds.ts";
import { isOnHand, ItemTable, STATUS_NONE } from "./item-table.ts";
import { LedgerWriter } from "./ledger-writer.ts";
import { OpenTransfers } from "./open-transfers.ts";
import { ExitWatch } from "./exit-watch.ts";
import { NearReads } from "./near-reads.ts";
import { PlaceTable } from "./place-table.ts";
import { type Arrival, PlaceTracker } from "./place-tracker.ts";
import { Revivals } from "./revivals.ts";
import { SoldSightings } from "./sold-sightings.ts";
import type { StockBookSettings } from "./stock-book-settings.ts";
import type { StockRewrite } from "./stock-change.ts";
import { StockFold } from "./stock-fold.ts";
import { textHash } from "./text-hash.ts";
import { TillMemory } from "./till-memory.ts";
import type { TrackingOverrides } from "./tracking-settings.ts";
import { ZoneLooks } from "./zone-looks.ts";

/** The tables of a stock book and the rules that keep them, as the recorders of reads and of events share them. */
export type BookParts = {
  limits: StockBookSettings;
  settings: LocationSettings;
  items: ItemTable;
  positions: PositionTable;
  places: PlaceTable;
  log: FactLog;
  tills: TillMemory;
  transfers: OpenTransfers;
  counts: CountSessions;
  tracker: PlaceTracker;
  fold: StockFold;
  writer: LedgerWriter;
  near: NearReads;
  exits: ExitWatch;
  looks: ZoneLooks;
  odds: ItemOdds;
  revivals: Revivals;
  soldSightings: SoldSightings;
  /** Whether this book keeps the stock of the location with that index. Items may be believed to be at others. */
  ownsLocation(location: number): boolean;
};

export function createBookParts(
  limits: StockBookSettings,
  defaults: TrackingOverrides,
  ownsLocationId: (locationId: string) => boolean,
): BookParts {
  const items = new ItemTable();
  const positions = new PositionTable();
  const places = new PlaceTable((locationId) => positions.locationIndex(locationId));
  const log = new FactLog(limits.maxFacts);
  const tills = new TillMemory(limits.tillMemoryMs);
  const settings = new LocationSettings(defaults);
  const transfers = new OpenTransfers();
  const counts = new CountSessions();
  const tracker = new PlaceTracker({ limits, settings, items, places, counts });
  const owned: boolean[] = [];
  const ownsLocation = (location: number): boolean =>
    (owned[location] ??= ownsLocationId(positions.locationIds[location] ?? ""));
  const fold = new StockFold({ items, positions, log, tills, settings, transfers, ownsLocation });
  const writer = new LedgerWriter({ items, positions, places, tracker });
  const tables = {
    limits,
    settings,
    items,
    positions,
    places,
    log,
    tills,
    transfers,
    counts,
    tracker,
    fold,
    writer,
    ownsLocation,
  };
  const near = new NearReads(limits);
  const exits = new ExitWatch(tables);
  const looks = new ZoneLooks(tables);
  const odds = new ItemOdds({ ...tables, looks });
  const revivals = new Revivals({ ...tables, looks });
  const soldSightings = new SoldSightings(tables);
  return { ...tables, near, exits, looks, odds, revivals, soldSightings };
}

/** Adds to a rewrite what the tracker's last change of the item's place means for stock. */
export function addArrivals(parts: BookParts, item: number, rewrite: StockRewrite): void {
  const { arrivals, withdrawn } = parts.tracker.change;
  for (const { atMs, place } of arrivals) rewrite.added.push(arrivalDraft(parts, item, atMs, place));
  for (const arrival of withdrawn) {
    const fact = arrivalFact(parts, rewrite.gtin, item, arrival);
    if (fact !== -1) rewrite.withdrawn.push(fact);
  }
}

/**
 * An event has the item somewhere else than its reads do. Two reads after the event outweigh it: the fact that says so, null
 * when there is none such.
 */
export function returnToReads(parts: BookParts, item: number): FactDraft | null {
  const { items, log, tracker } = parts;
  const location = tracker.locationOf(item);
  const isElsewhere = location !== -1 && location !== items.location[item];
  if (!isElsewhere || !isOnHand(items.status[item] ?? STATUS_NONE)) return null;
  let fact = log.newestOf(items.gtin[item] ?? 0);
  while (fact !== -1 && !(log.item[fact] === item && isPlacedByEvent(log.kind[fact] ?? 0))) {
    fact = log.older[fact] ?? -1;
  }
  const sinceMs = fact === -1 ? -Infinity : (log.at[fact] ?? 0);
  const atMs = tracker.history.outweighedAt(item, sinceMs);
  return atMs === -1 ? null : arrivalDraft(parts, item, atMs, items.place[item] ?? 0);
}

const PLACING_KINDS: ReadonlySet<number> = new Set([FACT_RECEIVE, FACT_RETURN, FACT_STATE, FACT_COUNT_FOUND]);

function isPlacedByEvent(kind: number): boolean {
  return PLACING_KINDS.has(kind);
}

function arrivalDraft(parts: BookParts, item: number, atMs: number, place: number): FactDraft {
  return {
    kind: FACT_PLACE,
    gtin: parts.items.gtin[item] ?? 0,
    atMs,
    item,
    location: parts.places.locationAt(place),
    state: 0,
    quantity: parts.places.isDock(place) ? 1 : 0,
    tie: textHash(parts.items.identities.identityAt(item)),
    detail: null,
  };
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
