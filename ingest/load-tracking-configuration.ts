import { z } from "zod";
import type { TrackingConfiguration } from "../domain/tracking/tracking-configuration.ts";
import {
  readPointSettingsSchema,
  type TrackingOverrides,
  trackingOverridesSchema,
} from "../domain/tracking/tracking-settings.ts";
import type { Database } from "../sql/database.ts";
import { loadQuery } from "../sql/load-query.ts";

const settingsRow = z.object({
  location_id: z.string(),
  reader_id: z.string(),
  antenna: z.number(),
  settings: z.string().transform((text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
});

/** What people have set for item tracking, over the company's values of the environment. */
export async function loadTrackingConfiguration(
  db: Database,
  base: TrackingOverrides,
): Promise<TrackingConfiguration> {
  const rows = await db.query({
    name: "ingest/tracking-in-force",
    sql: loadQuery("settings/tracking-in-force"),
    row: settingsRow,
  });
  return {
    base,
    overrides: rows
      .filter((row) => row.reader_id === "")
      .map((row) => {
        return { locationId: row.location_id, overrides: trackingOverridesSchema.parse(row.settings) };
      }),
    readPoints: rows
      .filter((row) => row.reader_id !== "")
      .map((row) => {
        const antenna = row.antenna === -1 ? null : row.antenna;
        const id = { locationId: row.location_id, readerId: row.reader_id, antenna };
        return readPointSettingsSchema.parse({ ...row.settings, ...id });
      }),
  };
}
