import { z } from "zod";
import { locationsPageSchema } from "../../domain/api/master-data-answers.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { type Location, locationSchema } from "../../domain/location.ts";
import { parseOpeningHours } from "../../domain/opening-hours/parse-opening-hours.ts";
import { isTimeZone } from "../../domain/time-zone/local-clock.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { patchSchema } from "../http/patch-schema.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { ReaderStore } from "../readers/reader-store.ts";
import type { NoteChange } from "./change.ts";
import type { LocationStore } from "./location-store.ts";

const TAG = "Locations";
const paramsSchema = z.object({ locationId: idSchema });
const bodySchema = locationSchema.partial({ locationId: true });

export function createLocationRoutes(deps: {
  locations: LocationStore;
  readers: ReaderStore;
  noteChange: NoteChange;
}): Route[] {
  const find = async (locationId: string): Promise<Location> => {
    const location = await deps.locations.find(locationId);
    if (location !== null) return location;
    throw new HttpProblem("location_not_found", `There is no location ${locationId}.`);
  };

  const save = async (caller: Caller, location: Location) => {
    assertTimeZone(location.timeZone);
    assertOpeningHours(location.openingHours);
    await assertZonesFree(deps.readers, location);
    await deps.locations.save(location);
    await deps.noteChange(caller, {
      area: "locations",
      action: "location.save",
      subject: location.locationId,
      detail: location,
    });
    return { body: location };
  };

  return [
    defineRoute({
      method: "GET",
      path: "/v1/locations",
      tag: TAG,
      summary: "List stores and warehouses",
      roles: ["storefront", "store", "merchandiser", "analyst", "admin"],
      isPublishable: true,
      query: pageQuerySchema,
      answer: { schema: locationsPageSchema, description: "A page, ordered by locationId" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [after = ""] = decodeCursor(query.cursor, ["string"]) ?? [];
        const rows = await deps.locations.list({
          after: String(after),
          query: query.query ?? "",
          limit: query.limit,
        });
        return { body: toPage(rows, query.limit, (row) => [row.locationId]) };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/locations/:locationId",
      tag: TAG,
      summary: "One location with its zones",
      roles: ["storefront", "store", "merchandiser", "analyst", "admin"],
      isPublishable: true,
      params: paramsSchema,
      answer: { schema: locationSchema, description: "The location" },
      problems: ["location_not_found"],
      handle: async ({ params }) => ({ body: await find(params.locationId) }),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/locations/:locationId",
      tag: TAG,
      summary: "Create or replace a location",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      body: bodySchema,
      answer: { schema: locationSchema, description: "The location as stored" },
      problems: ["invalid_time_zone", "invalid_opening_hours", "zone_in_use"],
      handle: ({ params, body, caller }) => save(caller, { ...body, locationId: params.locationId }),
    }),
    defineRoute({
      method: "PATCH",
      path: "/v1/locations/:locationId",
      tag: TAG,
      summary: "Change some of a location's fields; `zones` is replaced whole",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      body: patchSchema(bodySchema),
      answer: { schema: locationSchema, description: "The location as stored" },
      problems: ["location_not_found", "invalid_time_zone", "invalid_opening_hours", "zone_in_use"],
      handle: async ({ params, body, caller }) => {
        const merged = locationSchema.parse({ ...(await find(params.locationId)), ...body });
        return await save(caller, { ...merged, locationId: params.locationId });
      },
    }),
  ];
}

function assertTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) throw new HttpProblem("invalid_time_zone", `"${timeZone}" is not known.`);
}

/** Hours that nobody can read would make every time of a pickup a guess. Empty: nobody knows. */
function assertOpeningHours(text: string): void {
  const parsed = parseOpeningHours(text);
  if (parsed.ok || text.trim() === "") return;
  throw new HttpProblem("invalid_opening_hours", `"${text}" is not stored: ${parsed.detail}.`);
}

/** A zone that a reader looks at must stay: its reads would have no place. */
async function assertZonesFree(readers: ReaderStore, location: Location): Promise<void> {
  const zones = new Set(location.zones.map((zone) => zone.zoneId));
  const inTheWay = (await readers.loadAssigned())
    .filter((reader) => reader.locationId === location.locationId)
    .filter((reader) =>
      [reader.defaultZoneId, ...Object.values(reader.antennas)].some(
        (zone) => zone !== null && !zones.has(zone),
      ),
    )
    .map((reader) => reader.readerId);
  if (inTheWay.length === 0) return;
  throw new HttpProblem(
    "zone_in_use",
    `Readers of ${location.locationId} use zones that are not in the list.`,
    {
      readers: inTheWay,
    },
  );
}
