import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const MAX_SECONDS = 20;

const missRow = z.object({
  location_id: z.string(),
  currency: z.string(),
  misses: z.number(),
  units: z.number(),
  amount: z.string(),
  since: instantSchema,
});
export type MissRow = z.output<typeof missRow>;

const countRow = z.object({
  location_id: z.string(),
  currency: z.string(),
  counted_at: instantSchema,
  products: z.number(),
  wrong_products: z.number(),
  counted_units: z.number(),
  gross_units: z.number(),
  gross_cost: z.string(),
});
export type CountRow = z.output<typeof countRow>;

/** What is asked of ClickHouse to find what needs somebody. `db`: a connection that holds up nobody. */
export function createAttentionStore({ db }: { db: Database }) {
  return {
    unsavedMisses: (since: Date): Promise<MissRow[]> =>
      db.query({
        name: "attention/unsaved-misses",
        sql: loadQuery("attention/unsaved-misses"),
        params: { since },
        row: missRow,
        maxSeconds: MAX_SECONDS,
      }),
    lastCounts: (since: Date): Promise<CountRow[]> =>
      db.query({
        name: "attention/last-counts",
        sql: loadQuery("attention/last-counts"),
        params: { since },
        row: countRow,
        maxSeconds: MAX_SECONDS,
      }),
  };
}
