import { isShipped } from "../finish-order.ts";
import { isHolding, linesOf, openUnitsOf } from "../order-units.ts";
import type { Fulfilment, HandOver, Order } from "../order.ts";
import { SYSTEM_ACTOR } from "../order-step.ts";
import { assignItems, type NamedItem, type Part, partsOf, wrongItem } from "../parts-of.ts";
import type { StockUnits } from "../../reservations/sum-lines.ts";
import {
  draftOf,
  fulfilmentOf,
  noFulfilment,
  type OrderContext,
  type OrderDecision,
  refuseOrder,
  refuseWish,
  type StepWords,
} from "./order-decision.ts";

/** Wrong pickup codes that are heard for one fulfilment; after that staff have to see to it who it is. */
export const MAX_CODE_ATTEMPTS = 5;

export type HandOverWish = StepWords & {
  kind: "collect" | "ship";
  lines: { lineId: string; quantity: number; epcs: NamedItem[] }[] | undefined;
  /** Items that name no line: they go to lines of their product. */
  items: readonly NamedItem[];
  /** Of `collect`: whether the code that was given is the right one; null when none was given. */
  isCodeRight: boolean | null;
  staffChecked: boolean;
  carrier?: string | undefined;
  trackingNumber?: string | undefined;
};

/**
 * Units are about to leave: what is given to whom, and on what proof. The sale of it has to be published next. Goods for
 * collection have to lie ready, but for those that are carried out at once.
 */
export function decideHandOver(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  wish: HandOverWish,
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  const detail = whyNot(found, wish);
  if (detail !== null) return refuseOrder(found.status, detail);
  const proof = proofOf(context, order, found, wish);
  if (proof !== null) return proof;
  const parts = partsOf(linesOf(order, fulfilmentId), wish.lines);
  if (parts === null || parts.length === 0) {
    return refuseWish("These are not its lines, or more units than are open.");
  }
  const wrong = wrongItem(parts) ?? unplaced(parts, wish.items);
  if (wrong !== null) return { ok: false, refusal: { code: "epc_not_of_order", ...wrong } };
  const change = draftOf(context, order, wish);
  const fulfilment = fulfilmentOf(change.draft, fulfilmentId) ?? found;
  fulfilment.handOver = {
    at: change.at,
    actor: wish.actor ?? context.actor,
    identity: identityOf(found, wish),
    carrier: wish.carrier ?? null,
    trackingNumber: wish.trackingNumber ?? null,
    lines: parts.map(({ line, quantity, epcs }) => ({
      lineId: line.lineId,
      quantity,
      epcs: itemsOf(line.epcs, quantity, epcs),
    })),
  };
  change.note({ kind: "handing_over", fulfilmentId });
  return change.finish("handing_over", fulfilmentId);
}

function whyNot(fulfilment: Fulfilment, { kind }: HandOverWish): string | null {
  if (fulfilment.handOver !== null) return "It is being handed over: ask again for its outcome.";
  if (!isHolding(fulfilment)) return "Nothing of it is left to hand over.";
  if (kind === "ship") return isShipped(fulfilment) ? null : "The customer comes for it: it is not shipped.";
  if (isShipped(fulfilment)) return "It is shipped, not collected.";
  const isReady = fulfilment.status === "ready" || fulfilment.status === "arrived";
  return isReady || fulfilment.method === "carry_out" ? null : "It does not lie ready yet.";
}

/** A wrong code is counted, and refused. Null when enough is known of who collects. */
function proofOf(
  context: OrderContext,
  order: Order,
  fulfilment: Fulfilment,
  wish: HandOverWish,
): OrderDecision | null {
  if (wish.kind === "ship" || fulfilment.method === "carry_out" || wish.staffChecked) return null;
  if (wish.isCodeRight === null) {
    return refuseWish(
      "Handing over needs the pickup code, or staffChecked: true when staff made sure who it is.",
    );
  }
  if (fulfilment.codeAttempts >= MAX_CODE_ATTEMPTS) {
    return { ok: false, refusal: { code: "wrong_pickup_code", attemptsLeft: 0 } };
  }
  if (wish.isCodeRight) return null;
  const change = draftOf(context, order, { actor: wish.actor, occurredAt: wish.occurredAt });
  const { fulfilmentId } = fulfilment;
  for (const one of change.draft.fulfilments) if (one.fulfilmentId === fulfilmentId) one.codeAttempts += 1;
  change.note({ kind: "code_refused", fulfilmentId });
  const attemptsLeft = MAX_CODE_ATTEMPTS - fulfilment.codeAttempts - 1;
  const recorded = change.finish("code_refused", fulfilmentId);
  return recorded.ok ? { ...recorded, refusal: { code: "wrong_pickup_code", attemptsLeft } } : recorded;
}

function identityOf(fulfilment: Fulfilment, wish: HandOverWish): HandOver["identity"] {
  if (wish.kind === "ship") return null;
  if (fulfilment.method === "carry_out") return "till";
  return wish.isCodeRight === true ? "code" : "staff_checked";
}

function unplaced(
  parts: readonly Part[],
  items: readonly NamedItem[],
): { epc: string; detail: string } | null {
  const item = assignItems(parts, items);
  return item === null ? null : { epc: item.epc, detail: `No line has room for an item of ${item.gtin}.` };
}

/** The items that leave: those named now, else those that were picked, as far as they are as many as leave. */
function itemsOf(picked: readonly string[], quantity: number, named: readonly NamedItem[]): string[] {
  if (named.length > 0) return named.map((item) => item.epc);
  return picked.length <= quantity ? [...picked] : [];
}

/** The ledger took the sale: the units are the customer's, or on their way. */
export function decideHandedOver(context: OrderContext, order: Order, fulfilmentId: string): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  if (found.handOver === null) return { ok: true, changes: [] };
  const { actor, lines, carrier, trackingNumber } = found.handOver;
  const change = draftOf(context, order, { actor, occurredAt: found.handOver.at });
  for (const { lineId, quantity, epcs } of lines) {
    const line = change.draft.lines.find((one) => one.lineId === lineId);
    if (line === undefined) continue;
    line.handedOver += quantity;
    if (epcs.length > 0) line.epcs = [...line.epcs.filter((epc) => !epcs.includes(epc)), ...epcs];
    line.picked = Math.min(line.picked, openUnitsOf(line));
  }
  const fulfilment = fulfilmentOf(change.draft, fulfilmentId) ?? found;
  fulfilment.handOver = null;
  fulfilment.carrier = carrier ?? found.carrier;
  fulfilment.trackingNumber = trackingNumber ?? found.trackingNumber;
  const kind = isShipped(found) ? "shipped" : "collected";
  change.note({ kind, fulfilmentId, quantity: lines.reduce((units, line) => units + line.quantity, 0) });
  return change.finish(kind, fulfilmentId);
}

/** The ledger did not take the sale: nothing has left. */
export function decideHandOverRefused(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  reason: string,
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  if (found.handOver === null) return { ok: true, changes: [] };
  const change = draftOf(context, order, { note: reason.slice(0, 500) });
  const fulfilment = fulfilmentOf(change.draft, fulfilmentId) ?? found;
  fulfilment.handOver = null;
  change.note({ kind: "hand_over_refused", fulfilmentId });
  return change.finish("hand_over_refused", fulfilmentId);
}

/** A till sold units in the name of the reservation: they were carried out without a word to the order. */
export function decideTaken(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  taken: readonly StockUnits[],
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  const change = draftOf(context, order, { actor: SYSTEM_ACTOR });
  let units = 0;
  for (const { gtin, quantity } of taken) {
    let left = quantity;
    for (const line of linesOf(change.draft, fulfilmentId)) {
      if (Number(line.gtin) !== gtin) continue;
      const part = Math.min(left, openUnitsOf(line));
      line.handedOver += part;
      line.picked = Math.min(line.picked, openUnitsOf(line));
      left -= part;
      units += part;
    }
  }
  if (units === 0) return { ok: true, changes: [] };
  const kind = isShipped(found) ? "shipped" : "collected";
  change.note({ kind, fulfilmentId, quantity: units, note: "sold at a till" });
  return change.finish(kind, fulfilmentId);
}
