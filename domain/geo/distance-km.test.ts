import { expect, test } from "vitest";
import { distanceKm } from "./distance-km.ts";

// Published: Movable Type Scripts, "Calculate distance, bearing and more" (968.9 km); Wikipedia, great-circle distance of
// Nashville and Los Angeles airports (2,886.45 km on a sphere of 6,371.009 km).
test.each([
  ["Land's End to John o' Groats", [50.0664, -5.7147], [58.6439, -3.07], 968.9],
  ["Nashville to Los Angeles", [36.12, -86.67], [33.94, -118.4], 2886.45],
  ["a quarter of the equator", [0, 0], [0, 90], 10_007.6],
  ["over the date line", [0, 179.5], [0, -179.5], 111.2],
  ["from pole to pole", [90, 0], [-90, 120], 20_015.1],
  ["nowhere", [52.5, 13.4], [52.5, 13.4], 0],
] as const)("%s", (_name, [fromLatitude, fromLongitude], [toLatitude, toLongitude], expected) => {
  const from = { latitude: fromLatitude, longitude: fromLongitude };
  const to = { latitude: toLatitude, longitude: toLongitude };
  expect(Math.abs(distanceKm(from, to) - expected)).toBeLessThan(0.1);
  expect(distanceKm(to, from)).toBeCloseTo(distanceKm(from, to), 9);
});
