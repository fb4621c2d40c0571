import type { AvailabilityItem } from "../availability/availability-item.ts";
import type { FeedSettings } from "./feed-settings.ts";
import type { LocalAvailability, LocalInventoryRow, PickupMethod, PickupSla } from "./local-inventory.ts";

/** A store of the feed, and what it says of pickup there: null where nothing is. */
export type FeedPlace = {
  locationId: string;
  storeCode: string;
  pickup: { method: PickupMethod; sla: PickupSla | "" } | null;
};

/** What the feed says of a product at a store, from the same answer that a storefront is given. */
export function toLocalInventoryRow(
  product: { id: string; price: string },
  place: FeedPlace,
  item: Pick<AvailabilityItem, "available" | "isCapped" | "reasonCode">,
  settings: Pick<FeedSettings, "limitedBelow" | "sendsDisplayToOrder">,
): LocalInventoryRow {
  const pickup = item.available > 0 ? place.pickup : null;
  return {
    storeCode: place.storeCode,
    id: product.id,
    quantity: item.available,
    price: product.price,
    availability: availabilityOf(item, settings),
    pickupMethod: pickup?.method ?? "",
    pickupSla: pickup?.sla ?? "",
  };
}

/** More may be there than a capped number says, so it is never `limited_availability`. */
function availabilityOf(
  item: Pick<AvailabilityItem, "available" | "isCapped" | "reasonCode">,
  settings: Pick<FeedSettings, "limitedBelow" | "sendsDisplayToOrder">,
): LocalAvailability {
  if (item.available > 0) {
    return item.available < settings.limitedBelow && !item.isCapped ? "limited_availability" : "in_stock";
  }
  return settings.sendsDisplayToOrder && item.reasonCode === "display_only"
    ? "on_display_to_order"
    : "out_of_stock";
}
