import type { Logger } from "pino";
import type { Receipt } from "../../domain/receipt.ts";
import {
  changedReturn,
  inspectedReturn,
  isOnItsWay,
  refusedInspection,
  refusedReturn,
  takenReturn,
} from "../../domain/returns/change-return.ts";
import { stateChangeOf, tillReturnOf } from "../../domain/returns/return-events.ts";
import type { Return } from "../../domain/returns/return.ts";
import { createSerial } from "../commit-log/serial.ts";
import type { EventToPublish, PublishEvent } from "../events/event-publisher.ts";
import type { OrderAnswer, OrderDesk } from "../orders/order-desk.ts";
import { HttpProblem } from "../problems.ts";
import { problemAnswer, type StoredAnswer } from "../reservations/granting-writer.ts";
import { refusedReturnProblem } from "./return-problem.ts";
import type { ReturnsInMemory } from "./returns-in-memory.ts";

const SOURCE = "returns";

export type ReturnProgress = ReturnType<typeof createReturnProgress>;

/**
 * Brings a return to its end, step by step: the order of an exchange, the till's event, the note on the order, and changes of state
 * after a look. Each step is durable before the next, and each is harmless when it is done again: the order and the note have a key,
 * the events an id. So after a crash it goes on where it broke off.
 */
export function createReturnProgress(deps: {
  memory: ReturnsInMemory;
  orders: Pick<OrderDesk, "place" | "cancel" | "returned">;
  publishEvent: PublishEvent;
  logger: Logger;
  nowMs(): number;
}) {
  const { memory, orders } = deps;
  const { run: inTurn } = createSerial();
  const at = () => new Date(deps.nowMs()).toISOString();
  const askOf = (one: Return, step: string) => ({
    actor: one.actor,
    key: { scope: SOURCE, key: `${one.returnId}.${step}`, requestHash: step },
  });

  async function publish(event: EventToPublish): Promise<Receipt> {
    const receipt = await deps.publishEvent(event);
    if (receipt.ok) return receipt.value;
    const code = receipt.code === "broker_unavailable" ? "broker_unavailable" : "outcome_unknown";
    throw new HttpProblem(code, receipt.detail, {}, { "retry-after": "2" });
  }

  async function placeExchange(one: Return): Promise<StoredAnswer | null> {
    if (one.status !== "taking" || one.exchange === null || one.exchangeOrderId !== null) return null;
    const customerId = one.exchange.customerId ?? one.customerId;
    const wish = {
      ...one.exchange,
      ...(customerId === null ? {} : { customerId }),
      origin: { kind: "exchange", id: one.returnId } as const,
      partial: false,
    };
    const placed = await orders.place(wish, askOf(one, "exchange"));
    if (placed.ok) {
      const exchangeOrderId = placed.order.orderId;
      await memory.write("exchanged", changedReturn(one, at(), { exchangeOrderId }));
      return null;
    }
    const detail = "What the customer wanted instead could not be ordered, so nothing was taken back.";
    await memory.write("refused", refusedReturn(one, at(), { code: placed.code, detail }));
    return { status: placed.status, text: placed.text };
  }

  async function take(one: Return): Promise<StoredAnswer | null> {
    if (one.status !== "taking") return null;
    const receipt = await publish({ kind: "till", locationId: one.locationId, event: tillReturnOf(one) });
    if (receipt.status !== "rejected") {
      await memory.write("received", takenReturn(one, at()));
      return null;
    }
    if (one.exchangeOrderId !== null) {
      const undone = await orders.cancel(one.exchangeOrderId, { cause: "system" }, askOf(one, "undo"));
      if (!undone.ok)
        warn(one, undone, "the order of an exchange whose return was refused could not be cancelled");
    }
    const reason = receipt.detail ?? receipt.code ?? "rejected";
    const refused = refusedReturn(one, at(), { code: "return_rejected", detail: reason });
    await memory.write("refused", refused);
    return problemAnswer(refusedReturnProblem(refused));
  }

  async function note(one: Return): Promise<void> {
    if (one.isNoted || one.takenAt === null) return;
    const units = new Map<string, number>();
    for (const { linkedLineId, quantity } of one.lines) {
      if (linkedLineId !== null) units.set(linkedLineId, (units.get(linkedLineId) ?? 0) + quantity);
    }
    const lines = [...units].map(([lineId, quantity]) => ({ lineId, quantity }));
    const { returnId, locationId, boughtIn } = one;
    const command = { returnId, locationId, actor: one.actor, lines };
    const noted = await orders.returned(boughtIn.id, command, askOf(one, "note"));
    if (noted.ok) return await memory.write("noted", changedReturn(one, at(), { isNoted: true }));
    warn(one, noted, "an order did not note what came back of it");
    // The goods are here all the same: people see it in the list of what does not fit.
    const refusal = { code: noted.code, detail: "The order did not note it." };
    await memory.write("noted", changedReturn(one, at(), { isNoted: true, refusal }));
  }

  async function recordInspections(returnId: string): Promise<StoredAnswer | null> {
    let problem: StoredAnswer | null = null;
    for (;;) {
      const one = memory.get(returnId);
      const inspection = one?.inspections.find(isOnItsWay);
      if (one == null || inspection === undefined) return problem;
      const event = stateChangeOf(one, inspection);
      const receipt = await publish({ kind: "stock", locationId: one.locationId, source: SOURCE, event });
      const { number } = inspection;
      const current = memory.get(returnId) ?? one;
      if (receipt.status !== "rejected") {
        await memory.write("inspected", inspectedReturn(current, number, at()));
        continue;
      }
      const reason = receipt.detail ?? receipt.code ?? "rejected";
      await memory.write("inspection_refused", refusedInspection(current, number, at(), reason));
      const detail = `The ledger refused the change of state: ${reason}.`;
      problem = problemAnswer(new HttpProblem("return_rejected", detail, { receipt }));
    }
  }

  function warn(one: Return, answer: Extract<OrderAnswer, { ok: false }>, message: string): void {
    deps.logger.warn({ returnId: one.returnId, code: answer.code }, message);
  }

  return {
    /** Does what is left to do. The problem that it ended in, null when all is well. Throws where it can be gone on with later. */
    goOn: (returnId: string): Promise<StoredAnswer | null> =>
      inTurn(returnId, async () => {
        for (const step of [placeExchange, take]) {
          const one = memory.get(returnId);
          const problem = one === null ? null : await step(one);
          if (problem !== null) return problem;
        }
        const taken = memory.get(returnId);
        if (taken !== null) await note(taken);
        return await recordInspections(returnId);
      }),
  };
}
