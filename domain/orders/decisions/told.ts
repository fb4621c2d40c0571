import type { ReturnedCommand, ToldCommand } from "../order-commands.ts";
import type { Notice, Order, OrderLine } from "../order.ts";
import { openStock } from "../order-units.ts";
import type { StockStep } from "../stock-steps.ts";
import { draftOf, lineOf, type OrderContext, type OrderDecision, refuseWish } from "./order-decision.ts";
import { addFulfilment } from "./place.ts";

/**
 * The customer was told that they do not get units as ordered. When they took an alternative, its units are held in the same
 * step, as a line of their own; when those are gone too, nothing is recorded.
 */
export function decideTold(context: OrderContext, order: Order, command: ToldCommand): OrderDecision {
  const { noticeId, outcome, alternative } = command;
  const meant = order.notices.filter((one) =>
    noticeId === undefined ? one.told === null : one.noticeId === noticeId,
  );
  if (meant.length === 0) return refuseWish("No such notice waits to be told.");
  if (meant.some((one) => one.told !== null && one.told.outcome !== "unreached")) {
    return refuseWish(`The customer was told of notice ${noticeId} already.`);
  }
  if ((outcome === "alternative") !== (alternative !== undefined)) {
    return refuseWish("The outcome alternative, and it alone, names the alternative that was taken.");
  }
  const change = draftOf(context, order, command);
  const ids = new Set(meant.map((one) => one.noticeId));
  const told = { at: change.at, actor: command.actor ?? context.actor, by: command.by, outcome };
  const notices = change.draft.notices.filter((one) => ids.has(one.noticeId));
  for (const notice of notices) {
    // Who could not be reached has not been told.
    notice.told = outcome === "unreached" ? null : told;
    change.note({
      kind: "told",
      lineId: notice.lineId,
      quantity: notice.quantity,
      note: `${command.by}: ${outcome}`,
    });
  }
  const stock = alternative === undefined ? [] : replace(context, change.draft, notices, alternative);
  return change.finish("told", null, stock);
}

/** New lines for the units of these notices, at another place. */
function replace(
  context: OrderContext,
  draft: Order,
  notices: readonly Notice[],
  place: NonNullable<ToldCommand["alternative"]>,
): StockStep[] {
  const fulfilment = addFulfilment(context, draft, place, context.nowMs);
  for (const notice of notices) {
    const old = lineOf(draft, notice.lineId);
    if (old === undefined) continue;
    const line: OrderLine = {
      ...old,
      ...place,
      lineId: `${old.lineId}.${notice.noticeId}`,
      fulfilmentId: fulfilment.fulfilmentId,
      reservationId: fulfilment.reservationId,
      promisedReadyAt: fulfilment.promisedReadyAt,
      requested: notice.quantity,
      quantity: notice.quantity,
      picked: 0,
      short: 0,
      cancelled: 0,
      handedOver: 0,
      returned: 0,
      discount: "0",
      insteadOf: old.lineId,
      epcs: [],
    };
    draft.lines.push(line);
    notice.replacedBy = line.lineId;
  }
  const { reservationId, holdUntil } = fulfilment;
  if (reservationId === null || holdUntil === null) return [];
  const holder = { orderId: draft.orderId, channel: draft.channel, customerId: draft.customerId };
  const lines = openStock(draft, fulfilment);
  return [{ kind: "hold", reservationId, lines, from: [], holdUntil, holder }];
}

/** Units came back. A return that was noted before changes nothing. */
export function decideReturned(context: OrderContext, order: Order, command: ReturnedCommand): OrderDecision {
  const { returnId, lines } = command;
  const isKnown = order.timeline.some((step) => step.kind === "returned" && step.note === returnId);
  if (isKnown) return { ok: true, changes: [] };
  const change = draftOf(context, order, command);
  for (const { lineId, quantity } of lines) {
    const line = lineOf(change.draft, lineId);
    if (line === undefined) return refuseWish(`Order ${order.orderId} has no line ${lineId}.`);
    if (line.returned + quantity > line.handedOver) {
      return refuseWish(`Of line ${lineId} ${line.handedOver - line.returned} units can come back.`);
    }
    line.returned += quantity;
    change.note({ kind: "returned", fulfilmentId: line.fulfilmentId, lineId, quantity, note: returnId });
  }
  return change.finish("returned", null);
}
