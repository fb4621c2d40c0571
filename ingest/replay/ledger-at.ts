import { z } from "zod";
import { ITEM_STATUSES, type ItemState } from "../../domain/ledger/ledger-event.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";
import type { PositionLine, StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadCounts } from "../recovery/load-counts.ts";
import { loadQuery } from "../../sql/load-query.ts";

const positionRow = z.object({
  location_id: z.string(),
  gtin: z.number(),
  state: stockStateSchema,
  quantity: z.number(),
  last_sequence: z.number(),
});
const itemRow = z
  .object({
    epc: z.string(),
    gtin: z.number(),
    location_id: z.string(),
    zone_id: z.string(),
    status: z.enum(ITEM_STATUSES),
    state: stockStateSchema,
    first_seen_at_ms: z.number(),
    last_seen_at_ms: z.number(),
  })
  .transform(
    (row): ItemState => ({
      epc: row.epc,
      gtin: row.gtin,
      locationId: row.location_id,
      zoneId: row.zone_id,
      status: row.status,
      state: row.state,
      firstSeenAtMs: row.first_seen_at_ms,
      lastSeenAtMs: row.last_seen_at_ms,
    }),
  );

/** A snapshot and what came after it may be a whole ledger. */
const MAX_SECONDS = 600;

/** The ledger as it was after the event `through`: what it holds of positions and items. */
export type LedgerAt = {
  positions(): AsyncIterable<(PositionLine & { lastSequence: number })[]>;
  items(): AsyncIterable<ItemState[]>;
};

/** Looks for the newest snapshot that is not after the event, and reads from there. */
export async function ledgerAt(db: Database, through: number): Promise<LedgerAt> {
  const snapshots = await db.query({
    name: "ingest/newest-snapshots",
    sql: loadQuery("ingest/newest-snapshots"),
    row: z.object({ snapshot_id: z.number() }),
  });
  const snapshotId = snapshots.find((row) => row.snapshot_id <= through)?.snapshot_id ?? 0;
  const params = { snapshot_id: snapshotId, through };
  return {
    async *positions() {
      const name = "replay/positions-at";
      const sql = loadQuery(name);
      for await (const rows of db.stream({ name, sql, params, row: positionRow, maxSeconds: MAX_SECONDS })) {
        yield rows.map(({ location_id: locationId, gtin, state, quantity, last_sequence: lastSequence }) => {
          return { locationId, gtin, state, quantity, lastSequence };
        });
      }
    },
    async *items() {
      const name = "replay/items-at";
      const sql = loadQuery(name);
      yield* db.stream({ name, sql, params, row: itemRow, maxSeconds: MAX_SECONDS });
    },
  };
}

/** Gives empty books what the ledger held after the event `through`. */
export async function loadBooks(db: Database, through: number, books: readonly StockBook[]): Promise<void> {
  const ledger = await ledgerAt(db, through);
  const sequences = new Map<string, number>();
  for await (const lines of ledger.positions()) {
    for (const { locationId, gtin, state, quantity, lastSequence } of lines) {
      for (const book of books) book.loadPosition(locationId, gtin, state, quantity);
      sequences.set(locationId, Math.max(lastSequence, sequences.get(locationId) ?? 0));
    }
  }
  for (const [locationId, sequence] of sequences) {
    for (const book of books) book.loadSequence(locationId, sequence);
  }
  for await (const items of ledger.items()) {
    for (const item of items) for (const book of books) book.loadItem(item);
  }
  const nowMs = () => Math.floor(through / 1000);
  for (const book of books) {
    await loadCounts({ db, book, ownsLocation: () => true, nowMs, throughOrdinal: through });
  }
}
