import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import {
  type TrackingConfiguration,
  trackingConfigurationSchema,
} from "../../domain/tracking/tracking-configuration.ts";
import { readPointSettingsSchema, trackingOverridesSchema } from "../../domain/tracking/tracking-settings.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Where settings hold: the company ("" for location and reader), a location, a reader (antenna -1) or one antenna. */
export type SettingsPlace = { locationId: string; readerId: string; antenna: number };

/** What is set at a place. `settings` is JSON of a shape that the reader of the row knows by its place. */
export type StoredSettings = SettingsPlace & {
  settings: unknown;
  lastChange: { changedAt: string; changedBy: string; note: string };
};

export type StoredChange = SettingsPlace & {
  /** Null = taken back. */
  settings: unknown;
  before: unknown;
  changedAt: string;
  changedBy: string;
  note: string;
  version: number;
};

const placeShape = { location_id: z.string(), reader_id: z.string(), antenna: z.number() };
const changeShape = { changed_at: instantSchema, changed_by: z.string(), note: z.string() };
const inForceRow = z.object({ ...placeShape, ...changeShape, settings: z.string() });
const historyRow = inForceRow.extend({
  is_deleted: z.number(),
  version: z.number(),
  settings_before: z.string(),
});
const inUseRow = z.object({ ordinal: z.number(), detail: z.string(), recorded_at: instantSchema });

const ruleSchema = readPointSettingsSchema.omit({ locationId: true, readerId: true, antenna: true });

/** Beyond every ordinal and version. */
const NEWEST = "18446744073709551615";

export type TrackingSettingsStore = ReturnType<typeof createTrackingSettingsStore>;

/** Settings of item tracking in the table `tracking_settings`, which keeps every version. */
export function createTrackingSettingsStore(deps: { db: Database; nextVersion(): number; nowMs(): number }) {
  const { db } = deps;
  return {
    /** All places at which something is set. */
    async load(): Promise<StoredSettings[]> {
      const rows = await db.query({
        name: "settings/tracking-in-force",
        sql: loadQuery("settings/tracking-in-force"),
        row: inForceRow,
      });
      return rows.map((row) => ({
        locationId: row.location_id,
        readerId: row.reader_id,
        antenna: row.antenna,
        settings: JSON.parse(row.settings),
        lastChange: { changedAt: row.changed_at, changedBy: row.changed_by, note: row.note },
      }));
    },

    /** `settings` null takes back what was set. @returns what it wrote */
    async save(
      place: SettingsPlace,
      settings: Record<string, unknown> | null,
      change: { changedBy: string; note: string },
    ): Promise<StoredSettings["lastChange"]> {
      const changedAt = new Date(deps.nowMs()).toISOString();
      await db.insert({
        name: "settings/save",
        table: "tracking_settings",
        columns: [
          "location_id",
          "reader_id",
          "antenna",
          "settings",
          "is_deleted",
          "changed_at",
          "changed_by",
          "note",
          "version",
        ],
        rows: [
          [
            place.locationId,
            place.readerId,
            place.antenna,
            JSON.stringify(settings ?? {}),
            settings === null ? 1 : 0,
            changedAt,
            change.changedBy,
            change.note,
            deps.nextVersion(),
          ],
        ],
      });
      return { changedAt, ...change };
    },

    /** Up to `limit` + 1 changes below a version, newest first; `locationId` null = everywhere, "" = the company's. */
    async history(page: {
      locationId: string | null;
      before: number | null;
      limit: number;
    }): Promise<StoredChange[]> {
      const rows = await db.query({
        name: "settings/tracking-history",
        sql: loadQuery("settings/tracking-history"),
        params: {
          location_id: page.locationId ?? "*",
          before: page.before ?? NEWEST,
          page_rows: page.limit + 1,
        },
        row: historyRow,
      });
      return rows.map((row) => ({
        locationId: row.location_id,
        readerId: row.reader_id,
        antenna: row.antenna,
        settings: row.is_deleted === 1 ? null : JSON.parse(row.settings),
        before: row.settings_before === "" ? null : JSON.parse(row.settings_before),
        changedAt: row.changed_at,
        changedBy: row.changed_by,
        note: row.note,
        version: row.version,
      }));
    },

    /** What ingest uses by its own record, and since when; null before it ran for the first time. */
    async inUse(): Promise<{ configuration: TrackingConfiguration; ordinal: number; since: string } | null> {
      const [row] = await db.query({
        name: "settings/tracking-in-use",
        sql: loadQuery("settings/tracking-in-use"),
        params: { through: NEWEST },
        row: inUseRow,
      });
      if (row === undefined) return null;
      const configuration = trackingConfigurationSchema.parse(JSON.parse(row.detail));
      return { configuration, ordinal: row.ordinal, since: row.recorded_at };
    },
  };
}

/** The company's and the locations' settings of what is stored. */
export function overridesOf(stored: readonly StoredSettings[]) {
  return stored
    .filter((row) => row.readerId === "")
    .map(({ locationId, settings, lastChange }) => {
      return { locationId, overrides: trackingOverridesSchema.parse(settings), lastChange };
    });
}

/** The read points of what is stored. */
export function readPointsOf(stored: readonly StoredSettings[]) {
  return stored
    .filter((row) => row.readerId !== "")
    .map(({ locationId, readerId, antenna, settings, lastChange }) => {
      const { minReads, windowMs, minRssiDbm } = ruleSchema.parse(settings);
      const id = { locationId, readerId, antenna: antenna === -1 ? null : antenna };
      return { point: { ...id, minReads, windowMs, minRssiDbm }, lastChange };
    });
}
