import { z } from "zod";
import type { StoredFeedSettings } from "../../domain/api/feeds.ts";
import { type FeedSettings, feedSettingsSchema } from "../../domain/feeds/feed-settings.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const settingsRowSchema = z.object({
  settings: z.string(),
  changed_at: instantSchema,
  changed_by: z.string(),
});

export type FeedSettingsStore = ReturnType<typeof createFeedSettingsStore>;

/** Settings of the local inventory feed; every version is kept, the newest holds. */
export function createFeedSettingsStore(deps: { db: Database; nextVersion(): number; nowMs(): number }) {
  return {
    async load(): Promise<StoredFeedSettings> {
      const [row] = await deps.db.query({
        name: "feeds/settings",
        sql: loadQuery("feeds/settings"),
        row: settingsRowSchema,
      });
      return {
        settings: feedSettingsSchema.parse(row === undefined ? {} : JSON.parse(row.settings)),
        changedAt: row?.changed_at ?? null,
        changedBy: row?.changed_by ?? null,
      };
    },
    async save(settings: FeedSettings, changedBy: string): Promise<void> {
      await deps.db.insert({
        name: "feeds/save-settings",
        table: "feed_settings",
        columns: ["settings", "changed_at", "changed_by", "version"],
        rows: [
          [JSON.stringify(settings), new Date(deps.nowMs()).toISOString(), changedBy, deps.nextVersion()],
        ],
      });
    },
  };
}
