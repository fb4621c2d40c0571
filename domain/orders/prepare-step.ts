import { gtinFromNumber } from "../gtin.ts";
import {
  changeEvent,
  type Decision,
  type DecisionContext,
  decisionMs,
  type ReservationRefusal,
} from "../reservations/decisions/decision.ts";
import { decideExtend, SALE_PENDING } from "../reservations/decisions/life.ts";
import { decidePick, decideReduce, holdsUnits } from "../reservations/decisions/store.ts";
import type { ReservationStatus } from "../reservations/reservation.ts";
import type { ReservationEvent } from "../reservations/reservation-event.ts";
import { openUnits, type ReservationRecord, statusAt } from "../reservations/reservation-record.ts";
import type { StockUnits } from "../reservations/sum-lines.ts";
import type { StockStep } from "./stock-steps.ts";

/** The events of a step, each to be made when the one before is applied; or why it cannot be done. */
export type PreparedStep =
  | { ok: true; makes: (() => ReservationEvent)[] }
  | { ok: false; refusal: ReservationRefusal };

/** Says of a reservation that an order was to have it: when no order does after a crash, it is given back. */
export const HELD_FOR_ORDER = "held for an order";

const NOTHING: PreparedStep = { ok: true, makes: [] };

/** One step, but for whether new units are available. */
export function prepareStep(context: DecisionContext, step: StockStep): PreparedStep {
  if (step.kind === "hold") return prepareHold(context, step);
  const record = context.book.record(step.reservationId);
  if (record === undefined) return step.kind === "adopt" ? unknown(step.reservationId) : NOTHING;
  const isLive = context.book.isLive(record);
  switch (step.kind) {
    case "adopt":
      return prepareAdopt(context, record, step);
    case "reduce": {
      const lines = isLive ? withoutEnded(record, step.lines) : [];
      return lines.length === 0 ? NOTHING : prepared(() => decideReduce(context, record, { ...step, lines }));
    }
    case "extend":
      if (!isLive || record.told.holdUntil === step.holdUntil) return NOTHING;
      return prepared(() => decideExtend(context, record, step, { ttlSeconds: 0, holdMs: 0 }));
    case "pick":
      if (statusAt(record, decisionMs(context)) !== "confirmed") return NOTHING;
      return prepared(() => decidePick(context, record));
    default:
      return step satisfies never;
  }
}

function unknown(reservationId: string): PreparedStep {
  const detail = `There is no reservation ${reservationId}, or it ended long ago.`;
  return { ok: false, refusal: { code: "invalid_request", detail } };
}

function refuse(status: ReservationStatus, detail: string): PreparedStep {
  return { ok: false, refusal: { code: "reservation_state", status, detail } };
}

function prepared(decide: () => Decision): PreparedStep {
  const decision = decide();
  return decision.ok ? { ok: true, makes: [() => eventOf(decide())] } : decision;
}

function eventOf(decision: Decision): ReservationEvent {
  if (!decision.ok) throw new Error(`checked, and then refused: ${JSON.stringify(decision.refusal)}`);
  return decision.events[0];
}

/** Of these units those that it still holds: a till may have taken some. */
function withoutEnded(record: ReservationRecord, lines: readonly StockUnits[]): StockUnits[] {
  return lines.flatMap((wanted) => {
    const held = record.lines.find(
      (line) => line.locationId === wanted.locationId && line.gtin === wanted.gtin,
    );
    const quantity = held === undefined ? 0 : Math.min(wanted.quantity, openUnits(held));
    return quantity === 0 ? [] : [{ ...wanted, quantity }];
  });
}

function prepareHold(context: DecisionContext, step: Extract<StockStep, { kind: "hold" }>): PreparedStep {
  const makes: (() => ReservationEvent)[] = [];
  for (const { reservationId, lines } of step.from) {
    const record = context.book.record(reservationId);
    if (record === undefined) return unknown(reservationId);
    const status = statusAt(record, decisionMs(context));
    if (!context.book.isLive(record) || !isOf(record, step.holder.orderId)) {
      return refuse(status, "It cannot become this order's.");
    }
    if (record.sale !== null) return refuse(status, SALE_PENDING);
    if (!holdsUnits(record, lines)) return refuse(status, "It holds fewer units than the order names of it.");
    const command = { lines, as: "released", reason: `order ${step.holder.orderId}` } as const;
    makes.push(() => eventOf(decideReduce(context, record, command)));
  }
  makes.push(() => grantedEvent(context, step));
  return { ok: true, makes };
}

/** Nobody's yet, or this order's. */
function isOf(record: ReservationRecord, orderId: string): boolean {
  return record.told.orderId === null || record.told.orderId === orderId;
}

/** Granted and confirmed in one: nobody could do anything between the two. */
function grantedEvent(
  context: DecisionContext,
  step: Extract<StockStep, { kind: "hold" }>,
): ReservationEvent {
  const atMs = decisionMs(context);
  const at = new Date(atMs).toISOString();
  const ordinal = context.book.lastOrdinal + 1;
  const [source] = step.from;
  return {
    ordinal,
    kind: "granted",
    atMs,
    grantedOrdinal: ordinal,
    sales: 0,
    sale: null,
    reservation: {
      reservationId: step.reservationId,
      status: "confirmed",
      isAtRisk: false,
      ...step.holder,
      createdAt: at,
      changedAt: at,
      expiresAt: null,
      holdUntil: step.holdUntil,
      transferredFrom: source?.reservationId ?? null,
      transferredTo: null,
      reason: HELD_FOR_ORDER,
      lines: step.lines.map(({ locationId, gtin, quantity }) => ({
        gtin: gtinFromNumber(gtin),
        locationId,
        requested: quantity,
        quantity,
        fulfilled: 0,
        atRisk: 0,
      })),
      version: 1,
    },
  };
}

function prepareAdopt(
  context: DecisionContext,
  record: ReservationRecord,
  step: Extract<StockStep, { kind: "adopt" }>,
): PreparedStep {
  const { lines, holder, holdUntil } = step;
  const { orderId } = holder;
  const status = statusAt(record, decisionMs(context));
  if ((status !== "held" && status !== "confirmed") || !isOf(record, orderId)) {
    return refuse(status, "Only what is held, or confirmed for this order, can become the order's.");
  }
  if (record.sale !== null) return refuse(status, SALE_PENDING);
  if (!holdsUnits(record, lines)) return refuse(status, "It holds fewer units than the order names of it.");
  const confirmed = {
    status: "confirmed",
    orderId,
    expiresAt: null,
    holdUntil,
    reason: HELD_FOR_ORDER,
  } as const;
  const makes = [() => changeEvent(context, record, "confirmed", confirmed)];
  const excess = excessOf(record, lines);
  if (excess.length > 0) {
    const command = { lines: excess, as: "released", reason: `not of order ${orderId}` } as const;
    makes.push(() => eventOf(decideReduce(context, record, command)));
  }
  return { ok: true, makes };
}

function excessOf(record: ReservationRecord, lines: readonly StockUnits[]): StockUnits[] {
  return record.lines.flatMap(({ locationId, gtin, ...line }) => {
    const wanted = lines.find((one) => one.locationId === locationId && one.gtin === gtin)?.quantity ?? 0;
    const quantity = Math.max(0, line.quantity - line.consumed) - wanted;
    return quantity > 0 ? [{ locationId, gtin, quantity }] : [];
  });
}
