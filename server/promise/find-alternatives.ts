import { type Location, locationSchema } from "../../domain/location.ts";
import { rankAlternatives } from "../../domain/promise/rank-alternatives.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { Projection } from "../projection/projection.ts";
import type { FindAlternatives } from "../reservations/find-alternatives.ts";
import type { PromisePlaces } from "./promise-places.ts";
import type { WorkOf } from "./store-pace.ts";

const MAX_ALTERNATIVES = 5;

/** Other locations that have a missed product, by distance, readiness and how sure it is. O(locations). */
export function createRankedAlternatives(deps: {
  places: PromisePlaces;
  workOf: WorkOf;
  projection: Projection;
  reader: AvailabilityReader;
  nowMs(): number;
}): FindAlternatives {
  const { places, projection, reader } = deps;
  /** Stock at a location that nobody described is stock too. */
  const undescribed = new Map<string, Location>();

  function locationOf(locationId: string): Location {
    const known = places.find(locationId) ?? undescribed.get(locationId);
    if (known !== undefined) return known;
    const made = locationSchema.parse({ locationId, name: locationId });
    undescribed.set(locationId, made);
    return made;
  }

  return ({ locationId: missedAt, gtin, quantity }, wish) =>
    rankAlternatives({
      missedAt: places.find(missedAt),
      quantity,
      locations: projection
        .table()
        .locationIds.filter((locationId) => locationId !== missedAt)
        .map(locationOf),
      settings: places.settings(),
      atMs: deps.nowMs(),
      limit: MAX_ALTERNATIVES,
      calendarOf: places.calendarOf,
      workOf: deps.workOf,
      availableAt: (locationId) => reader.unitsFor(locationId, gtin, wish),
      confidenceOf: (locationId, units) =>
        reader.itemOf(locationId, gtin, { ...wish, quantity: units, confidence: null }).confidence,
    });
}
