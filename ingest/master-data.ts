import { z } from "zod";
import { type ZoneKind, zoneSchema } from "../domain/location.ts";
import type { Database } from "../sql/database.ts";
import { loadQuery } from "../sql/load-query.ts";

/** Where a read happened. */
export type Place = { zoneId: string; zoneKind: ZoneKind };

/** What ingest needs to know of locations, readers and products: a copy in memory of what the server owns. */
export type MasterData = {
  /** Reads the tables again. The old copy answers until the new one is complete. */
  reload(): Promise<void>;
  /** The zone that an antenna looks at; null when the reader, the antenna or the location is not known yet. */
  placeOf(locationId: string, readerId: string, antenna: number): Place | null;
  isAssignedReader(locationId: string, readerId: string): boolean;
  isKnownLocation(locationId: string): boolean;
  /** `gtin` is the number of a GTIN-14. */
  isKnownProduct(gtin: number): boolean;
};

type ReaderPlaces = { byAntenna: Map<number, Place>; fallback: Place | null };
type Copy = { locations: Set<string>; readers: Map<string, ReaderPlaces>; products: Set<number> };

const locationRow = z.object({ location_id: z.string(), zones: z.string() });
const readerRow = z.object({
  location_id: z.string(),
  reader_id: z.string(),
  default_zone_id: z.string(),
  antennas: z.string(),
});
const productRow = z.object({ gtin: z.number() });

export function createMasterData(deps: { db: Database }): MasterData {
  let copy: Copy = { locations: new Set(), readers: new Map(), products: new Set() };
  return {
    async reload() {
      copy = await readCopy(deps.db);
    },
    placeOf(locationId, readerId, antenna) {
      const reader = copy.readers.get(readerKey(locationId, readerId));
      return reader === undefined ? null : (reader.byAntenna.get(antenna) ?? reader.fallback);
    },
    isAssignedReader(locationId, readerId) {
      return copy.readers.has(readerKey(locationId, readerId));
    },
    isKnownLocation(locationId) {
      return copy.locations.has(locationId);
    },
    isKnownProduct(gtin) {
      return copy.products.has(gtin);
    },
  };
}

function readerKey(locationId: string, readerId: string): string {
  return `${locationId}/${readerId}`;
}

async function readCopy(db: Database): Promise<Copy> {
  const locations = await db.query({
    name: "ingest/load-locations",
    sql: loadQuery("ingest/load-locations"),
    row: locationRow,
  });
  const zonesOf = new Map<string, Map<string, Place>>();
  for (const { location_id, zones } of locations) {
    const places = new Map<string, Place>();
    for (const zone of z.array(zoneSchema).parse(JSON.parse(zones || "[]"))) {
      places.set(zone.zoneId, { zoneId: zone.zoneId, zoneKind: zone.kind });
    }
    zonesOf.set(location_id, places);
  }
  const readers = new Map<string, ReaderPlaces>();
  for (const row of await db.query({
    name: "ingest/load-readers",
    sql: loadQuery("ingest/load-readers"),
    row: readerRow,
  })) {
    const places = zonesOf.get(row.location_id);
    if (places === undefined) continue;
    const byAntenna = new Map<number, Place>();
    for (const [antenna, zoneId] of Object.entries(
      z.record(z.string(), z.string()).parse(JSON.parse(row.antennas || "{}")),
    )) {
      const place = places.get(zoneId);
      if (place !== undefined) byAntenna.set(Number(antenna), place);
    }
    readers.set(readerKey(row.location_id, row.reader_id), {
      byAntenna,
      fallback: places.get(row.default_zone_id) ?? null,
    });
  }
  const products = new Set<number>();
  for await (const rows of db.stream({
    name: "ingest/load-products",
    sql: loadQuery("ingest/load-products"),
    row: productRow,
  })) {
    for (const { gtin } of rows) products.add(gtin);
  }
  return { locations: new Set(zonesOf.keys()), readers, products };
}
