import { z } from "zod";
import { pageSchema } from "../domain/api/paging.ts";
import {
  type FulfilmentMethod,
  type FulfilmentStatus,
  orderSchema,
  type orderWishSchema,
} from "../domain/orders/order.ts";
import type {
  arriveStepSchema,
  cancelSchema,
  changeSchema,
  collectStepSchema,
  pickStepSchema,
  plainStepSchema,
  shipStepSchema,
  shortStepSchema,
  toldCommandSchema,
} from "../domain/orders/order-commands.ts";
import type { Call } from "./http.ts";
import { createIdempotencyKey } from "./idempotency-key.ts";
import type { CommandOptions } from "./reservation-calls.ts";

/** `lines` of product, whole units, method and location; a line may name the reservation that holds its units. */
export type OrderWishInput = z.input<typeof orderWishSchema>;

/** Without `status` those with something left to do; `mustTell`: a customer waits for a word. */
export type OrderQuery = {
  location?: string;
  method?: FulfilmentMethod;
  status?: FulfilmentStatus;
  channel?: string;
  customerId?: string;
  gtin?: string;
  mustTell?: boolean;
};

const codesSchema = z.object({
  items: z.array(z.object({ fulfilmentId: z.string(), locationId: z.string(), code: z.string() })),
});

/**
 * Orders and what is done for them. A call that got no answer is tried again with the same key, and so nothing is ordered or
 * handed over twice.
 */
export function createOrderCalls(call: Call) {
  const command = (path: string, body: unknown, { idempotencyKey, signal }: CommandOptions = {}) =>
    call("POST", path, orderSchema, {
      body,
      idempotencyKey: idempotencyKey ?? createIdempotencyKey(),
      ...(signal === undefined ? {} : { signal }),
    });
  const pathOf = (orderId: string) => `/v1/orders/${encodeURIComponent(orderId)}`;
  const whole =
    <Schema extends z.ZodType>(name: string) =>
    (orderId: string, body: z.input<Schema>, options?: CommandOptions) =>
      command(`${pathOf(orderId)}/${name}`, body, options);
  const step =
    <Schema extends z.ZodType>(name: string) =>
    (at: { orderId: string; fulfilmentId: string }, body: z.input<Schema>, options?: CommandOptions) =>
      command(
        `${pathOf(at.orderId)}/fulfilments/${encodeURIComponent(at.fulfilmentId)}/${name}`,
        body,
        options,
      );

  return {
    /** Takes an order and holds its goods in the same step, all of them or none unless `partial`. */
    place: (wish: OrderWishInput, options?: CommandOptions) => command("/v1/orders", wish, options),
    /** The newest first, in pages. */
    list: ({
      mustTell,
      signal,
      ...query
    }: OrderQuery & { cursor?: string; limit?: number; signal?: AbortSignal } = {}) =>
      call("GET", "/v1/orders", pageSchema(orderSchema), {
        query: { ...query, ...(mustTell === undefined ? {} : { mustTell: String(mustTell) }) },
        ...(signal === undefined ? {} : { signal }),
      }),
    get: (orderId: string, signal?: AbortSignal) =>
      call("GET", pathOf(orderId), orderSchema, signal === undefined ? {} : { signal }),
    /** What the customer shows to collect. For the customer alone. */
    pickupCodes: (orderId: string, signal?: AbortSignal) =>
      call("GET", `${pathOf(orderId)}/pickup-codes`, codesSchema, signal === undefined ? {} : { signal }),
    change: whole<typeof changeSchema>("change"),
    cancel: whole<typeof cancelSchema>("cancel"),
    /** The customer was told what they do not get, and chose. */
    told: whole<typeof toldCommandSchema>("told"),
    sent: step<typeof plainStepSchema>("sent"),
    accept: step<typeof plainStepSchema>("accept"),
    pick: step<typeof pickStepSchema>("pick"),
    short: step<typeof shortStepSchema>("short"),
    ready: step<typeof plainStepSchema>("ready"),
    arrive: step<typeof arriveStepSchema>("arrive"),
    collect: step<typeof collectStepSchema>("collect"),
    ship: step<typeof shipStepSchema>("ship"),
    deliver: step<typeof plainStepSchema>("deliver"),
  };
}
