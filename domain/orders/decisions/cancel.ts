import { isHolding, openUnitsOf } from "../order-units.ts";
import type { CancelCommand } from "../order-commands.ts";
import type { Order } from "../order.ts";
import { CUSTOMER_CAUSES } from "../order-step.ts";
import { inDraft, type Part, partsOf } from "../parts-of.ts";
import type { StockStep } from "../stock-steps.ts";
import {
  draftOf,
  fulfilmentOf,
  type OrderContext,
  type OrderDecision,
  refuseOrder,
  refuseWish,
} from "./order-decision.ts";
import { noticeOf, reduceSteps } from "./store-steps.ts";

/**
 * What is open of an order, or some of it, is not wanted or not given any more: the goods go back to what is available. What is
 * cancelled for no wish of the customer's has to be told to them.
 */
export function decideCancel(context: OrderContext, order: Order, command: CancelCommand): OrderDecision {
  const lines = order.lines.filter((line) => {
    const fulfilment = fulfilmentOf(order, line.fulfilmentId);
    return fulfilment !== undefined && isHolding(fulfilment) && fulfilment.handOver === null;
  });
  const wished = command.lines?.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const parts = partsOf(lines, wished);
  if (parts === null) return refuseWish("These are not lines that are open, or more units than are.");
  if (parts.length === 0) return refuseOrder(order.status, "Nothing of it can be cancelled any more.");
  const change = draftOf(context, order, command);
  for (const { line, quantity } of inDraft(change.draft, parts)) {
    line.cancelled += quantity;
    line.picked = Math.min(line.picked, openUnitsOf(line));
    const { lineId, fulfilmentId } = line;
    change.note({ kind: "cancelled", fulfilmentId, lineId, quantity, cause: command.cause });
    if (CUSTOMER_CAUSES.includes(command.cause)) continue;
    change.draft.notices.push(
      noticeOf(change.draft, {
        kind: "cancelled",
        lineId,
        quantity,
        cause: command.cause,
        since: change.at,
        alternatives: [],
      }),
    );
  }
  const touched = new Set(parts.map((part) => part.line.fulfilmentId));
  const [only = null] = touched.size === 1 ? touched : [];
  return change.finish("cancelled", only, releaseSteps(order, parts, command.cause));
}

/** What the reservations of these parts give up, one step for each. */
export function releaseSteps(order: Order, parts: readonly Part[], reason: string): StockStep[] {
  return order.fulfilments.flatMap((fulfilment) => {
    const own = parts.filter((part) => part.line.fulfilmentId === fulfilment.fulfilmentId);
    return own.length === 0 ? [] : reduceSteps(fulfilment, own, "released", reason);
  });
}
