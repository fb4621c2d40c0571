import { type TillEvent, tillEventSchema } from "../../domain/events/stock-event.ts";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { ledgerEventRow, toLedgerEvent } from "../recovery/ledger-event-row.ts";

/** The transaction that a void names, from the ledger; null when none was recorded. */
export async function findTransaction(
  db: Database,
  locationId: string,
  terminalId: string,
  transactionId: string,
): Promise<{ event: TillEvent; ledger: LedgerEvent } | null> {
  const source = `pos/${terminalId}`;
  const [row] = await db.query({
    name: "ingest/find-transaction",
    sql: loadQuery("ingest/find-transaction"),
    params: { location_id: locationId, source, transaction_id: transactionId },
    row: ledgerEventRow,
  });
  if (row === undefined) return null;
  return { event: tillEventSchema.parse(JSON.parse(row.body)), ledger: toLedgerEvent(row) };
}
