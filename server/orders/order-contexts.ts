import { randomUUID } from "node:crypto";
import type { OrderContext, PromiseOf } from "../../domain/orders/decisions/order-decision.ts";
import type { Actor } from "../../domain/orders/order-step.ts";
import type { AvailableOf } from "../../domain/reservations/decisions/decision.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";

export type OrderContexts = ReturnType<typeof createOrderContexts>;

/** What decisions on orders are made with. */
export function createOrderContexts(deps: { reader: AvailabilityReader; promiseOf: PromiseOf }) {
  return {
    contextOf: (actor: Actor, nowMs: number): OrderContext => ({
      nowMs,
      actor,
      promiseOf: deps.promiseOf,
      newReservationId: randomUUID,
    }),
    /** What is available to a channel, at a confidence where one is asked for. */
    availableOf:
      (channel: string, confidence: number | null = null): AvailableOf =>
      (locationId, gtin, atMs) =>
        deps.reader.unitsFor(locationId, gtin, { channel, quantity: 1, confidence }, atMs),
  };
}
