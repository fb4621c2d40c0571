import { z } from "zod";
import { type Location, locationSchema } from "../../domain/location.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import { type PromiseSettings, promiseSettingsSchema } from "../../domain/promise/promise-settings.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";

const MAX_LOCATIONS = 100_000;
const MAX_READY_TIMES = 1_000_000;

const settingsRowSchema = z.object({
  settings: z.string(),
  changed_at: instantSchema,
  changed_by: z.string(),
});

const locationRowSchema = z
  .object({
    location_id: z.string(),
    name: z.string(),
    kind: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    opening_hours: z.string(),
    time_zone: z.string(),
    public_holidays: z.string(),
    pickup: z.string(),
  })
  .transform((row) =>
    locationSchema.parse({
      locationId: row.location_id,
      name: row.name,
      kind: row.kind,
      latitude: row.latitude,
      longitude: row.longitude,
      openingHours: row.opening_hours,
      timeZone: row.time_zone,
      publicHolidays: JSON.parse(row.public_holidays),
      pickup: JSON.parse(row.pickup),
    }),
  );

const readyRowSchema = z
  .object({
    location_id: z.string(),
    sent_at: instantSchema,
    begun_at: instantSchema.nullable(),
    ready_at: instantSchema,
  })
  .transform((row) => ({
    locationId: row.location_id,
    sentMs: Date.parse(row.sent_at),
    begunMs: row.begun_at === null ? null : Date.parse(row.begun_at),
    readyMs: Date.parse(row.ready_at),
  }));
/** When a store had an order, when somebody began with it, and when it lay ready: Unix ms. */
export type ReadyTime = z.output<typeof readyRowSchema>;

export type StoredPromiseSettings = {
  settings: PromiseSettings;
  changedAt: string | null;
  changedBy: string | null;
};

export type PromiseStore = ReturnType<typeof createPromiseStore>;

/** What promises are made of beside stock: the company's settings, and where its locations are and when they open. */
export function createPromiseStore(deps: { db: Database; nextVersion(): number; nowMs(): number }) {
  const { db } = deps;
  return {
    async settings(): Promise<StoredPromiseSettings> {
      const [row] = await db.query({
        name: "promise/settings",
        sql: loadQuery("promise/settings"),
        row: settingsRowSchema,
      });
      return {
        settings: promiseSettingsSchema.parse(row === undefined ? {} : JSON.parse(row.settings)),
        changedAt: row?.changed_at ?? null,
        changedBy: row?.changed_by ?? null,
      };
    },
    async saveSettings(settings: PromiseSettings, changedBy: string): Promise<void> {
      await db.insert({
        name: "promise/save-settings",
        table: "promise_settings",
        columns: ["settings", "changed_at", "changed_by", "version"],
        rows: [
          [JSON.stringify(settings), new Date(deps.nowMs()).toISOString(), changedBy, deps.nextVersion()],
        ],
      });
    },
    /** Of orders that are collected and became ready since an instant: at most 500 of each location, the newest. */
    readyTimes: (sinceMs: number): Promise<ReadyTime[]> =>
      db.query({
        name: "promise/ready-times",
        sql: loadQuery("promise/ready-times"),
        params: { since: instantParameter(sinceMs) },
        row: readyRowSchema,
        maxRows: MAX_READY_TIMES,
        maxSeconds: 60,
      }),
    /** By id. */
    locations: (): Promise<Location[]> =>
      db.query({
        name: "promise/locations",
        sql: loadQuery("promise/locations"),
        row: locationRowSchema,
        maxRows: MAX_LOCATIONS,
      }),
  };
}
