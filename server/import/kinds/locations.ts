import { z } from "zod";
import { idSchema } from "../../../domain/identifiers.ts";
import { glnSchema, LOCATION_KINDS, type ZoneKind, zoneSchema } from "../../../domain/location.ts";
import { refuse, type Result } from "../../../domain/result.ts";
import { isTimeZone } from "../../../domain/time-zone/local-clock.ts";
import type { Cell } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import { createKeyCounter } from "../key-counter.ts";
import type { ImportContext, KindImporter } from "../kind-importer.ts";
import type { SourceRow } from "../read-rows.ts";
import { readForeignId, readNumber } from "../read-values.ts";
import { storeChanges } from "../store-changes.ts";
import { readPickup, readPublicHolidays } from "./location-pickup.ts";

const FIELDS = {
  aliases: {
    locationId: ["id", "location", "storeid", "store", "osmid", "storenumber"],
    name: ["locationname", "storename"],
    kind: ["type"],
    latitude: ["lat"],
    longitude: ["lon", "lng", "long"],
    address: [],
    street: [],
    houseNumber: ["housenumber"],
    postcode: ["postalcode", "zip", "zipcode"],
    city: ["town"],
    openingHours: ["hours"],
    timeZone: ["timezone", "tz"],
    currency: [],
    gln: ["globallocationnumber"],
    zones: [],
    publicHolidays: ["holidays"],
    pickup: [],
  },
  required: [["locationId"], ["name"]],
};

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
] as const;

const storedSchema = z.object({
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
  zones: z.string(),
  public_holidays: z.string(),
  pickup: z.string(),
  is_deleted: z.number(),
});
type Stored = z.infer<typeof storedSchema>;
/** What the file says; null where it says nothing: then a stored location keeps its own. */
type Entry = {
  [Column in keyof Omit<Stored, "is_deleted">]: Stored[Column] | null;
} & {
  location_id: string;
};

/**
 * Stores and warehouses. Foreign ids are made into ours: each run of characters other than A-Z a-z 0-9 . _ - becomes
 * one `-`, so OpenStreetMap's `node/100` is `node-100`.
 */
export function createLocationImporter({ db, options, nowMs }: ImportContext): KindImporter<Entry> {
  const seen = createKeyCounter();
  const defaultZones = JSON.stringify(options.zones.map(toZone));

  function parse({ fields }: SourceRow): Result<Entry> {
    const id = toLocationId(fields["locationId"] ?? "");
    if (!id.ok) return id;
    const latitude = fields["latitude"] === undefined ? null : readNumber(fields["latitude"], -90, 90);
    if (latitude?.ok === false) return latitude;
    const longitude = fields["longitude"] === undefined ? null : readNumber(fields["longitude"], -180, 180);
    if (longitude?.ok === false) return longitude;
    const kind = fields["kind"] ?? null;
    if (kind !== null && !LOCATION_KINDS.some((known) => known === kind)) {
      return refuse("invalid_kind", `"${kind}" is not a kind of location: ${LOCATION_KINDS.join(", ")}`);
    }
    const timeZone = fields["timeZone"] ?? options.timeZone ?? null;
    if (timeZone !== null && !isTimeZone(timeZone)) {
      return refuse("invalid_time_zone", `"${timeZone}" is not a time zone such as Europe/Berlin`);
    }
    const currency = fields["currency"] ?? options.currency ?? null;
    if (currency !== null && !/^[A-Z]{3}$/.test(currency)) {
      return refuse("invalid_currency", `"${currency}" is not a currency such as EUR`);
    }
    const gln = glnSchema.safeParse(fields["gln"] ?? "");
    if (!gln.success)
      return refuse("invalid_gln", `"${fields["gln"]}" is not a GLN of 13 digits that check out`);
    const zones = readZones(fields["zones"]);
    if (!zones.ok) return zones;
    const holidays = readPublicHolidays(fields["publicHolidays"]);
    if (!holidays.ok) return holidays;
    const pickup = readPickup(fields["pickup"]);
    if (!pickup.ok) return pickup;
    const name = fields["name"];
    if (name === undefined) return refuse("missing_value", "the location has no name");
    const address = addressOf(fields);
    if (name.length > 200 || (address?.length ?? 0) > 500 || (fields["openingHours"]?.length ?? 0) > 500) {
      return refuse("too_long", "a name has at most 200 characters, an address and opening hours 500");
    }
    if (seen.next(id.value) > 1) {
      return refuse(
        "duplicate_in_file",
        `an earlier row of the file is ${id.value} already; the first one counts`,
      );
    }
    return {
      ok: true,
      value: {
        location_id: id.value,
        name,
        kind,
        latitude: latitude?.value ?? null,
        longitude: longitude?.value ?? null,
        address,
        opening_hours: fields["openingHours"] ?? null,
        time_zone: timeZone,
        currency,
        gln: fields["gln"] ?? null,
        zones: zones.value,
        public_holidays: holidays.value,
        pickup: pickup.value,
      },
    };
  }

  return {
    fields: FIELDS,
    start: async () => {},
    parse,
    write: async (chunk) => {
      const rows = await db.query({
        name: "import/locations-by-id",
        sql: loadQuery("import/locations-by-id"),
        params: { location_ids: chunk.map(({ entry }) => entry.location_id) },
        row: storedSchema,
      });
      const stored = new Map<Cell, Stored>(rows.map((row) => [row.location_id, row]));
      const cells = chunk.map(({ entry }) => toCells(entry, stored.get(entry.location_id), defaultZones));
      const target = {
        name: "import/locations",
        table: "locations",
        columns: COLUMNS,
        version: nowMs() * 1000,
      };
      const counts = await storeChanges(db, target, cells, ([id = null]) => {
        const known = stored.get(id);
        return known === undefined ? undefined : COLUMNS.map((column) => known[column]);
      });
      return { ...counts, refused: [] };
    },
  };
}

function toCells(entry: Entry, stored: Stored | undefined, defaultZones: string): Cell[] {
  const storedZones =
    stored === undefined || stored.zones === "[]" || stored.zones === "" ? null : stored.zones;
  return [
    entry.location_id,
    entry.name,
    entry.kind ?? stored?.kind ?? "store",
    entry.latitude ?? stored?.latitude ?? null,
    entry.longitude ?? stored?.longitude ?? null,
    entry.address ?? stored?.address ?? "",
    entry.opening_hours ?? stored?.opening_hours ?? "",
    entry.time_zone ?? stored?.time_zone ?? "UTC",
    entry.currency ?? stored?.currency ?? "EUR",
    entry.gln ?? stored?.gln ?? "",
    entry.zones ?? storedZones ?? defaultZones,
    entry.public_holidays ?? stored?.public_holidays ?? "[]",
    entry.pickup ?? stored?.pickup ?? "{}",
    0,
  ];
}

/** A foreign id as one of ours; refuses `invalid_id` when nothing is left or it is too long. */
export function toLocationId(text: string): Result<string> {
  const id = readForeignId(text)
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const parsed = idSchema.safeParse(id);
  if (parsed.success) return { ok: true, value: parsed.data };
  return refuse("invalid_id", `"${text}" cannot be a location's id: 1 to 64 of A-Z a-z 0-9 . _ - are needed`);
}

function addressOf(fields: Readonly<Record<string, string>>): string | null {
  if (fields["address"] !== undefined) return fields["address"];
  const street = [fields["street"], fields["houseNumber"]].filter((part) => part !== undefined).join(" ");
  const town = [fields["postcode"], fields["city"]].filter((part) => part !== undefined).join(" ");
  const address = [street, town].filter((part) => part !== "").join(", ");
  return address === "" ? null : address;
}

function readZones(text: string | undefined): Result<string | null> {
  if (text === undefined) return { ok: true, value: null };
  try {
    return { ok: true, value: JSON.stringify(z.array(zoneSchema).max(200).parse(JSON.parse(text))) };
  } catch {
    return refuse("invalid_zones", "zones are a JSON array of {zoneId, name, kind}");
  }
}

function toZone(kind: ZoneKind): z.infer<typeof zoneSchema> {
  const words = kind.replaceAll("_", " ");
  return { zoneId: kind.replaceAll("_", "-"), name: words.charAt(0).toUpperCase() + words.slice(1), kind };
}
