import type { DemoPeople } from "./demo-people.ts";
import { runLooks } from "./demo-looks.ts";
import { runMisses } from "./demo-misses.ts";
import { setOffers } from "./demo-offers.ts";
import { runReturns } from "./demo-returns.ts";
import { runOrderShoppers } from "./order-shoppers.ts";
import { runOrderStaff } from "./order-staff.ts";

/**
 * All that shoppers and staff of the demo do about orders, until the signals of both. `stopped` says who ended by a fault; the others
 * go on.
 */
export async function runDemoOrders(deps: {
  shoppers: DemoPeople;
  staff: DemoPeople;
  stopped(who: string): (error: unknown) => void;
}): Promise<void> {
  const { shoppers, staff, stopped } = deps;
  await setOffers(shoppers.calls).catch(stopped("offers"));
  await Promise.all([
    runOrderShoppers(shoppers).catch(stopped("orders")),
    runReturns(shoppers).catch(stopped("returns")),
    runMisses(shoppers).catch(stopped("misses")),
    runLooks(shoppers).catch(stopped("looks for doubtful units")),
    runOrderStaff(staff, stopped("work on a task")).catch(stopped("staff")),
  ]);
}
