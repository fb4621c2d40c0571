import { z } from "zod";
import { type Location, locationSchema, zoneSchema } from "../../domain/location.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const COLUMNS = [
  "location_id",
  "name",
  "kind",
  "latitude",
  "longitude",
  "address",
  "opening_hours",
  "time_zone",
  "currency",
  "gln",
  "zones",
  "public_holidays",
  "pickup",
  "is_deleted",
  "version",
];

const locationRowSchema = z
  .object({
    location_id: z.string(),
    name: z.string(),
    kind: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    address: z.string(),
    opening_hours: z.string(),
    time_zone: z.string(),
    currency: z.string(),
    gln: z.string(),
    zones: z.string().transform((text) => z.array(zoneSchema).parse(JSON.parse(text === "" ? "[]" : text))),
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
      address: row.address,
      openingHours: row.opening_hours,
      timeZone: row.time_zone,
      currency: row.currency,
      gln: row.gln,
      zones: row.zones,
      publicHolidays: JSON.parse(row.public_holidays),
      pickup: JSON.parse(row.pickup),
    }),
  );

export type LocationStore = ReturnType<typeof createLocationStore>;

/** Stores and warehouses in the table `locations`. */
export function createLocationStore(deps: { db: Database; nextVersion(): number }) {
  return {
    /** Up to `limit` + 1 locations after an id, so that the caller sees whether there are more. */
    list: (page: { after: string; query: string; limit: number }): Promise<Location[]> =>
      deps.db.query({
        name: "locations/list",
        sql: loadQuery("server/list-locations"),
        params: { after: page.after, query: page.query, page_rows: page.limit + 1 },
        row: locationRowSchema,
      }),

    async find(locationId: string): Promise<Location | null> {
      const rows = await deps.db.query({
        name: "locations/one",
        sql: loadQuery("server/one-location"),
        params: { location_id: locationId },
        row: locationRowSchema,
      });
      return rows[0] ?? null;
    },

    async save(location: Location): Promise<void> {
      await deps.db.insert({
        name: "locations/save",
        table: "locations",
        columns: COLUMNS,
        rows: [
          [
            location.locationId,
            location.name,
            location.kind,
            location.latitude,
            location.longitude,
            location.address,
            location.openingHours,
            location.timeZone,
            location.currency,
            location.gln,
            JSON.stringify(location.zones),
            JSON.stringify(location.publicHolidays),
            JSON.stringify(location.pickup),
            0,
            deps.nextVersion(),
          ],
        ],
      });
    },
  };
}
