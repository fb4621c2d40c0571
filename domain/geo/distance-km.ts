/** Mean radius of the earth, km (IUGG). */
const EARTH_RADIUS_KM = 6371.0088;

/** WGS 84 degrees. */
export type Place = { latitude: number; longitude: number };

/** Great-circle distance, km, by the haversine formula: within 0.5 % of that on the ellipsoid. */
export function distanceKm(from: Place, to: Place): number {
  const radians = Math.PI / 180;
  const halfLatitude = ((to.latitude - from.latitude) * radians) / 2;
  const halfLongitude = ((to.longitude - from.longitude) * radians) / 2;
  const a =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians) * Math.sin(halfLongitude) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a)));
}
