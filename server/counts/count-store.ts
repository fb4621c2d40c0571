import { z } from "zod";
import type { Count } from "../../domain/api/counts.ts";
import { countStartedSchema } from "../../domain/events/count-events.ts";
import { COUNT_STATES } from "../../domain/events/count-result.ts";
import { COUNT_EXPIRES_MS } from "../../domain/tracking/count-session.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Counts are listed for so long. */
const KEPT_MS = 400 * 24 * 3_600_000;

const countRow = z.object({
  location_id: z.string(),
  count_id: z.string(),
  start_body: z.string(),
  told_at_ms: z.number(),
  ended_at_ms: z.number(),
  decided_at_ms: z.number(),
  started_by: z.string(),
  captured: z.number(),
  state: z.enum([...COUNT_STATES, ""]),
  expected: z.number().nullable(),
  found: z.number().nullable(),
  counted: z.number().nullable(),
  products: z.number().nullable(),
  exact_products: z.number().nullable(),
  exact_accuracy: z.number().nullable(),
  unit_accuracy: z.number().nullable(),
  missed_items: z.number().nullable(),
  new_items: z.number().nullable(),
});
type CountRow = z.infer<typeof countRow>;

const lineRow = z.object({
  gtin: z.number(),
  expected: z.number(),
  counted: z.number(),
  total_lines: z.number(),
});

export type StoredCount = { count: Count; toldAtMs: number };
export type CountFilter = { locationId: string; countId: string };
export type CountStore = ReturnType<typeof createCountStore>;

/** Counts as the ledger tells of them. */
export function createCountStore({ db, nowMs }: { db: Database; nowMs(): number }) {
  const since = () => new Date(nowMs() - KEPT_MS);
  return {
    /** Newest first, and one more than `limit` where there are more. */
    async list(
      filter: CountFilter,
      before: { ms: number; id: string } | null,
      limit: number,
    ): Promise<StoredCount[]> {
      const rows = await db.query({
        name: "counts/list-counts",
        sql: loadQuery("counts/list-counts"),
        params: {
          location_id: filter.locationId,
          count_id: filter.countId,
          since: since(),
          before_ms: before?.ms ?? 0,
          before_id: before?.id ?? "",
          limit: limit + 1,
        },
        row: countRow,
      });
      return rows.map((row) => ({ count: toCount(row, nowMs()), toldAtMs: row.told_at_ms }));
    },
    async lines(count: Count, limit: number) {
      return await db.query({
        name: "counts/count-lines",
        sql: loadQuery("counts/count-lines"),
        params: { location_id: count.locationId, count_id: count.countId, since: since(), limit },
        row: lineRow,
        maxRows: limit,
      });
    },
  };
}

function toCount(row: CountRow, nowMs: number): Count {
  const started = countStartedSchema.parse(JSON.parse(row.start_body));
  const startedAtMs = Date.parse(started.startedAt ?? started.occurredAt);
  const isExpired = nowMs > startedAtMs + COUNT_EXPIRES_MS;
  return {
    countId: row.count_id,
    locationId: row.location_id,
    state: row.state !== "" ? row.state : isExpired ? "expired" : "open",
    zones: started.zones ?? null,
    gtins: started.gtins ?? null,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: instantOf(row.ended_at_ms),
    decidedAt: instantOf(row.decided_at_ms),
    source: row.started_by,
    captured: row.captured,
    expected: row.expected,
    found: row.found,
    counted: row.counted,
    products: row.products,
    exactProducts: row.exact_products,
    exactAccuracy: row.exact_accuracy,
    unitAccuracy: row.unit_accuracy,
    missedItems: row.missed_items,
    newItems: row.new_items,
  };
}

function instantOf(ms: number): string | null {
  return ms === 0 ? null : new Date(ms).toISOString();
}
