import {
  type FulfilmentFact,
  filterPlaced,
  type OrderStepFact,
  type OrderUnitsFact,
  type PickupFilter,
} from "./pickup-facts.ts";
import { ratioOf } from "./sale-line.ts";

/** P8: lines not fully picked ÷ lines sent to pick, and orders cancelled by stores ÷ orders sent to stores. */
export function shortPicks(
  facts: {
    fulfilments: readonly FulfilmentFact[];
    lines: readonly OrderUnitsFact[];
    steps: readonly OrderStepFact[];
  },
  filter: PickupFilter,
) {
  const parts = filterPlaced(facts.fulfilments, filter);
  const sent = facts.lines.filter(({ orderId, fulfilmentId }) =>
    parts.some(
      (part) => part.orderId === orderId && part.fulfilmentId === fulfilmentId && part.pickingAtMs !== null,
    ),
  );
  const short = sent.filter((line) => line.short > 0).length;
  const orders = new Set(parts.map(({ orderId }) => orderId));
  const cancelled = [...orders].filter((id) =>
    facts.steps.some(
      ({ orderId, kind, actorKind }) => orderId === id && kind === "cancelled" && actorKind === "staff",
    ),
  ).length;
  return {
    lines_sent: sent.length,
    short_lines: short,
    short_pick_rate: ratioOf(short, sent.length),
    orders_sent: orders.size,
    store_cancelled_orders: cancelled,
    store_cancel_rate: ratioOf(cancelled, orders.size),
  };
}
