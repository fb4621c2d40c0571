import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { ReplayStep } from "./replay-step.ts";

const messagesRow = z.object({
  location_id: z.string(),
  reader_id: z.string(),
  taken_ordinal: z.number(),
  message_after: z.array(z.number()),
  message_reads: z.array(z.number()),
  epc: z.array(z.string()),
  gtin: z.array(z.number()),
  antenna: z.array(z.number()),
  zone_id: z.array(z.string()),
  verdict: z.array(z.string()),
  observed_at_ms: z.array(z.number()),
  rssi_dbm: z.array(z.number().nullable()),
});
/** The reads of a reader in one batch, as parallel arrays; `rssi_dbm` null where there is none. */
export type StoredMessages = z.infer<typeof messagesRow>;

/** A row fills for at most so long before a batch closes, unless ClickHouse is away. Microseconds. */
const LOOK_BACK = 3_600_000_000;

/** The messages of rows that began within the ordinals, from `notBefore` on; not in order. */
export async function readMessages(
  db: Database,
  range: { first: number; last: number; notBefore: number; locations: readonly string[]; imported: boolean },
): Promise<ReplayStep[]> {
  const steps: ReplayStep[] = [];
  for await (const rows of db.stream({
    name: "replay/messages",
    sql: loadQuery("replay/messages"),
    params: {
      first: range.first,
      last: range.last,
      not_before: range.notBefore,
      locations: range.locations,
      imported: range.imported ? 1 : 0,
    },
    row: messagesRow,
  })) {
    for (const row of rows) addMessages(steps, row, range.notBefore);
  }
  return steps;
}

/** Messages from `start` on may stand in rows that began before it. */
export function lookBackFrom(start: number): number {
  return Math.max(0, start - LOOK_BACK);
}

function addMessages(steps: ReplayStep[], row: StoredMessages, notBefore: number): void {
  if (row.message_after.length === 0) {
    // Of before messages were told apart: all reads of the batch as one.
    const ordinal = row.taken_ordinal;
    if (ordinal >= notBefore) steps.push({ kind: "message", ordinal, row, first: 0, end: row.epc.length });
    return;
  }
  let first = 0;
  for (const [i, after] of row.message_after.entries()) {
    const end = first + (row.message_reads[i] ?? 0);
    const ordinal = row.taken_ordinal + after;
    if (end > first && ordinal >= notBefore) steps.push({ kind: "message", ordinal, row, first, end });
    first = end;
  }
}
