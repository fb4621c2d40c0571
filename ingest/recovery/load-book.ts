import type { Logger } from "pino";
import { z } from "zod";
import type { ItemState } from "../../domain/ledger/ledger-event.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { KnownEvents } from "../pipeline/known-events.ts";
import { readLastOrdinal } from "./last-ordinal.ts";
import { LEDGER_SECONDS, ledgerAt, NEWEST } from "./ledger-at.ts";
import { itemOf, itemRow } from "./ledger-rows.ts";
import { loadCounts } from "./load-counts.ts";
import { loadLedger } from "./load-ledger.ts";

const eventIdRow = z.object({ event_id: z.string(), body_hash: z.string(), ordinal: z.number() });

export type LoadBookDeps = {
  db: Database;
  book: StockBook;
  ownsLocation(locationId: string): boolean;
  /** Until when this one of several ingests has taken in what the others recorded, Unix ms; null when it is alone. */
  followedUntilMs: number | null;
  knownEvents: KnownEvents;
  logger: Logger;
  nowMs(): number;
  /** How long repeats of an event are recognised from memory. */
  knownEventsMs: number;
  maxKnownEvents: number;
};

export type LoadedBook = { lastOrdinal: number; sequences: Map<string, number> };

/**
 * Loads what is believed of stock and items from ClickHouse: the newest snapshot and everything after it. Nothing
 * else writes the ledger meanwhile, since this process is its only writer.
 */
export async function loadBook(deps: LoadBookDeps): Promise<LoadedBook> {
  const { db, book, followedUntilMs, ownsLocation, logger } = deps;
  const startedAtMs = deps.nowMs();
  // Ordinals are Unix microseconds. A snapshot from before then holds nothing of other ingests that this one has not taken in.
  const ledger = await ledgerAt(db, NEWEST, followedUntilMs === null ? NEWEST : followedUntilMs * 1000);
  const believed =
    followedUntilMs === null
      ? ledger
      : { ...ledger, items: () => sharedItems(deps, ledger.snapshotId, followedUntilMs) };
  const loaded = await loadLedger(believed, [book], ownsLocation);
  await loadCounts({ ...deps, through: NEWEST });
  const lastOrdinal = await loadEventIds(deps);
  const { positions, items, sequences } = loaded;
  logger.info(
    { positions, items, snapshotId: ledger.snapshotId, tookMs: deps.nowMs() - startedAtMs },
    "The stock book is loaded",
  );
  return { lastOrdinal, sequences };
}

/** The items as one of several ingests knows them: its own all, those of others as far as it has followed. */
async function* sharedItems(
  { db, ownsLocation }: LoadBookDeps,
  snapshotId: number,
  followedUntilMs: number,
): AsyncGenerator<ItemState[]> {
  const locations = await db.query({
    name: "ingest/ledger-locations",
    sql: loadQuery("ingest/ledger-locations"),
    row: z.object({ location_id: z.string() }),
  });
  const own = locations.map((row) => row.location_id).filter(ownsLocation);
  for await (const rows of db.stream({
    name: "ingest/load-shared-items",
    sql: loadQuery("ingest/load-shared-items"),
    params: { snapshot_id: snapshotId, own, recorded_before: new Date(followedUntilMs) },
    row: itemRow,
    maxSeconds: LEDGER_SECONDS,
  })) {
    yield rows.map(itemOf);
  }
}

async function loadEventIds({
  db,
  ownsLocation,
  knownEvents,
  nowMs,
  knownEventsMs,
  maxKnownEvents,
}: LoadBookDeps): Promise<number> {
  const rows = await db.query({
    name: "ingest/load-event-ids",
    sql: loadQuery("ingest/load-event-ids"),
    params: { since: new Date(nowMs() - knownEventsMs), limit: maxKnownEvents + 1 },
    row: eventIdRow,
    maxRows: maxKnownEvents + 1,
  });
  for (const row of rows.reverse()) knownEvents.remember(row.event_id, BigInt(row.body_hash));
  return readLastOrdinal(db, ownsLocation);
}
