import {
  type Fulfilment,
  FULFILMENT_STATUSES,
  type FulfilmentStatus,
  type Order,
  type OrderLine,
} from "./order.ts";
import { isHolding, linesOf, openUnitsOf } from "./order-units.ts";

/** How a fulfilment ended says more of an order than another that ended otherwise: what was handed over comes first. */
const ENDS: readonly FulfilmentStatus[] = [
  "delivered",
  "collected",
  "returned",
  "no_show",
  "short",
  "cancelled",
];

/**
 * Makes what is derived agree with what was changed: the ends of fulfilments, statuses of lines and of the order, and whether
 * somebody has to be told. `at` is the instant of the change, RFC 3339.
 */
export function finishOrder(order: Order, at: string): void {
  for (const fulfilment of order.fulfilments) {
    endWhenEmpty(order, fulfilment);
    fulfilment.times[fulfilment.status] ??= at;
  }
  for (const line of order.lines) line.status = lineStatus(order, line);
  order.status = orderStatus(order.fulfilments);
  const untold = order.notices.filter((notice) => notice.told === null).map((notice) => notice.since);
  order.mustTell = untold.length > 0;
  order.mustTellSince = untold.sort()[0] ?? null;
}

/** A fulfilment with nothing open has ended, by what became of its units. */
function endWhenEmpty(order: Order, fulfilment: Fulfilment): void {
  const lines = linesOf(order, fulfilment.fulfilmentId);
  const handedOver = lines.reduce((units, line) => units + line.handedOver, 0);
  const returned = lines.reduce((units, line) => units + line.returned, 0);
  if (isHolding(fulfilment)) {
    if (lines.some((line) => openUnitsOf(line) > 0)) return;
    fulfilment.status = emptyStatus(fulfilment, lines, handedOver);
  }
  const hasLeft = fulfilment.status === "collected" || fulfilment.status === "delivered";
  if (hasLeft && handedOver > 0 && returned === handedOver) fulfilment.status = "returned";
}

function emptyStatus(fulfilment: Fulfilment, lines: OrderLine[], handedOver: number): FulfilmentStatus {
  if (handedOver > 0) return isShipped(fulfilment) ? "shipped" : "collected";
  return lines.some((line) => line.short > 0) ? "short" : "cancelled";
}

/** Handed to a carrier, or to the customer. */
export function isShipped({ method }: Pick<Fulfilment, "method">): boolean {
  return method === "ship_from_store" || method === "ship_from_warehouse" || method === "delivery";
}

function lineStatus(order: Order, line: OrderLine): FulfilmentStatus {
  const fulfilment = order.fulfilments.find((one) => one.fulfilmentId === line.fulfilmentId);
  if (fulfilment === undefined) return "cancelled";
  if (openUnitsOf(line) > 0) return fulfilment.status;
  if (line.handedOver > 0) {
    if (line.returned === line.handedOver) return "returned";
    if (!isShipped(fulfilment)) return "collected";
    return fulfilment.status === "delivered" ? "delivered" : "shipped";
  }
  if (fulfilment.status === "no_show" && line.cancelled > 0) return "no_show";
  return line.short > 0 ? "short" : "cancelled";
}

/** That of the open fulfilment that is least far; when none is open, how it ended. */
export function orderStatus(fulfilments: readonly Fulfilment[]): FulfilmentStatus {
  const open = fulfilments.filter((one) => isHolding(one) || one.status === "shipped");
  const ranked = (statuses: readonly FulfilmentStatus[], list: readonly Fulfilment[]) =>
    statuses.find((status) => list.some((one) => one.status === status));
  return (open.length > 0 ? ranked(FULFILMENT_STATUSES, open) : ranked(ENDS, fulfilments)) ?? "cancelled";
}
