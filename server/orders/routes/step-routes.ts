import type { z } from "zod";
import { orderSchema } from "../../../domain/orders/order.ts";
import {
  arriveStepSchema,
  collectStepSchema,
  pickStepSchema,
  plainStepSchema,
  readyStepSchema,
  shipStepSchema,
  shortStepSchema,
} from "../../../domain/orders/order-commands.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { ProblemCode } from "../../problems.ts";
import type { FulfilmentAt, OrderAnswer, OrderAsk, OrderDesk } from "../order-desk.ts";
import {
  ARRIVE_EXAMPLE,
  COLLECT_EXAMPLE,
  ORDER_EXAMPLE,
  PICK_EXAMPLE,
  SHIP_EXAMPLE,
  SHORT_EXAMPLE,
} from "./examples.ts";
import {
  askOf,
  fulfilmentParamsSchema,
  ORDER_CHANGE_PROBLEMS,
  PLACERS,
  TAG,
  toOrderAnswer,
} from "./route-words.ts";

type Step<Body extends z.ZodType> = {
  name: string;
  summary: string;
  description?: string;
  roles?: readonly ("storefront" | "store" | "admin")[];
  body: Body;
  example: unknown;
  problems?: readonly ProblemCode[];
  take(at: FulfilmentAt, body: z.output<Body>, ask: OrderAsk): Promise<OrderAnswer>;
};

const STAFF = ["store", "admin"] as const;
const SALE_PROBLEMS = ["sale_rejected", "broker_unavailable", "epc_not_of_order", "invalid_epc"] as const;

/** What a store, a carrier or the customer does for one part of an order. Each takes an `Idempotency-Key`. */
export function createStepRoutes({ desk }: { desk: OrderDesk }): Route[] {
  function stepRoute<Body extends z.ZodType>(step: Step<Body>): Route {
    return defineRoute({
      method: "POST",
      path: `/v1/orders/:orderId/fulfilments/:fulfilmentId/${step.name}`,
      tag: TAG,
      summary: step.summary,
      ...(step.description === undefined ? {} : { description: step.description }),
      roles: step.roles ?? STAFF,
      params: fulfilmentParamsSchema,
      body: step.body,
      isBodyOptional: true,
      examples: { body: step.example, answer: ORDER_EXAMPLE },
      answer: { schema: orderSchema, description: "The order after it" },
      problems: [...ORDER_CHANGE_PROBLEMS, ...(step.problems ?? [])],
      async handle(request) {
        const { params, body } = request;
        const path = `${params.orderId}/${params.fulfilmentId}/${step.name}`;
        return toOrderAnswer(
          await step.take(params, body, askOf(request, { path, body }, { isRequired: false })),
        );
      },
    });
  }

  return [
    stepRoute({
      name: "sent",
      summary: "Its task is on the store's devices",
      body: plainStepSchema,
      example: {},
      take: desk.sent,
    }),
    stepRoute({
      name: "accept",
      summary: "Somebody in the store took it on",
      body: plainStepSchema,
      example: {},
      take: desk.accept,
    }),
    stepRoute({
      name: "pick",
      summary: "Units were set aside; without `lines` picking has begun",
      body: pickStepSchema,
      example: PICK_EXAMPLE,
      problems: ["epc_not_of_order", "invalid_epc"],
      take: desk.pick,
    }),
    stepRoute({
      name: "short",
      summary: "Units cannot be had here: they are not held any longer, and their customer has to be told",
      description: "The order shows `mustTell` and alternatives until POST /v1/orders/{orderId}/told.",
      body: shortStepSchema,
      example: SHORT_EXAMPLE,
      take: desk.short,
    }),
    stepRoute({
      name: "ready",
      summary: "All that is open lies ready; for pickup it is kept from now on",
      body: readyStepSchema,
      example: {},
      take: desk.ready,
    }),
    stepRoute({
      name: "arrive",
      summary: "The customer is there, in a bay",
      description: "`vehicle` is shown to the store's staff until the hand-over, and stored nowhere.",
      roles: PLACERS,
      body: arriveStepSchema,
      example: ARRIVE_EXAMPLE,
      take: desk.arrive,
    }),
    stepRoute({
      name: "collect",
      summary: "Handed to the customer, who showed the pickup code: records the sale",
      description:
        "Publishes a sale that names order, reservation and items, and answers after its receipt. Five wrong codes are heard, after " +
        "that only `staffChecked`. Repeat it with its key when the outcome is unknown: the same sale is published again.",
      body: collectStepSchema,
      example: COLLECT_EXAMPLE,
      problems: [...SALE_PROBLEMS, "wrong_pickup_code"],
      take: desk.collect,
    }),
    stepRoute({
      name: "ship",
      summary: "Handed to a carrier: records the sale",
      body: shipStepSchema,
      example: SHIP_EXAMPLE,
      problems: SALE_PROBLEMS,
      take: desk.ship,
    }),
    stepRoute({
      name: "deliver",
      summary: "The parcel reached its customer",
      roles: PLACERS,
      body: plainStepSchema,
      example: {},
      take: desk.deliver,
    }),
  ];
}
