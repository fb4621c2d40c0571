import { type FulfilmentFact, filterPlaced, isPickup, type PickupFilter } from "./pickup-facts.ts";
import { groupBy, ratioOf } from "./sale-line.ts";

/** P1: online orders with something to be picked up ÷ online orders. */
export function pickupRate(
  facts: readonly FulfilmentFact[],
  filter: PickupFilter,
  storeChannels: readonly string[],
) {
  const online = filterPlaced(facts, filter).filter(({ channel }) => !storeChannels.includes(channel));
  const orders = [...groupBy(online, ({ orderId }) => orderId).values()];
  const pickups = orders.filter((parts) => parts.some(isPickup)).length;
  return {
    online_orders: orders.length,
    pickup_orders: pickups,
    pickup_rate: ratioOf(pickups, orders.length),
  };
}
