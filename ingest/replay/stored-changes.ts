import { z } from "zod";
import {
  type TrackingConfiguration,
  trackingConfigurationSchema,
} from "../../domain/tracking/tracking-configuration.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { ReplayStep } from "./replay-step.ts";

const changeRow = z.object({
  ordinal: z.number(),
  kind: z.enum(["started", "configured", "took_waiting", "took_newly_known"]),
  detail: z.string().transform((text): unknown => JSON.parse(text)),
});
const tookNewlyKnown = z.object({
  news: z.object({ gtins: z.array(z.number()), tags: z.array(z.string()) }).nullable(),
});
const tookWaiting = z.object({ readers: z.array(z.string()).nullable() });

/** What changed for the tracker beside reads and events, in its order. */
export async function readChanges(
  db: Database,
  range: { first: number; last: number },
): Promise<ReplayStep[]> {
  const rows = await db.query({
    name: "replay/tracker-changes",
    sql: loadQuery("replay/tracker-changes"),
    params: range,
    row: changeRow,
  });
  return rows.map(({ ordinal, kind, detail }): ReplayStep => {
    switch (kind) {
      case "started":
        return { kind, ordinal };
      case "configured":
        return { kind, ordinal, configuration: trackingConfigurationSchema.parse(detail) };
      case "took_waiting":
        return { kind, ordinal, readers: tookWaiting.parse(detail).readers };
      case "took_newly_known":
        return { kind, ordinal, news: tookNewlyKnown.parse(detail).news };
      default:
        return kind satisfies never;
    }
  });
}

/** The settings that were in force at an ordinal; null when ingest had not put any on record yet. */
export async function configurationAt(db: Database, through: number): Promise<TrackingConfiguration | null> {
  const [row] = await db.query({
    name: "replay/tracking-in-use",
    sql: loadQuery("settings/tracking-in-use"),
    params: { through },
    row: z.object({ detail: z.string() }),
  });
  return row === undefined ? null : trackingConfigurationSchema.parse(JSON.parse(row.detail));
}
