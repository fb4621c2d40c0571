import { z } from "zod";
import type { LedgerTotal } from "../../domain/api/backups.ts";
import type { Database } from "../database.ts";
import { loadQuery } from "../load-query.ts";

const MAX_SECONDS = 3_600;

/** Up to which event the ledger goes. */
export async function lastOrdinalOf(db: Database): Promise<number> {
  const [row] = await db.query({
    name: "backup/last-ordinal",
    sql: loadQuery("backup/last-ordinal"),
    row: z.object({ ordinal: z.number() }),
  });
  return row?.ordinal ?? 0;
}

/** What the ledger adds up to through an event, at each location and in each state of stock. */
export async function ledgerTotals(db: Database, through: number): Promise<LedgerTotal[]> {
  const rows = await db.query({
    name: "backup/ledger-totals",
    sql: loadQuery("backup/ledger-totals"),
    params: { through },
    maxSeconds: MAX_SECONDS,
    row: z.object({
      location_id: z.string(),
      state: z.string(),
      movements: z.number(),
      last_sequence: z.number(),
      units: z.number(),
    }),
  });
  return rows.map((row) => ({
    locationId: row.location_id,
    state: row.state,
    movements: row.movements,
    lastSequence: row.last_sequence,
    units: row.units,
  }));
}
