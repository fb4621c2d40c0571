import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** How far a webhook was told of reservations. */
export type Progress = { ordinal: number; expiredUntilMs: number };
export type ToldRow = { webhookId: string; locationId: string; gtin: number; available: number };

export type ToldStore = ReturnType<typeof createToldStore>;

/** What each webhook knows: availability by position, and its place among the changes of reservations. */
export function createToldStore(deps: { db: Database; nextVersion(): number }) {
  const { db } = deps;
  return {
    async saveTold(rows: readonly ToldRow[]): Promise<void> {
      if (rows.length === 0) return;
      const version = deps.nextVersion();
      await db.insert({
        name: "webhooks/save-told",
        table: "webhook_told",
        columns: ["webhook_id", "location_id", "gtin", "available", "version"],
        rows: rows.map((row) => [row.webhookId, row.locationId, row.gtin, row.available, version]),
      });
    },

    told: () =>
      db.stream({
        name: "webhooks/told",
        sql: loadQuery("webhooks/told"),
        row: z
          .object({
            webhook_id: z.string(),
            location_id: z.string(),
            gtin: z.number(),
            available: z.number(),
          })
          .transform(
            (row): ToldRow => ({
              webhookId: row.webhook_id,
              locationId: row.location_id,
              gtin: row.gtin,
              available: row.available,
            }),
          ),
      }),

    async saveProgress(progress: ReadonlyMap<string, Progress>): Promise<void> {
      if (progress.size === 0) return;
      const version = deps.nextVersion();
      await db.insert({
        name: "webhooks/save-progress",
        table: "webhook_progress",
        columns: ["webhook_id", "ordinal", "expired_until", "version"],
        rows: [...progress].map(([webhookId, { ordinal, expiredUntilMs }]) => [
          webhookId,
          ordinal,
          new Date(expiredUntilMs).toISOString(),
          version,
        ]),
      });
    },

    async progress(): Promise<Map<string, Progress>> {
      const rows = await db.query({
        name: "webhooks/progress",
        sql: loadQuery("webhooks/progress"),
        row: z.object({ webhook_id: z.string(), ordinal: z.number(), expired_until_ms: z.number() }),
      });
      return new Map(
        rows.map((row) => [row.webhook_id, { ordinal: row.ordinal, expiredUntilMs: row.expired_until_ms }]),
      );
    },
  };
}
