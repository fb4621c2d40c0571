import type { Decision } from "../../reservations/decisions/decision.ts";
import type { Fulfilment, FulfilmentMethod, FulfilmentStatus, Order, OrderLine } from "../order.ts";
import type { Actor, OrderCause, OrderEventKind, OrderStep } from "../order-step.ts";
import { MAX_ORDER_STEPS } from "../order.ts";
import { copyOrder } from "../copy-order.ts";
import { finishOrder } from "../finish-order.ts";
import type { StockStep } from "../stock-steps.ts";

/** Why a command was refused. But for a wrong code, which is counted, nothing was changed. */
export type OrderRefusal =
  | Extract<Decision, { ok: false }>["refusal"]
  | { code: "order_state"; status: FulfilmentStatus; detail: string }
  | { code: "order_exists"; orderId: string }
  | { code: "fulfilment_not_found"; detail: string }
  | { code: "wrong_location"; locationId: string }
  | { code: "wrong_pickup_code"; attemptsLeft: number }
  | { code: "epc_not_of_order"; epc: string; detail: string };

/** One change of an order, with the whole of it afterwards and what it asks of reservations. */
export type OrderChange = {
  kind: OrderEventKind;
  fulfilmentId: string | null;
  order: Order;
  stock: StockStep[];
};

/** The changes of a command, none where it was done before. `refusal`: it is recorded, and refused all the same. */
export type OrderDecision =
  | { ok: true; changes: OrderChange[]; refusal?: OrderRefusal }
  | { ok: false; refusal: OrderRefusal };

/** When an order at a location will be ready, and how long it is kept then. Null where nobody can say. */
export type PromiseOf = (
  locationId: string,
  method: FulfilmentMethod,
  placedMs: number,
) => { readyAt: string | null; keptMs: number };

/** What a decision is made with. `nowMs` is the writer's clock; `newReservationId` gives an id that is nobody's yet. */
export type OrderContext = {
  nowMs: number;
  actor: Actor;
  promiseOf: PromiseOf;
  newReservationId(): string;
};

export function refuseOrder(status: FulfilmentStatus, detail: string): OrderDecision {
  return { ok: false, refusal: { code: "order_state", status, detail } };
}

export function refuseWish(detail: string): OrderDecision {
  return { ok: false, refusal: { code: "invalid_request", detail } };
}

/** Who and when, as a command says it. */
export type StepWords = {
  actor?: Actor | undefined;
  occurredAt?: string | undefined;
  note?: string | undefined;
};

/** The instant that a command speaks of: from the last step on, until now. */
export function stepMs(context: OrderContext, order: Order, words: StepWords): number {
  if (words.occurredAt === undefined) return context.nowMs;
  const last = order.timeline.at(-1)?.at;
  const sinceMs = last === undefined ? 0 : Date.parse(last);
  return Math.min(context.nowMs, Math.max(sinceMs, Date.parse(words.occurredAt)));
}

export type StepFacts = {
  kind: OrderEventKind;
  fulfilmentId?: string;
  lineId?: string;
  quantity?: number;
  cause?: OrderCause;
  note?: string | undefined;
};

/** A copy of the order to be changed, and how its change is finished. */
export function draftOf(context: OrderContext, order: Order, words: StepWords) {
  const draft = copyOrder(order);
  const atMs = stepMs(context, order, words);
  const at = new Date(atMs).toISOString();
  return {
    draft,
    at,
    atMs,
    /** Writes a step into the timeline. */
    note(facts: StepFacts): void {
      const { note = words.note, ...others } = facts;
      const step: OrderStep = {
        ...others,
        at,
        recordedAt: new Date(context.nowMs).toISOString(),
        actor: words.actor ?? context.actor,
        ...(note === undefined ? {} : { note }),
      };
      draft.timeline.push(step);
    },
    finish(kind: OrderEventKind, fulfilmentId: string | null, stock: StockStep[] = []): OrderDecision {
      if (draft.timeline.length > MAX_ORDER_STEPS) {
        return refuseWish(`The order has had ${MAX_ORDER_STEPS} steps: no more are taken.`);
      }
      draft.version += 1;
      draft.changedAt = new Date(context.nowMs).toISOString();
      finishOrder(draft, at);
      return { ok: true, changes: [{ kind, fulfilmentId, order: draft, stock }] };
    },
  };
}

/** The fulfilment that a command is for, of an order or of its draft. */
export function fulfilmentOf(order: Order, fulfilmentId: string): Fulfilment | undefined {
  return order.fulfilments.find((one) => one.fulfilmentId === fulfilmentId);
}

export function noFulfilment(order: Order, fulfilmentId: string): OrderDecision {
  const detail = `Order ${order.orderId} has no fulfilment ${fulfilmentId}.`;
  return { ok: false, refusal: { code: "fulfilment_not_found", detail } };
}

export function lineOf(order: Order, lineId: string): OrderLine | undefined {
  return order.lines.find((line) => line.lineId === lineId);
}
