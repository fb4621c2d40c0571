import { NO_MAPPINGS } from "../../../ingest/adapters/mapping/reader-mappings.ts";
import type { Location } from "../../../domain/location.ts";
import type { Product } from "../../../domain/product.ts";
import type { Reader } from "../../../domain/reader.ts";
import { NearRules } from "../../../domain/tracking/near-rules.ts";
import type { ReadPointSettings } from "../../../domain/tracking/tracking-settings.ts";
import type { MasterData, Place } from "../../../ingest/master-data.ts";

/** The master data of a simulation as ingest asks for them. */
export function fixedMasterData(options: {
  locations: readonly Location[];
  products: readonly Product[];
  readers: readonly Reader[];
  readPoints: readonly ReadPointSettings[];
}): MasterData {
  const products = new Set(options.products.map(({ gtin }) => Number(gtin)));
  const locations = new Set(options.locations.map(({ locationId }) => locationId));
  const rules = new NearRules(options.readPoints);
  const places = new Map<string, Place>();
  const readers = new Set<string>();
  for (const reader of options.readers) {
    const { locationId, readerId } = reader;
    readers.add(`${locationId}/${readerId}`);
    const zones = options.locations.find((location) => location.locationId === locationId)?.zones ?? [];
    for (const [antenna, zoneId] of Object.entries(reader.antennas)) {
      const zone = zones.find((candidate) => candidate.zoneId === zoneId);
      if (zone === undefined) continue;
      const near = rules.at(locationId, readerId, Number(antenna));
      places.set(`${locationId}/${readerId}/${antenna}`, { zoneId, zoneKind: zone.kind, near });
    }
  }
  return {
    reload: async () => ({ gtins: [], tags: [] }),
    placeOf: (locationId, readerId, antenna) => places.get(`${locationId}/${readerId}/${antenna}`) ?? null,
    isAssignedReader: (locationId, readerId) => readers.has(`${locationId}/${readerId}`),
    isGateway: () => false,
    mappingsOf: () => NO_MAPPINGS,
    isKnownLocation: (locationId) => locations.has(locationId),
    isKnownProduct: (gtin) => products.has(gtin),
    productOfTag: () => 0,
  };
}
