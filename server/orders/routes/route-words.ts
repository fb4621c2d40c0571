import { z } from "zod";
import type { Order } from "../../../domain/orders/order.ts";
import type { Actor } from "../../../domain/orders/order-step.ts";
import type { Caller, RouteAnswer } from "../../http/route.ts";
import { HttpProblem } from "../../problems.ts";
import { readKey } from "../../reservations/read-key.ts";
import type { OrderAnswer, OrderAsk, OrderDesk } from "../order-desk.ts";

export const TAG = "Orders";
/** Who may place, change and cancel; `store` for its own location. */
export const PLACERS = ["storefront", "store", "admin"] as const;
export const READERS = ["storefront", "store", "merchandiser", "admin"] as const;

export const orderParamsSchema = z.object({ orderId: z.string().min(1).max(64) });
export const fulfilmentParamsSchema = orderParamsSchema.extend({ fulfilmentId: z.string().min(1).max(64) });

/** Problems of every change of one order. */
export const ORDER_CHANGE_PROBLEMS = [
  "order_not_found",
  "order_state",
  "fulfilment_not_found",
  "wrong_location",
  "reservation_state",
  "idempotency_key_reused",
  "not_ready",
  "not_the_writer",
  "reservations_busy",
  "outcome_unknown",
] as const;

/** Whom the caller speaks for, where the command does not say. */
function actorOf(caller: Caller): Actor {
  if (caller.role === "store") return { kind: "staff", id: caller.keyId };
  return { kind: caller.role === "storefront" ? "customer" : "staff", id: caller.keyId };
}

/** Who asks, under which key, and for which location alone. */
export function askOf(
  request: { caller: Caller; header(name: string): string | undefined },
  asked: { path: string; body: unknown },
  options: { isRequired: boolean },
): OrderAsk {
  const { caller } = request;
  return {
    actor: actorOf(caller),
    key: readKey(request, asked, options),
    locationId: caller.role === "store" ? caller.locationId : null,
  };
}

export function toOrderAnswer({ ok, status, text }: OrderAnswer): RouteAnswer {
  return ok ? { status, text } : { status, text, contentType: "application/problem+json" };
}

/** The order, for those who may see it: a store's key sees those that its location has a part in. */
export async function orderFor(desk: OrderDesk, caller: Caller, orderId: string): Promise<Order> {
  const order = await desk.find(orderId);
  if (order === null || !maySee(order, caller)) {
    throw new HttpProblem("order_not_found", `There is no order ${orderId}.`);
  }
  return order;
}

export function maySee(order: Order, { role, locationId }: Caller): boolean {
  return role !== "store" || order.fulfilments.some((one) => one.locationId === locationId);
}
