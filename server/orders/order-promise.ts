import type { PromiseOf } from "../../domain/orders/decisions/order-decision.ts";
import { UNREADY_HOLD_MS } from "../../domain/orders/decisions/place.ts";
import { isCollected } from "../../domain/orders/decisions/store-steps.ts";
import { pickupReadyAt } from "../../domain/opening-hours/pickup-ready.ts";
import type { PromisePlaces } from "../promise/promise-places.ts";
import type { WorkOf } from "../promise/store-pace.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Of a location that nobody described. */
const DEFAULT_HOLD_HOURS = 72;

/**
 * When an order is ready, by the location's opening hours, its lead time for pickup or the company's for packing, how long its orders took
 * lately and how many are ahead; and how long
 * goods are kept then. Null where nobody described the location, or nobody knows its hours.
 */
export function createOrderPromise(deps: { places: PromisePlaces; workOf: WorkOf }): PromiseOf {
  const { places, workOf } = deps;
  return (locationId, method, placedMs) => {
    const location = places.find(locationId);
    const isFetched = isCollected({ method });
    const hours = location?.pickup.holdHours ?? DEFAULT_HOLD_HOURS;
    const keptMs = isFetched ? hours * HOUR_MS : UNREADY_HOLD_MS;
    if (method === "carry_out") return { readyAt: new Date(placedMs).toISOString(), keptMs };
    if (location === null) return { readyAt: null, keptMs };
    // A courier's parcel is packed as one that is shipped.
    const { minutes: leadMinutes } = workOf(location, method === "delivery" ? "ship_from_store" : method);
    const lastOrderMinutes = isFetched ? location.pickup.lastOrderMinutes : 0;
    const calendar = places.calendarOf(location);
    const atMs =
      calendar === null
        ? placedMs + leadMinutes * MINUTE_MS
        : pickupReadyAt(calendar, { leadMinutes, lastOrderMinutes }, placedMs);
    return { readyAt: atMs === null ? null : new Date(atMs).toISOString(), keptMs };
  };
}
