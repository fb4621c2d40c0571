import type { OrderEvent } from "../../domain/orders/order-event.ts";
import { isHolding } from "../../domain/orders/order-units.ts";
import type { FulfilmentAt } from "./order-desk.ts";

const MAX_VEHICLES = 10_000;

/**
 * What customers who wait outside said of their vehicles. A number plate names a person, so it is in no log and no table: it is known
 * here until the goods are handed over, or until the server stops.
 */
export function createVehicles() {
  const vehicles = new Map<string, string>();
  const nameOf = ({ orderId, fulfilmentId }: FulfilmentAt) => `${orderId} ${fulfilmentId}`;
  return {
    note(at: FulfilmentAt, vehicle: string): void {
      if (vehicles.size >= MAX_VEHICLES) {
        const oldest = vehicles.keys().next();
        if (oldest.done === false) vehicles.delete(oldest.value);
      }
      vehicles.set(nameOf(at), vehicle);
    },
    of: (at: FulfilmentAt): string | null => vehicles.get(nameOf(at)) ?? null,
    /** Those whose goods are held no longer. */
    forget(events: readonly OrderEvent[]): void {
      if (vehicles.size === 0) return;
      for (const { order } of events) {
        for (const fulfilment of order.fulfilments) {
          if (!isHolding(fulfilment)) {
            vehicles.delete(nameOf({ orderId: order.orderId, fulfilmentId: fulfilment.fulfilmentId }));
          }
        }
      }
    },
  };
}
