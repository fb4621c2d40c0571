import { z } from "zod";
import { identityOfEpc } from "../domain/epc/identity.ts";
import { type ZoneKind, zoneSchema } from "../domain/location.ts";
import { NearRules } from "../domain/tracking/near-rules.ts";
import type { NearRule } from "../domain/tracking/placed-read.ts";
import type { TrackingConfiguration } from "../domain/tracking/tracking-configuration.ts";
import type { TrackingOverrides } from "../domain/tracking/tracking-settings.ts";
import type { Database } from "../sql/database.ts";
import { loadQuery } from "../sql/load-query.ts";
import {
  createReaderMappings,
  type MappingsOfReader,
  type ReaderMappings,
} from "./adapters/mapping/reader-mappings.ts";
import { loadReaderMappings } from "./load-reader-mappings.ts";
import { loadTrackingConfiguration } from "./load-tracking-configuration.ts";
import { type NewlyKnown, newlyKnown } from "./newly-known.ts";

/** Where a read happened, and what its read point takes for near. */
export type Place = { zoneId: string; zoneKind: ZoneKind; near: NearRule | null };

/** What ingest needs to know of locations, readers and products: a copy in memory of what the server owns. */
export type MasterData = {
  /** Reads the tables again. The old copy answers until the new one is complete. @returns what is known only since then */
  reload(): Promise<NewlyKnown | null>;
  /** The zone that an antenna looks at; null when the reader, the antenna or the location is not known yet. */
  placeOf(locationId: string, readerId: string, antenna: number): Place | null;
  isAssignedReader(locationId: string, readerId: string): boolean;
  /** True where several readers speak on the reader's topic: reads belong to the reader that each names. */
  isGateway(locationId: string, readerId: string): boolean;
  /** The mappings to ask about a reader's messages. */
  mappingsOf(locationId: string, readerId: string): MappingsOfReader;
  isKnownLocation(locationId: string): boolean;
  /** `gtin` is the number of a GTIN-14. */
  isKnownProduct(gtin: number): boolean;
  /** The product (number of a GTIN-14) that a tag is mapped to which names none itself; 0 when it is not mapped. */
  productOfTag(epcHex: string): number;
};

/** The number of no antenna: of a read that names none. */
const NO_ANTENNA = -1;

type ReaderPlaces = { byAntenna: Map<number, Place>; fallback: Place | null; isGateway: boolean };
type Copy = {
  locations: Set<string>;
  readers: Map<string, ReaderPlaces>;
  hasGateways: boolean;
  mappings: ReaderMappings;
  products: Set<number>;
  /** Product by the key of a foreign tag. */
  tags: Map<string, number>;
  tracking: TrackingConfiguration;
};

const locationRow = z.object({ location_id: z.string(), zones: z.string() });
const readerRow = z.object({
  location_id: z.string(),
  reader_id: z.string(),
  default_zone_id: z.string(),
  antennas: z.string(),
  is_gateway: z.number(),
});
const productRow = z.object({ gtin: z.number() });
const tagRow = z.object({ identity: z.string(), gtin: z.number() });

export type MasterDataDeps = {
  db: Database;
  /** The company's settings of tracking below those that people set. */
  baseTracking: TrackingOverrides;
  /** Called in the step in which a new copy begins to answer: nothing is taken in between. */
  onReloaded(tracking: TrackingConfiguration, locationIds: ReadonlySet<string>): void;
};

export function createMasterData(deps: MasterDataDeps): MasterData {
  const tracking: TrackingConfiguration = { base: deps.baseTracking, overrides: [], readPoints: [] };
  let copy: Copy = {
    locations: new Set(),
    readers: new Map(),
    hasGateways: false,
    mappings: createReaderMappings([]),
    products: new Set(),
    tags: new Map(),
    tracking,
  };
  return {
    async reload() {
      const before = copy;
      copy = await readCopy(deps.db, deps.baseTracking);
      deps.onReloaded(copy.tracking, copy.locations);
      return newlyKnown(before, copy);
    },
    placeOf(locationId, readerId, antenna) {
      const reader = copy.readers.get(readerKey(locationId, readerId));
      return reader === undefined ? null : (reader.byAntenna.get(antenna) ?? reader.fallback);
    },
    isAssignedReader(locationId, readerId) {
      return copy.readers.has(readerKey(locationId, readerId));
    },
    isGateway(locationId, readerId) {
      return copy.hasGateways && copy.readers.get(readerKey(locationId, readerId))?.isGateway === true;
    },
    mappingsOf: (locationId, readerId) => copy.mappings.of(locationId, readerId),
    isKnownLocation(locationId) {
      return copy.locations.has(locationId);
    },
    isKnownProduct(gtin) {
      return copy.products.has(gtin);
    },
    productOfTag(epcHex) {
      return copy.tags.size === 0 ? 0 : (copy.tags.get(identityOfEpc(epcHex)) ?? 0);
    },
  };
}

function readerKey(locationId: string, readerId: string): string {
  return `${locationId}/${readerId}`;
}

async function readCopy(db: Database, baseTracking: TrackingOverrides): Promise<Copy> {
  const tracking = await loadTrackingConfiguration(db, baseTracking);
  const rules = new NearRules(tracking.readPoints);
  const locations = await db.query({
    name: "ingest/load-locations",
    sql: loadQuery("ingest/load-locations"),
    row: locationRow,
  });
  const zonesOf = new Map<string, Map<string, Omit<Place, "near">>>();
  for (const { location_id, zones } of locations) {
    const places = new Map<string, Omit<Place, "near">>();
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
    const { location_id: locationId, reader_id: readerId } = row;
    const byAntenna = new Map<number, Place>();
    const look = (antenna: number, zoneId: string) => {
      const place = places.get(zoneId);
      const near = rules.at(locationId, readerId, antenna);
      if (place !== undefined) byAntenna.set(antenna, { ...place, near });
    };
    // An antenna without a zone of its own may have a rule of its own.
    for (const point of tracking.readPoints) {
      if (point.locationId !== locationId || point.readerId !== readerId || point.antenna === null) continue;
      look(point.antenna, row.default_zone_id);
    }
    for (const [antenna, zoneId] of Object.entries(
      z.record(z.string(), z.string()).parse(JSON.parse(row.antennas || "{}")),
    )) {
      look(Number(antenna), zoneId);
    }
    const fallback = places.get(row.default_zone_id);
    readers.set(readerKey(locationId, readerId), {
      byAntenna,
      fallback:
        fallback === undefined ? null : { ...fallback, near: rules.at(locationId, readerId, NO_ANTENNA) },
      isGateway: row.is_gateway === 1,
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
  const tags = new Map<string, number>();
  for await (const rows of db.stream({
    name: "ingest/load-tag-mappings",
    sql: loadQuery("ingest/load-tag-mappings"),
    row: tagRow,
  })) {
    for (const { identity, gtin } of rows) tags.set(identity, gtin);
  }
  return {
    locations: new Set(zonesOf.keys()),
    readers,
    hasGateways: [...readers.values()].some((reader) => reader.isGateway),
    mappings: createReaderMappings(await loadReaderMappings(db)),
    products,
    tags,
    tracking,
  };
}
