import {
  CLOSED,
  type FulfilmentFact,
  filterPlaced,
  isPickup,
  isReadyOnTime,
  type PickupFilter,
} from "./pickup-facts.ts";
import { quantileOf, ratioOf } from "./sale-line.ts";

const MINUTE_MS = 60_000;

/**
 * P2 to P5 of pickups and curbside pickups. `openMinutesBetween`: opening hours of a location between two instants, null where they
 * are not known.
 */
export function pickupService(
  facts: readonly FulfilmentFact[],
  filter: PickupFilter,
  at: {
    nowMs: number;
    openMinutesBetween(locationId: string, fromMs: number, toMs: number): number | null;
  },
) {
  const pickups = filterPlaced(facts, filter).filter(isPickup);
  const closed = pickups.filter(({ status }) => CLOSED.has(status));
  const collected = closed.filter(({ collectedAtMs }) => collectedAtMs !== null).length;
  const noShows = closed.filter(({ noShowAtMs }) => noShowAtMs !== null).length;
  const minutes = (fromMs: number | null, toMs: number | null): number[] =>
    fromMs === null || toMs === null ? [] : [(toMs - fromMs) / MINUTE_MS];
  const toReady = pickups.flatMap(({ placedAtMs, readyAtMs }) => minutes(placedAtMs, readyAtMs));
  const openToReady = pickups.flatMap(({ locationId, placedAtMs, readyAtMs }) => {
    const open = readyAtMs === null ? null : at.openMinutesBetween(locationId, placedAtMs, readyAtMs);
    return open === null ? [] : [open];
  });
  const promised = pickups.flatMap((fact) => isReadyOnTime(fact, at.nowMs) ?? []);
  const onTime = promised.filter((isOnTime) => isOnTime).length;
  const inStore = pickups.filter(({ method }) => method === "pickup");
  const atCar = pickups.filter(({ method }) => method === "curbside");
  const storeWaits = inStore.flatMap(({ readyAtMs, collectedAtMs }) => minutes(readyAtMs, collectedAtMs));
  const carWaits = atCar.flatMap(({ arrivedAtMs, collectedAtMs }) => minutes(arrivedAtMs, collectedAtMs));
  return {
    pickups: pickups.length,
    closed: closed.length,
    collected,
    completion: ratioOf(collected, closed.length),
    no_shows: noShows,
    no_show_rate: ratioOf(noShows, closed.length),
    ready: toReady.length,
    to_ready_p50: quantileOf(toReady, 0.5),
    to_ready_p90: quantileOf(toReady, 0.9),
    open_ready: openToReady.length,
    open_to_ready_p50: quantileOf(openToReady, 0.5),
    open_to_ready_p90: quantileOf(openToReady, 0.9),
    promised: promised.length,
    ready_on_time: onTime,
    ready_on_time_rate: ratioOf(onTime, promised.length),
    store_wait_p50: quantileOf(storeWaits, 0.5),
    store_wait_p90: quantileOf(storeWaits, 0.9),
    car_wait_p50: quantileOf(carWaits, 0.5),
    car_wait_p90: quantileOf(carWaits, 0.9),
  };
}
