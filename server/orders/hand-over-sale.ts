import type { Logger } from "pino";
import { decideHandedOver, decideHandOverRefused } from "../../domain/orders/decisions/hand-over.ts";
import type { OrderContext, OrderDecision } from "../../domain/orders/decisions/order-decision.ts";
import type { Fulfilment, Order } from "../../domain/orders/order.ts";
import { SYSTEM_ACTOR } from "../../domain/orders/order-step.ts";
import { HttpProblem } from "../problems.ts";
import type { createFulfilment } from "../reservations/fulfilment.ts";
import type { StoredAnswer } from "../reservations/granting-writer.ts";
import type { OrderContexts } from "./order-contexts.ts";
import type { FulfilmentAt } from "./order-desk.ts";
import { plainProblem } from "./order-problem.ts";
import type { OrderWriter } from "./order-writer.ts";

/** A hand-over that was left alone is gone on with so often. */
const GO_ON_EVERY_MS = 5_000;

export type HandOverSale = ReturnType<typeof createHandOverSale>;

/**
 * Publishes the sale of what is leaving, through the reservation that holds it, and notes on the order what became of it. It is the
 * same sale however often it is asked for; at most one asks at a time for each fulfilment.
 */
export function createHandOverSale(deps: {
  fulfil: ReturnType<typeof createFulfilment>;
  contexts: OrderContexts;
  logger: Logger;
  nowMs(): number;
}) {
  const running = new Map<string, Promise<StoredAnswer>>();
  const triedAtMs = new Map<string, number>();

  async function sell(writer: OrderWriter, at: FulfilmentAt): Promise<StoredAnswer> {
    const order = writer.book.record(at.orderId)?.order;
    const fulfilment = order?.fulfilments.find((one) => one.fulfilmentId === at.fulfilmentId);
    if (order === undefined || fulfilment === undefined) {
      throw new HttpProblem("order_not_found", `There is no order ${at.orderId}.`);
    }
    if (fulfilment.handOver === null) return { status: 200, text: JSON.stringify(order) };
    const held = writer.session.book.record(fulfilment.reservationId ?? "");
    if (held === undefined) {
      return await refused(writer, at, plainProblem("order_state", "Nothing of it is held any more."));
    }
    const answer = await deps.fulfil({
      writer: writer.session.writer,
      book: writer.session.book,
      record: held,
      command: { lines: linesToSell(order, fulfilment) },
      key: null,
      toProblem: (refusal) =>
        new HttpProblem("order_state", "detail" in refusal ? refusal.detail : "Its units are not held."),
    });
    if (answer.status >= 400) return await refused(writer, at, answer);
    return await note(writer, at, (context, now) => decideHandedOver(context, now, at.fulfilmentId));
  }

  async function refused(
    writer: OrderWriter,
    at: FulfilmentAt,
    problem: StoredAnswer,
  ): Promise<StoredAnswer> {
    await note(writer, at, (context, order) =>
      decideHandOverRefused(context, order, at.fulfilmentId, problem.text.slice(0, 300)),
    );
    return problem;
  }

  function note(
    writer: OrderWriter,
    { orderId }: FulfilmentAt,
    decide: (context: OrderContext, order: Order) => OrderDecision,
  ): Promise<StoredAnswer> {
    return writer.run({
      key: null,
      orderId,
      status: 200,
      availableOf: () => 0,
      contextOf: (nowMs) => deps.contexts.contextOf(SYSTEM_ACTOR, nowMs),
      decide(context, order) {
        if (order === null) throw new Error(`order ${orderId} is gone`);
        return decide(context, order);
      },
      toProblem: (refusal) => new HttpProblem("order_state", JSON.stringify(refusal)),
    });
  }

  function finish(writer: OrderWriter, at: FulfilmentAt): Promise<StoredAnswer> {
    const name = `${at.orderId} ${at.fulfilmentId}`;
    const known = running.get(name);
    if (known !== undefined) return known;
    triedAtMs.set(name, deps.nowMs());
    const work = sell(writer, at).finally(() => running.delete(name));
    running.set(name, work);
    return work;
  }

  return {
    /** Answers with the order after it, or why the ledger did not take it. Throws while nobody knows. */
    finish,
    /** Of a hand-over that nobody waits for: now and then. */
    goOn(writer: OrderWriter, at: FulfilmentAt): void {
      const name = `${at.orderId} ${at.fulfilmentId}`;
      if (running.has(name) || deps.nowMs() - (triedAtMs.get(name) ?? 0) < GO_ON_EVERY_MS) return;
      if (triedAtMs.size > 10_000) triedAtMs.clear();
      finish(writer, at).catch((error: unknown) => {
        deps.logger.warn({ err: error, ...at }, "a hand-over waits for its sale; it is tried again");
      });
    },
  };
}

function linesToSell(order: Order, { handOver, locationId }: Fulfilment) {
  const byGtin = new Map<string, { gtin: string; locationId: string; quantity: number; epcs: string[] }>();
  for (const { lineId, quantity, epcs } of handOver?.lines ?? []) {
    const gtin = order.lines.find((line) => line.lineId === lineId)?.gtin;
    if (gtin === undefined) continue;
    const line = byGtin.get(gtin) ?? { gtin, locationId, quantity: 0, epcs: [] };
    line.quantity += quantity;
    line.epcs.push(...epcs);
    byGtin.set(gtin, line);
  }
  return [...byGtin.values()];
}
