import type { Location } from "../../../domain/location.ts";

/** Names of locations and zones by their ids; the id where there is no name. */
export type PlaceNames = {
  location(id: string): string;
  zone(locationId: string, zoneId: string): string;
};

export function placeNames(locations: readonly Location[]): PlaceNames {
  const byId = new Map(locations.map((each) => [each.locationId, each]));
  return {
    location: (id) => byId.get(id)?.name ?? id,
    zone: (locationId, zoneId) =>
      byId.get(locationId)?.zones.find((zone) => zone.zoneId === zoneId)?.name ?? zoneId,
  };
}
