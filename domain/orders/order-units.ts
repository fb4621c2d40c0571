import type { StockUnits } from "../reservations/sum-lines.ts";
import { type Fulfilment, HOLDING_STATUSES, type Order, type OrderLine } from "./order.ts";

/** Units of a line that are still to be handed over. */
export function openUnitsOf(line: OrderLine): number {
  return line.quantity - line.short - line.cancelled - line.handedOver;
}

export function linesOf(order: Order, fulfilmentId: string): OrderLine[] {
  return order.lines.filter((line) => line.fulfilmentId === fulfilmentId);
}

/** Open units of one fulfilment by product: what its reservation has to hold. */
export function openStock(order: Order, fulfilment: Fulfilment): StockUnits[] {
  const lines = linesOf(order, fulfilment.fulfilmentId).map((line) => ({ line, units: openUnitsOf(line) }));
  return sumUnits(lines, fulfilment.locationId);
}

/** Units of lines at one location, equal products as one. */
export function sumUnits(
  parts: readonly { line: Pick<OrderLine, "gtin">; units: number }[],
  locationId: string,
): StockUnits[] {
  const byGtin = new Map<number, number>();
  for (const { line, units } of parts) {
    const gtin = Number(line.gtin);
    if (units > 0) byGtin.set(gtin, (byGtin.get(gtin) ?? 0) + units);
  }
  return [...byGtin].map(([gtin, quantity]) => ({ locationId, gtin, quantity }));
}

/** True while units of it are held for the customer. */
export function isHolding(fulfilment: Fulfilment): boolean {
  return HOLDING_STATUSES.includes(fulfilment.status);
}

/** True while something is left to do: units to hand over, a parcel on its way, a customer to be told. */
export function isOpenOrder(order: Order): boolean {
  return order.mustTell || order.fulfilments.some((one) => isHolding(one) || one.status === "shipped");
}
