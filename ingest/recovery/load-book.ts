import type { Logger } from "pino";
import { z } from "zod";
import { ITEM_STATUSES } from "../../domain/ledger/ledger-event.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { KnownEvents } from "../pipeline/known-events.ts";

const snapshotRow = z.object({ snapshot_id: z.number(), positions: z.number(), items: z.number() });
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
  knownEvents: KnownEvents;
  logger: Logger;
  nowMs(): number;
  /** How long repeats of an event are recognised from memory. */
  knownEventsMs: number;
  maxKnownEvents: number;
};

export type LoadedBook = { lastOrdinal: number; snapshotId: number; sequences: Map<string, number> };

/**
 * Loads what is believed of stock and items from ClickHouse: the newest snapshot and everything after it. Nothing
 * else writes the ledger meanwhile, since this process is its only writer.
 */
export async function loadBook(deps: LoadBookDeps): Promise<LoadedBook> {
  const { db, book, logger } = deps;
  const [snapshot] = await db.query({
    name: "ingest/newest-snapshot",
    sql: loadQuery("ingest/newest-snapshot"),
    row: snapshotRow,
  });
  const snapshotId = snapshot?.snapshot_id ?? 0;
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
      book.loadPosition(row.location_id, row.gtin, row.state, row.quantity);
      sequences.set(row.location_id, Math.max(row.last_sequence, sequences.get(row.location_id) ?? 0));
      positions += 1;
    }
  }
  for (const [locationId, sequence] of sequences) book.loadSequence(locationId, sequence);
  let items = 0;
  for await (const rows of db.stream({
    name: "ingest/load-items",
    sql: loadQuery("ingest/load-items"),
    params,
    row: itemRow,
  })) {
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
  const lastOrdinal = Math.max(snapshotId, await loadEventIds(deps));
  logger.info(
    { positions, items, snapshotId, tookMs: deps.nowMs() - startedAtMs },
    "The stock book is loaded",
  );
  return { lastOrdinal, snapshotId, sequences };
}

async function loadEventIds({
  db,
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
  const [last] = await db.query({
    name: "ingest/last-ordinal",
    sql: loadQuery("ingest/last-ordinal"),
    row: z.object({ ordinal: z.number() }),
  });
  return last?.ordinal ?? 0;
}
