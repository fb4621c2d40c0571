import { groupBy, ratioOf } from "./sale-line.ts";

/** An item that can be sold, in a store with a sales floor. */
export type StandingItem = { locationId: string; gtin: number; isOnFloor: boolean };

/** I9: SKUs with at least one unit on the sales floor ÷ SKUs with at least one unit in the store. */
export function shelfAvailability(items: readonly StandingItem[]) {
  const skus = [...groupBy(items, ({ locationId, gtin }) => `${locationId}/${gtin}`).values()];
  const shown = skus.filter((units) => units.some(({ isOnFloor }) => isOnFloor)).length;
  return {
    skus_in_store: skus.length,
    skus_on_floor: shown,
    shelf_availability: ratioOf(shown, skus.length),
    backroom_only_skus: skus.length - shown,
    units_in_store: items.length,
    units_on_floor: items.filter(({ isOnFloor }) => isOnFloor).length,
  };
}
