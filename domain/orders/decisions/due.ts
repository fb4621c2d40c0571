import { isHolding, linesOf, openUnitsOf } from "../order-units.ts";
import type { Fulfilment, Order } from "../order.ts";
import { SYSTEM_ACTOR } from "../order-step.ts";
import type { StockStep } from "../stock-steps.ts";
import {
  draftOf,
  fulfilmentOf,
  type OrderContext,
  type OrderDecision,
  noFulfilment,
} from "./order-decision.ts";
import { noticeOf } from "./store-steps.ts";

/** The instant at which the goods of a fulfilment are free again, Unix ms; Infinity when nothing is held, or it is leaving now. */
export function dueMs(fulfilment: Fulfilment): number {
  if (!isHolding(fulfilment) || fulfilment.handOver !== null || fulfilment.holdUntil === null) {
    return Number.POSITIVE_INFINITY;
  }
  return Date.parse(fulfilment.holdUntil);
}

/** The earliest instant at which something of the order is due. */
export function nextDueMs(order: Order): number {
  return Math.min(Number.POSITIVE_INFINITY, ...order.fulfilments.map(dueMs));
}

/**
 * The first fulfilment whose hold has ended: a no-show when it lay ready, else ours, too late, and then its customer has to be
 * told. Its reservation has ended at the same instant by itself. Null when nothing is due.
 */
export function decideDue(context: OrderContext, order: Order): OrderDecision | null {
  const due = order.fulfilments.find((one) => dueMs(one) <= context.nowMs);
  if (due === undefined) return null;
  const lay = due.status === "ready" || due.status === "arrived";
  const kind = lay ? "no_show" : "cancelled";
  const cause = lay ? "no_show" : "late";
  const at = new Date(dueMs(due)).toISOString();
  const words = { actor: SYSTEM_ACTOR, occurredAt: at };
  const change = draftOf({ ...context, actor: SYSTEM_ACTOR }, order, words);
  const { fulfilmentId } = due;
  for (const line of linesOf(change.draft, fulfilmentId)) {
    const quantity = openUnitsOf(line);
    if (quantity === 0) continue;
    line.cancelled += quantity;
    line.picked = 0;
    change.note({ kind, fulfilmentId, lineId: line.lineId, quantity, cause });
    if (lay) continue;
    change.draft.notices.push(
      noticeOf(change.draft, {
        kind: "cancelled",
        lineId: line.lineId,
        quantity,
        cause,
        since: change.at,
        alternatives: [],
      }),
    );
  }
  const fulfilment = fulfilmentOf(change.draft, fulfilmentId);
  if (
    fulfilment !== undefined &&
    lay &&
    linesOf(order, fulfilmentId).every((line) => line.handedOver === 0)
  ) {
    fulfilment.status = "no_show";
  }
  return change.finish(kind, fulfilmentId);
}

/** The order as it is at an instant: holds that have ended by then are told, recorded or not. */
export function orderAt(order: Order, nowMs: number): Order {
  let found = order;
  if (nextDueMs(order) > nowMs) return order;
  const context: OrderContext = {
    nowMs,
    actor: SYSTEM_ACTOR,
    promiseOf: () => ({ readyAt: null, keptMs: 0 }),
    newReservationId: () => "",
  };
  for (;;) {
    const decision = decideDue(context, found);
    const next = decision?.ok === true ? decision.changes[0]?.order : undefined;
    if (next === undefined) return found;
    found = next;
  }
}

/** Its hold was lost, by a crash or by somebody who gave the reservation back: its units are held anew. */
export function decideRecover(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  missing: Extract<StockStep, { kind: "hold" }>["lines"],
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined || found.holdUntil === null) return noFulfilment(order, fulfilmentId);
  const change = draftOf(context, order, { actor: SYSTEM_ACTOR });
  const reservationId = context.newReservationId();
  const fulfilment = fulfilmentOf(change.draft, fulfilmentId) ?? found;
  fulfilment.reservationId = reservationId;
  for (const line of linesOf(change.draft, fulfilmentId)) line.reservationId = reservationId;
  change.note({ kind: "recovered", fulfilmentId });
  const holder = { orderId: order.orderId, channel: order.channel, customerId: order.customerId };
  const { holdUntil } = found;
  return change.finish("recovered", fulfilmentId, [
    { kind: "hold", reservationId, lines: missing, from: [], holdUntil, holder },
  ]);
}
