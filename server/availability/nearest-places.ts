import type { Near } from "../../domain/availability/availability-item.ts";
import { distanceKm } from "../../domain/geo/distance-km.ts";

/** Where a location is; null where nobody said. */
export type KnownCoordinates = { locationId: string; latitude: number | null; longitude: number | null };

/** The nearest locations within the radius, at most `limit`, the nearest first; distances in km with one digit. */
export function nearestPlaces(places: readonly KnownCoordinates[], near: Near) {
  const here = { latitude: near.lat, longitude: near.lon };
  const found: { locationId: string; distanceKm: number }[] = [];
  for (const { locationId, latitude, longitude } of places) {
    if (latitude === null || longitude === null) continue;
    const away = distanceKm(here, { latitude, longitude });
    if (away <= near.radiusKm) found.push({ locationId, distanceKm: away });
  }
  return found
    .sort((a, b) => a.distanceKm - b.distanceKm)
    .slice(0, near.limit)
    .map((one) => ({ locationId: one.locationId, distanceKm: Math.round(one.distanceKm * 10) / 10 }));
}
