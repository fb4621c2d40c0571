import type { Logger } from "pino";
import { z } from "zod";
import { ITEM_STATUSES } from "../../domain/ledger/ledger-event.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { KnownEvents } from "../pipeline/known-events.ts";
import { loadCounts } from "./load-counts.ts";
import { readLastOrdinal } from "./last-ordinal.ts";

const snapshotRow = z.object({ snapshot_id: z.number() });
const positionRow = z.object({
  location_id: z.string(),
  gtin: z.number(),
  state: stockStateSchema,
  quantity: z.number(),
  last_sequence: z.number(),
});
const itemRow = z.object({
  epc: z.string(),
  gtin: z.number(),
  location_id: z.string(),
  zone_id: z.string(),
  status: z.enum(ITEM_STATUSES),
  state: stockStateSchema,
  first_seen_at_ms: z.number(),
  last_seen_at_ms: z.number(),
});
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
  const { db, book, logger } = deps;
  const snapshotId = await chooseSnapshot(deps);
  const params = { snapshot_id: snapshotId };
  const startedAtMs = deps.nowMs();
  const sequences = new Map<string, number>();
  let positions = 0;
  for await (const rows of db.stream({
    name: "ingest/load-positions",
    sql: loadQuery("ingest/load-positions"),
    params,
    row: positionRow,
  })) {
    for (const row of rows) {
      if (!deps.ownsLocation(row.location_id)) continue;
      book.loadPosition(row.location_id, row.gtin, row.state, row.quantity);
      sequences.set(row.location_id, Math.max(row.last_sequence, sequences.get(row.location_id) ?? 0));
      positions += 1;
    }
  }
  for (const [locationId, sequence] of sequences) book.loadSequence(locationId, sequence);
  let items = 0;
  for await (const rows of db.stream({ ...(await itemsQuery(deps, snapshotId)), row: itemRow })) {
    for (const row of rows) {
      book.loadItem({
        epc: row.epc,
        gtin: row.gtin,
        locationId: row.location_id,
        zoneId: row.zone_id,
        status: row.status,
        state: row.state,
        firstSeenAtMs: row.first_seen_at_ms,
        lastSeenAtMs: row.last_seen_at_ms,
      });
      items += 1;
    }
  }
  await loadCounts({ ...deps, throughOrdinal: null });
  const lastOrdinal = await loadEventIds(deps);
  logger.info(
    { positions, items, snapshotId, tookMs: deps.nowMs() - startedAtMs },
    "The stock book is loaded",
  );
  return { lastOrdinal, sequences };
}

/** The newest snapshot that holds nothing of other ingests that this one has not taken in; 0 for none. */
async function chooseSnapshot({ db, followedUntilMs }: LoadBookDeps): Promise<number> {
  const snapshots = await db.query({
    name: "ingest/newest-snapshots",
    sql: loadQuery("ingest/newest-snapshots"),
    row: snapshotRow,
  });
  // Ordinals are Unix microseconds.
  const lastId = followedUntilMs === null ? Infinity : followedUntilMs * 1000;
  return snapshots.find((snapshot) => snapshot.snapshot_id <= lastId)?.snapshot_id ?? 0;
}

async function itemsQuery({ db, followedUntilMs, ownsLocation }: LoadBookDeps, snapshotId: number) {
  if (followedUntilMs === null) {
    return {
      name: "ingest/load-items",
      sql: loadQuery("ingest/load-items"),
      params: { snapshot_id: snapshotId },
    };
  }
  const locations = await db.query({
    name: "ingest/ledger-locations",
    sql: loadQuery("ingest/ledger-locations"),
    row: z.object({ location_id: z.string() }),
  });
  const own = locations.map((row) => row.location_id).filter(ownsLocation);
  return {
    name: "ingest/load-shared-items",
    sql: loadQuery("ingest/load-shared-items"),
    params: { snapshot_id: snapshotId, own, recorded_before: new Date(followedUntilMs) },
  };
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
