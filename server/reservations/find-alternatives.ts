import type { Alternative } from "../../domain/reservations/reservation.ts";
import type { AvailabilityWish } from "../availability/availability-reader.ts";
import type { Projection } from "../projection/projection.ts";

const MAX_ALTERNATIVES = 5;

/** What could not be held somewhere, and for whom. */
export type MissedUnits = { locationId: string; gtin: number; quantity: number };

/** Where else a missed line could be served from, best first. Answers at once: it is asked within a refusal. */
export type FindAlternatives = (missed: MissedUnits, wish: AvailabilityWish) => Alternative[];

/** Other locations that have the product, those with most of it first. O(locations). */
export function createFindAlternatives(deps: {
  projection: Projection;
  availableOf(locationId: string, gtin: number, wish: AvailabilityWish): number;
}): FindAlternatives {
  return ({ locationId: missedAt, gtin }, wish) => {
    const found: Alternative[] = [];
    for (const locationId of deps.projection.table().locationIds) {
      if (locationId === missedAt) continue;
      const available = deps.availableOf(locationId, gtin, wish);
      if (available <= 0) continue;
      found.push({
        locationId,
        available,
        confidence: null,
        distanceKm: null,
        readyAt: null,
        method: "pickup",
      });
    }
    return found
      .sort((one, other) => other.available - one.available || (one.locationId < other.locationId ? -1 : 1))
      .slice(0, MAX_ALTERNATIVES);
  };
}
