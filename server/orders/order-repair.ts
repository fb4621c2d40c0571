import type { Logger } from "pino";
import { decideRecover } from "../../domain/orders/decisions/due.ts";
import { decideHandedOver, decideTaken } from "../../domain/orders/decisions/hand-over.ts";
import type { OrderDecision } from "../../domain/orders/decisions/order-decision.ts";
import { decideShortUnits } from "../../domain/orders/decisions/store-steps.ts";
import type { Fulfilment, Order } from "../../domain/orders/order.ts";
import { SYSTEM_ACTOR } from "../../domain/orders/order-step.ts";
import { isHolding, linesOf, openStock, sumUnits } from "../../domain/orders/order-units.ts";
import { HELD_FOR_ORDER } from "../../domain/orders/prepare-step.ts";
import { applyStockSteps } from "../../domain/orders/stock-steps.ts";
import type { ReservationRecord } from "../../domain/reservations/reservation-record.ts";
import type { StockUnits } from "../../domain/reservations/sum-lines.ts";
import type { OrderContexts } from "./order-contexts.ts";
import type { FulfilmentAt } from "./order-desk.ts";
import type { OrderWriter } from "./order-writer.ts";

/** Open orders that are compared with their reservations in one step. */
const LOOKED_AT_ONCE = 2_000;

/**
 * Makes orders and reservations agree where something happened to one without the other: a crash between the two logs, a till
 * that sold what was reserved, somebody who gave an order's reservation back, time. Orders say what should be, reservations and the
 * ledger what is.
 */
export function createOrderRepair(deps: {
  contexts: OrderContexts;
  logger: Logger;
  nowMs(): number;
  /** A hand-over was begun, and nobody waits for its end any more. */
  goOn(writer: OrderWriter, at: FulfilmentAt): void;
}) {
  const { contexts, logger } = deps;
  let waiting: string[] = [];

  /** Reservations that were to be an order's, and no order has them: whoever asked was never answered. */
  function releaseOrphans({ book, session }: OrderWriter): void {
    for (const record of session.book.records()) {
      const { reservationId, reason } = record.told;
      if (reason !== HELD_FOR_ORDER || !session.book.isLive(record)) continue;
      const owner = book.orderOf(reservationId)?.order;
      const isOwned = owner?.fulfilments.some((one) => one.reservationId === reservationId && isHolding(one));
      if (isOwned === true) continue;
      logger.warn(
        { reservationId },
        "a reservation of no order was given back: its order was never answered",
      );
      const lines = record.lines.map((line) => ({
        locationId: line.locationId,
        gtin: line.gtin,
        quantity: Math.max(0, line.quantity - line.consumed),
      }));
      applyStockSteps(
        { book: session.book, nowMs: deps.nowMs(), availableOf: () => 0 },
        [{ kind: "reduce", reservationId, lines, as: "released", reason: "its order was never answered" }],
        (event) => session.writer.record(event),
      );
    }
  }

  function repairOrder(writer: OrderWriter, orderId: string): void {
    writer.settleDue(orderId);
    const found = writer.book.record(orderId);
    for (const { fulfilmentId } of found?.order.fulfilments ?? []) {
      const order = writer.book.record(orderId)?.order;
      const fulfilment = order?.fulfilments.find((one) => one.fulfilmentId === fulfilmentId);
      if (order === undefined || fulfilment === undefined || !isHolding(fulfilment)) continue;
      repairFulfilment(writer, order, fulfilment);
    }
  }

  function repairFulfilment(writer: OrderWriter, order: Order, fulfilment: Fulfilment): void {
    const { fulfilmentId, reservationId, handOver } = fulfilment;
    const held = reservationId === null ? undefined : writer.session.book.record(reservationId);
    const surplus = takenBeyond(order, fulfilment, held);
    const taken = surplus.reduce((units, { quantity }) => units + quantity, 0);
    if (handOver !== null) {
      const leaving = handOver.lines.reduce((units, line) => units + line.quantity, 0);
      if (taken >= leaving) run(writer, order, (context) => decideHandedOver(context, order, fulfilmentId));
      else deps.goOn(writer, { orderId: order.orderId, fulfilmentId });
      return;
    }
    if (taken > 0) {
      run(writer, order, (context) => decideTaken(context, order, fulfilmentId, surplus));
      return;
    }
    const missing = openStock(order, fulfilment);
    if (missing.length === 0 || (held !== undefined && writer.session.book.isLive(held))) return;
    logger.warn({ orderId: order.orderId, fulfilmentId, reservationId }, "an order lost its hold; held anew");
    const isHeld = run(writer, order, (context) => decideRecover(context, order, fulfilmentId, missing));
    if (isHeld) return;
    run(writer, order, (context) =>
      decideShortUnits(context, order, fulfilmentId, { cause: "sold_in_store" }, () => []),
    );
  }

  function run(
    writer: OrderWriter,
    order: Order,
    decide: (context: ReturnType<OrderContexts["contextOf"]>) => OrderDecision,
  ): boolean {
    return writer.decideNow(order.orderId, contexts.availableOf(order.channel), (nowMs) =>
      decide(contexts.contextOf(SYSTEM_ACTOR, nowMs)),
    );
  }

  function guarded(orderId: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      logger.error({ err: error, orderId }, "an order could not be compared with its reservation");
    }
  }

  return {
    begin(writer: OrderWriter): void {
      guarded("", () => releaseOrphans(writer));
      waiting = [...writer.book.openIds()];
      for (const orderId of waiting.splice(0)) guarded(orderId, () => repairOrder(writer, orderId));
    },
    tick(writer: OrderWriter): void {
      for (const orderId of writer.book.dueAt(deps.nowMs()))
        guarded(orderId, () => writer.settleDue(orderId));
      if (waiting.length === 0) waiting = [...writer.book.openIds()];
      for (const orderId of waiting.splice(0, LOOKED_AT_ONCE)) {
        guarded(orderId, () => repairOrder(writer, orderId));
      }
    },
  };
}

/** Units that the ledger took of a fulfilment's reservation beyond those that the order knows of. */
function takenBeyond(
  order: Order,
  { fulfilmentId, locationId }: Fulfilment,
  held: ReservationRecord | undefined,
): StockUnits[] {
  if (held === undefined) return [];
  const known = sumUnits(
    linesOf(order, fulfilmentId).map((line) => ({ line, units: line.handedOver })),
    locationId,
  );
  return held.lines.flatMap(({ gtin, consumed }) => {
    const before = known.find((one) => one.gtin === gtin)?.quantity ?? 0;
    return consumed > before ? [{ locationId, gtin, quantity: consumed - before }] : [];
  });
}
