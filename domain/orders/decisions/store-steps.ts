import type { Alternative } from "../../reservations/reservation.ts";
import { isHolding, linesOf, openUnitsOf, sumUnits } from "../order-units.ts";
import type { ArriveStep, PlainStep, ShortStep } from "../order-commands.ts";
import type { Fulfilment, FulfilmentStatus, Notice, Order } from "../order.ts";
import type { OrderEventKind } from "../order-step.ts";
import { inDraft, type NamedItem, partsOf, wrongItem } from "../parts-of.ts";
import type { StockStep } from "../stock-steps.ts";
import {
  draftOf,
  fulfilmentOf,
  noFulfilment,
  type OrderContext,
  type OrderDecision,
  refuseOrder,
  refuseWish,
} from "./order-decision.ts";

/** What may come before a step. */
const BEFORE_READY: ReadonlySet<FulfilmentStatus> = new Set([
  "allocated",
  "sent_to_store",
  "accepted",
  "picking",
]);
const BEFORE: Record<"sent_to_store" | "accepted", readonly FulfilmentStatus[]> = {
  sent_to_store: ["allocated"],
  accepted: ["allocated", "sent_to_store"],
};
/** While a customer waits outside, the goods are kept so long at least. */
const ARRIVED_HOLD_MS = 2 * 3_600_000;

/** Its task is on the store's devices, or somebody took it. */
export function decidePlain(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  kind: "sent_to_store" | "accepted",
  step: PlainStep,
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  if (!BEFORE[kind].includes(found.status))
    return refuseOrder(found.status, `It cannot be ${kind} any more.`);
  const change = draftOf(context, order, step);
  moveTo(change.draft, fulfilmentId, kind);
  change.note({ kind, fulfilmentId });
  return change.finish(kind, fulfilmentId);
}

function moveTo(draft: Order, fulfilmentId: string, status: FulfilmentStatus): void {
  const fulfilment = fulfilmentOf(draft, fulfilmentId);
  if (fulfilment !== undefined) fulfilment.status = status;
}

export type PickFacts = { lines?: { lineId: string; quantity: number; epcs: NamedItem[] }[] | undefined };

/** Picking has begun; with lines so many units more were set aside, and these are the items where they are known. */
export function decidePickUnits(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  step: PlainStep,
  { lines }: PickFacts,
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  if (!BEFORE_READY.has(found.status)) return refuseOrder(found.status, "There is nothing to pick of it.");
  const parts = lines === undefined ? [] : partsOf(linesOf(order, fulfilmentId), lines);
  if (parts === null || parts.some(({ line, quantity }) => line.picked + quantity > openUnitsOf(line))) {
    return refuseWish("These are not its lines, or more units than are left to pick.");
  }
  const wrong = wrongItem(parts);
  if (wrong !== null) return { ok: false, refusal: { code: "epc_not_of_order", ...wrong } };
  const change = draftOf(context, order, step);
  for (const { line, quantity, epcs } of inDraft(change.draft, parts)) {
    line.picked += quantity;
    line.epcs.push(...epcs.map((item) => item.epc).filter((epc) => !line.epcs.includes(epc)));
    change.note({ kind: "picked", fulfilmentId, lineId: line.lineId, quantity });
  }
  const hasBegun = found.status !== "picking";
  if (hasBegun) change.note({ kind: "picking", fulfilmentId });
  moveTo(change.draft, fulfilmentId, "picking");
  return change.finish(hasBegun ? "picking" : "picked", fulfilmentId);
}

/** Units that cannot be had here: they are not held any longer, and their customer has to be told. */
export function decideShortUnits(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  step: ShortStep,
  alternativesOf: (gtin: string, quantity: number) => Alternative[],
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  if (!isHolding(found) || found.handOver !== null) {
    return refuseOrder(found.status, "Nothing of it is left to be found.");
  }
  const parts = partsOf(
    linesOf(order, fulfilmentId),
    step.lines?.map(({ lineId, quantity }) => ({ lineId, quantity })),
  );
  if (parts === null || parts.length === 0)
    return refuseWish("These are not its lines, or more units than are open.");
  const change = draftOf(context, order, step);
  for (const { line, quantity } of inDraft(change.draft, parts)) {
    line.short += quantity;
    line.picked = Math.min(line.picked, openUnitsOf(line));
    change.draft.notices.push(
      noticeOf(change.draft, {
        kind: "short",
        lineId: line.lineId,
        quantity,
        cause: step.cause,
        since: change.at,
        alternatives: alternativesOf(line.gtin, quantity),
      }),
    );
    change.note({ kind: "shorted", fulfilmentId, lineId: line.lineId, quantity, cause: step.cause });
  }
  return change.finish("shorted", fulfilmentId, reduceSteps(found, parts, "short", step.cause));
}

/** A notice that waits to be told. */
export function noticeOf(order: Order, facts: Omit<Notice, "noticeId" | "told" | "replacedBy">): Notice {
  return { noticeId: `n${order.notices.length + 1}`, ...facts, told: null, replacedBy: null };
}

/** What its reservation gives up. */
export function reduceSteps(
  fulfilment: Fulfilment,
  parts: readonly { line: { gtin: string }; quantity: number }[],
  as: "short" | "released",
  reason: string,
): StockStep[] {
  const { reservationId, locationId } = fulfilment;
  if (reservationId === null) return [];
  const units = parts.map(({ line, quantity }) => ({ line, units: quantity }));
  return [{ kind: "reduce", reservationId, lines: sumUnits(units, locationId), as, reason }];
}

/** All that is open lies ready. For pickup it is kept from now on as long as the location keeps goods. */
export function decideReady(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  step: PlainStep,
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  if (!BEFORE_READY.has(found.status)) return refuseOrder(found.status, "It cannot become ready any more.");
  const change = draftOf(context, order, step);
  const fulfilment = fulfilmentOf(change.draft, fulfilmentId) ?? found;
  for (const line of linesOf(change.draft, fulfilmentId)) line.picked = openUnitsOf(line);
  change.note({ kind: "ready", fulfilmentId });
  fulfilment.times.ready = change.at;
  fulfilment.status = fulfilment.arrival === null ? "ready" : "arrived";
  const stock: StockStep[] = [];
  const { reservationId } = fulfilment;
  if (isCollected(fulfilment)) {
    const { keptMs } = context.promiseOf(fulfilment.locationId, fulfilment.method, change.atMs);
    const untilMs = Math.max(change.atMs + keptMs, context.nowMs + ARRIVED_HOLD_MS);
    fulfilment.holdUntil = new Date(untilMs).toISOString();
    if (reservationId !== null) {
      stock.push({ kind: "extend", reservationId, holdUntil: fulfilment.holdUntil });
    }
  }
  if (reservationId !== null) stock.push({ kind: "pick", reservationId });
  return change.finish("ready", fulfilmentId, stock);
}

/** The customer comes for it. */
export function isCollected({ method }: Pick<Fulfilment, "method">): boolean {
  return method === "pickup" || method === "curbside" || method === "carry_out";
}

/** The customer is there. What they said of their vehicle is no part of the order. */
export function decideArrive(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  step: ArriveStep,
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  if (!isHolding(found) || !isCollected(found)) return refuseOrder(found.status, "Nobody comes for it.");
  // Its hold may have ended meanwhile: only the ledger's word decides what becomes of it.
  if (found.handOver !== null) return refuseOrder(found.status, "It is being handed over.");
  const change = draftOf(context, order, step);
  const fulfilment = fulfilmentOf(change.draft, fulfilmentId) ?? found;
  fulfilment.arrival = { at: found.arrival?.at ?? change.at, bay: step.bay ?? found.arrival?.bay ?? null };
  if (fulfilment.status === "ready") fulfilment.status = "arrived";
  change.note({ kind: "arrived", fulfilmentId });
  const untilMs = Math.max(Date.parse(fulfilment.holdUntil ?? change.at), context.nowMs + ARRIVED_HOLD_MS);
  fulfilment.holdUntil = new Date(untilMs).toISOString();
  const { reservationId, holdUntil } = fulfilment;
  const stock: StockStep[] = reservationId === null ? [] : [{ kind: "extend", reservationId, holdUntil }];
  return change.finish("arrived", fulfilmentId, stock);
}

/** A parcel reached its customer. */
export function decideDeliver(
  context: OrderContext,
  order: Order,
  fulfilmentId: string,
  step: PlainStep,
): OrderDecision {
  const found = fulfilmentOf(order, fulfilmentId);
  if (found === undefined) return noFulfilment(order, fulfilmentId);
  if (found.status !== "shipped") return refuseOrder(found.status, "Only what was shipped can be delivered.");
  const change = draftOf(context, order, step);
  moveTo(change.draft, fulfilmentId, "delivered");
  const kind: OrderEventKind = "delivered";
  change.note({ kind, fulfilmentId });
  return change.finish(kind, fulfilmentId);
}
