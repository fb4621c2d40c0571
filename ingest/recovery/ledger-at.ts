import { z } from "zod";
import type { ItemState } from "../../domain/ledger/ledger-event.ts";
import type { PositionLine } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { itemOf, itemRow, positionRow } from "./ledger-rows.ts";

/** Beyond every ordinal, which are Unix microseconds: of the ledger as it is now. */
export const NEWEST = Number.MAX_SAFE_INTEGER;
/** A snapshot and what came after it may be a whole ledger. */
export const LEDGER_SECONDS = 600;

/** What the ledger holds of positions and items. */
export type LedgerAt = {
  /** From which it is read on, 0 for the ledger's first line. */
  snapshotId: number;
  positions(): AsyncIterable<(PositionLine & { lastSequence: number })[]>;
  items(): AsyncIterable<ItemState[]>;
};

/** The ledger as it was after the event `through`, read from the newest snapshot that is not after `snapshotThrough`. */
export async function ledgerAt(db: Database, through: number, snapshotThrough = through): Promise<LedgerAt> {
  const snapshots = await db.query({
    name: "ingest/newest-snapshots",
    sql: loadQuery("ingest/newest-snapshots"),
    row: z.object({ snapshot_id: z.number() }),
  });
  const snapshotId = snapshots.find((row) => row.snapshot_id <= snapshotThrough)?.snapshot_id ?? 0;
  const asked = { params: { snapshot_id: snapshotId, through }, maxSeconds: LEDGER_SECONDS };
  return {
    snapshotId,
    async *positions() {
      const name = "ingest/load-positions";
      for await (const rows of db.stream({ ...asked, name, sql: loadQuery(name), row: positionRow })) {
        yield rows.map(({ location_id: locationId, gtin, state, quantity, last_sequence: lastSequence }) => {
          return { locationId, gtin, state, quantity, lastSequence };
        });
      }
    },
    async *items() {
      const name = "ingest/load-items";
      for await (const rows of db.stream({ ...asked, name, sql: loadQuery(name), row: itemRow })) {
        yield rows.map(itemOf);
      }
    },
  };
}
