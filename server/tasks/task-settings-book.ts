import { z } from "zod";
import { type TaskSettings, taskSettingsSchema } from "../../domain/tasks/task-settings.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const DEFAULTS = taskSettingsSchema.parse({});

export type TaskSettingsBook = ReturnType<typeof createTaskSettingsBook>;

/** How locations work on tasks, in memory; a location without its own has those of all, which have defaults. */
export function createTaskSettingsBook(deps: { db: Database; nowMs(): number; nextVersion(): number }) {
  let byLocation = new Map<string, TaskSettings>();
  return {
    /** Reads all. Call it at the start, and when they were changed elsewhere. */
    async load(): Promise<void> {
      const row = z.object({ location_id: z.string(), settings: z.string() });
      const rows = await deps.db.query({ name: "tasks/settings", sql: loadQuery("tasks/settings"), row });
      byLocation = new Map(
        rows.map((one) => [one.location_id, taskSettingsSchema.parse(JSON.parse(one.settings))]),
      );
    },
    settingsOf: (locationId: string): TaskSettings =>
      byLocation.get(locationId) ?? byLocation.get("") ?? DEFAULTS,
    /** Of a location itself; null when it has those of all. */
    own: (locationId: string): TaskSettings | null => byLocation.get(locationId) ?? null,
    async save(locationId: string, settings: TaskSettings, changedBy: string): Promise<void> {
      await deps.db.insert({
        name: "tasks/save-settings",
        table: "task_settings",
        columns: ["location_id", "settings", "changed_at", "changed_by", "version"],
        rows: [
          [
            locationId,
            JSON.stringify(settings),
            new Date(deps.nowMs()).toISOString(),
            changedBy,
            deps.nextVersion(),
          ],
        ],
      });
      byLocation.set(locationId, settings);
    },
  };
}
