import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { zoneKindSchema } from "../../domain/location.ts";
import { type Task, taskSchema } from "../../domain/tasks/task.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const rowSchema = z
  .object({ document: z.string() })
  .transform(({ document }) => taskSchema.parse(JSON.parse(document)));

const seenRowSchema = z.object({
  gtin: z.number(),
  zone_id: z.string(),
  zone_name: z.string(),
  zone_kind: z.string(),
  units: z.number(),
  newest_seen_at: instantSchema,
});

const MAX_LOADED_ROWS = 1_000_000;
/** Where items are is read beside the ledger's own work: better a task without it than a late one. */
const SEEN_SECONDS = 5;

export type TaskStore = ReturnType<typeof createTaskStore>;

/** What the server reads of `task_log`, and what it tells staff about products. `reportsDb`: what may take long. */
export function createTaskStore(deps: { db: Database; reportsDb: Database }) {
  const ask = <Row>(
    name: string,
    params: Record<string, unknown>,
    row: z.ZodType<Row>,
    options: { db: Database; maxSeconds: number } = { db: deps.db, maxSeconds: 120 },
  ) =>
    options.db.query({
      name: `tasks/${name}`,
      sql: loadQuery(`tasks/${name}`),
      params,
      row,
      maxRows: MAX_LOADED_ROWS,
      maxSeconds: options.maxSeconds,
    });

  return {
    /** All tasks that were ever made of an order, in the order of their making. */
    ofOrder: (orderId: string): Promise<Task[]> => ask("of-order", { order_id: orderId }, rowSchema),

    /** Names by GTIN as a number; what is not in the product list is left out. */
    async productNames(gtins: readonly number[]): Promise<Map<number, string>> {
      const row = z.object({ gtin: z.number(), name: z.string() });
      const rows = await ask("product-names", { gtins }, row, {
        db: deps.reportsDb,
        maxSeconds: SEEN_SECONDS,
      });
      return new Map(rows.map(({ gtin, name }) => [gtin, name]));
    },

    /** Where units of products are believed to be in a location, each product's newest sight first. */
    async lastSeen(locationId: string, gtins: readonly number[]) {
      const params = { location_id: locationId, gtins };
      const rows = await ask("last-seen", params, seenRowSchema, {
        db: deps.reportsDb,
        maxSeconds: SEEN_SECONDS,
      });
      return rows.map((row) => {
        const kind = zoneKindSchema.safeParse(row.zone_kind);
        return {
          gtin: row.gtin,
          place: {
            zoneId: row.zone_id,
            zoneName: row.zone_name === "" ? row.zone_id : row.zone_name,
            zoneKind: kind.success ? kind.data : null,
            units: row.units,
            lastSeenAt: row.newest_seen_at,
          },
        };
      });
    },
  };
}
