import { z } from "zod";
import {
  type LocationCheck,
  reconciliationDifferenceSchema,
  reconciliationOutcomeSchema,
} from "../../domain/api/reconciliation.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { LedgerPosition } from "./position-copy.ts";

const MAX_SECONDS = 60;
const HISTORY_ROWS = 100;

const positionRowSchema = z.object({
  gtin: z.number(),
  sellable: z.number(),
  inspect: z.number(),
  damaged: z.number(),
  display_only: z.number(),
});

const detailSchema = z.object({
  examples: z.array(reconciliationDifferenceSchema),
  reason: z.string().nullable(),
});

const historyRowSchema = z.object({
  location_id: z.string(),
  server_id: z.string(),
  checked_at: instantSchema,
  sequence: z.number(),
  positions: z.number(),
  held_products: z.number(),
  outcome: reconciliationOutcomeSchema,
  differences: z.number(),
  detail: z.string(),
  took_ms: z.number(),
});

const COLUMNS = [
  "location_id",
  "server_id",
  "checked_at",
  "sequence",
  "positions",
  "held_products",
  "outcome",
  "differences",
  "detail",
  "took_ms",
];

export type ReconciliationStore = ReturnType<typeof createReconciliationStore>;

/** The ledger's side of the check, and what came of earlier ones. */
export function createReconciliationStore({ db }: { db: Database }) {
  return {
    /** A location's positions by the sum of all its movements through a sequence. */
    positions: (locationId: string, through: number): Promise<LedgerPosition[]> =>
      db.query({
        name: "reconciliation/positions",
        sql: loadQuery("reconciliation/positions"),
        params: { location_id: locationId, through },
        row: positionRowSchema,
        maxSeconds: MAX_SECONDS,
      }),

    async write(serverId: string, checks: readonly LocationCheck[]): Promise<void> {
      await db.insert({
        name: "reconciliation/write",
        table: "reconciliations",
        columns: COLUMNS,
        rows: checks.map((check) => [
          check.locationId,
          serverId,
          check.checkedAt,
          check.sequence,
          check.positions,
          check.heldProducts,
          check.outcome,
          check.differences,
          JSON.stringify({ examples: check.examples, reason: check.reason }),
          check.tookMs,
        ]),
      });
    },

    /** The newest checks that were not equal, by any server. */
    async history(locationId: string): Promise<(LocationCheck & { serverId: string })[]> {
      const rows = await db.query({
        name: "reconciliation/history",
        sql: loadQuery("reconciliation/history"),
        params: { location_id: locationId, page_rows: HISTORY_ROWS },
        row: historyRowSchema,
      });
      return rows.map(toCheck);
    },
  };
}

function toCheck(row: z.infer<typeof historyRowSchema>): LocationCheck & { serverId: string } {
  const { examples, reason } = detailSchema.parse(JSON.parse(row.detail));
  return {
    locationId: row.location_id,
    serverId: row.server_id,
    checkedAt: row.checked_at,
    sequence: row.sequence,
    positions: row.positions,
    heldProducts: row.held_products,
    outcome: row.outcome,
    differences: row.differences,
    examples,
    reason,
    tookMs: row.took_ms,
  };
}
