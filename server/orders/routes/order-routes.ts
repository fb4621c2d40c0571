import { z } from "zod";
import { pageQuerySchema, pageSchema } from "../../../domain/api/paging.ts";
import { channelSchema } from "../../../domain/channel.ts";
import { idSchema } from "../../../domain/identifiers.ts";
import {
  fulfilmentStatusSchema,
  type Order,
  orderSchema,
  orderWishSchema,
} from "../../../domain/orders/order.ts";
import { cancelSchema, changeSchema, toldCommandSchema } from "../../../domain/orders/order-commands.ts";
import { isOpenOrder } from "../../../domain/orders/order-units.ts";
import { fulfilmentMethodSchema } from "../../../domain/reservations/reservation.ts";
import { toNumbers } from "../../availability/availability-routes.ts";
import { decodeCursor, toPage } from "../../http/cursor.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import { HttpProblem } from "../../problems.ts";
import type { OrderDesk } from "../order-desk.ts";
import type { PickupCodes } from "../pickup-codes.ts";
import {
  CANCEL_EXAMPLE,
  CHANGE_EXAMPLE,
  ORDER_EXAMPLE,
  ORDER_WISH_EXAMPLE,
  TOLD_EXAMPLE,
} from "./examples.ts";
import {
  askOf,
  maySee,
  ORDER_CHANGE_PROBLEMS,
  orderFor,
  orderParamsSchema,
  PLACERS,
  READERS,
  TAG,
  toOrderAnswer,
} from "./route-words.ts";

const listQuerySchema = pageQuerySchema.omit({ query: true }).extend({
  location: idSchema.optional(),
  method: fulfilmentMethodSchema.optional(),
  status: fulfilmentStatusSchema.optional(),
  channel: channelSchema.optional(),
  customerId: z.string().max(100).optional(),
  gtin: z.string().max(20).optional(),
  mustTell: z.enum(["true", "false"]).optional(),
});

const codesSchema = z.object({
  items: z.array(z.object({ fulfilmentId: idSchema, locationId: idSchema, code: z.string() })),
});

/** Placing an order, looking at orders, and what concerns all of one. */
export function createOrderRoutes(deps: { desk: OrderDesk; codes: PickupCodes }): Route[] {
  const { desk, codes } = deps;
  return [
    defineRoute({
      method: "POST",
      path: "/v1/orders",
      tag: TAG,
      summary:
        "Place an order: its goods are held in the same step, all of them or, with `partial`, what there is",
      description:
        "Needs an `Idempotency-Key`, as POST /v1/reservations. A line that names a `reservationId` takes over what it holds; " +
        "others are held now. Answered when order and holds are on the disk of the database. Lines of one place and method are " +
        "one fulfilment, with a life of its own.",
      roles: PLACERS,
      body: orderWishSchema,
      examples: { body: ORDER_WISH_EXAMPLE, answer: ORDER_EXAMPLE },
      answer: { status: 201, schema: orderSchema, description: "The order" },
      problems: [
        "idempotency_key_missing",
        "idempotency_key_reused",
        "invalid_gtin",
        "insufficient_availability",
        "reservation_state",
        "order_exists",
        "not_ready",
        "not_the_writer",
        "reservations_busy",
        "outcome_unknown",
      ],
      async handle(request) {
        const { body } = request;
        toNumbers(body.lines.map((line) => line.gtin));
        const ask = askOf(request, { path: "order", body }, { isRequired: true });
        return toOrderAnswer(await desk.place(body, ask));
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/orders",
      tag: TAG,
      summary: "Orders, the newest first",
      description:
        "Without `status` those with something left to do; with it also what ended in the last day. `location` and `method` are of " +
        "a part of the order. `mustTell=true`: a customer waits for a word. Older ones are read one by one, or with SQL (`orders`).",
      roles: READERS,
      query: listQuerySchema,
      answer: { schema: pageSchema(orderSchema), description: "A page" },
      problems: ["invalid_cursor", "invalid_gtin", "not_ready", "not_the_writer"],
      handle({ query, caller }) {
        const cursor = decodeCursor(query.cursor, ["number"]);
        const gtin = query.gtin === undefined ? undefined : toNumbers([query.gtin])[0];
        const isWanted = (order: Order) =>
          (query.status === undefined ? isOpenOrder(order) : order.status === query.status) &&
          (query.channel === undefined || order.channel === query.channel) &&
          (query.customerId === undefined || order.customerId === query.customerId) &&
          (query.mustTell === undefined || order.mustTell === (query.mustTell === "true")) &&
          (query.location === undefined ||
            order.fulfilments.some((one) => one.locationId === query.location)) &&
          (query.method === undefined || order.fulfilments.some((one) => one.method === query.method)) &&
          (gtin === undefined || order.lines.some((line) => Number(line.gtin) === gtin)) &&
          maySee(order, caller);
        const before = cursor === null ? Number.POSITIVE_INFINITY : Number(cursor[0]);
        const page = toPage(desk.list(isWanted, before, query.limit + 1), query.limit, (row) => [
          row.ordinal,
        ]);
        return { body: { items: page.items.map((row) => row.order), nextCursor: page.nextCursor } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/orders/:orderId",
      tag: TAG,
      summary: "One order as it is now",
      roles: READERS,
      params: orderParamsSchema,
      examples: { answer: ORDER_EXAMPLE },
      answer: { schema: orderSchema, description: "The order" },
      problems: ["order_not_found"],
      handle: async ({ params, caller }) => ({ body: await orderFor(desk, caller, params.orderId) }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/orders/:orderId/pickup-codes",
      tag: TAG,
      summary: "The codes with which the customer collects: send them to nobody else",
      description:
        "One for each part that is collected. They are stored nowhere; a store's key cannot read them.",
      roles: ["storefront", "admin"],
      params: orderParamsSchema,
      answer: { schema: codesSchema, description: "The codes, empty when nothing is collected" },
      problems: ["order_not_found"],
      async handle({ params, caller }) {
        const { orderId, fulfilments } = await orderFor(desk, caller, params.orderId);
        const items = [];
        for (const { fulfilmentId, locationId, method } of fulfilments) {
          if (method !== "pickup" && method !== "curbside") continue;
          items.push({ fulfilmentId, locationId, code: await codes.codeOf({ orderId, fulfilmentId }) });
        }
        return { body: { items } };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/orders/:orderId/change",
      tag: TAG,
      summary: "Fewer units, or another place or method for what is open of lines",
      description: "What moves is held there in the same step; when it cannot be, nothing changes.",
      roles: PLACERS,
      params: orderParamsSchema,
      body: changeSchema,
      examples: { body: CHANGE_EXAMPLE, answer: ORDER_EXAMPLE },
      answer: { schema: orderSchema, description: "The order after it" },
      problems: [...ORDER_CHANGE_PROBLEMS, "insufficient_availability"],
      async handle(request) {
        const { params, body } = request;
        const ask = askOf(request, { path: `${params.orderId}/change`, body }, { isRequired: false });
        return toOrderAnswer(await desk.change(params.orderId, body, ask));
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/orders/:orderId/cancel",
      tag: TAG,
      summary: "Cancel what is open, or some lines: the goods go back to what is available",
      description:
        "`cause` says why. Cancelled for another cause than `customer`, the order waits (`mustTell`) until the customer was told.",
      roles: PLACERS,
      params: orderParamsSchema,
      body: cancelSchema,
      examples: { body: CANCEL_EXAMPLE, answer: ORDER_EXAMPLE },
      answer: { schema: orderSchema, description: "The order after it" },
      problems: ORDER_CHANGE_PROBLEMS,
      async handle(request) {
        const { params, body } = request;
        const ask = askOf(request, { path: `${params.orderId}/cancel`, body }, { isRequired: false });
        return toOrderAnswer(await desk.cancel(params.orderId, body, ask));
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/orders/:orderId/told",
      tag: TAG,
      summary: "The customer was told that units are missing or cancelled",
      description:
        "Of one notice, or of all that wait. With the outcome `alternative` its units are held at another place in the same step.",
      roles: PLACERS,
      params: orderParamsSchema,
      body: toldCommandSchema,
      examples: { body: TOLD_EXAMPLE, answer: ORDER_EXAMPLE },
      answer: { schema: orderSchema, description: "The order after it" },
      problems: [...ORDER_CHANGE_PROBLEMS, "insufficient_availability"],
      async handle(request) {
        const { params, body, caller } = request;
        if (caller.role === "store") await orderFor(desk, caller, params.orderId);
        const ask = askOf(request, { path: `${params.orderId}/told`, body }, { isRequired: false });
        if (body.outcome !== "alternative" && body.alternative !== undefined) {
          throw new HttpProblem("invalid_request", "Only the outcome alternative names one.");
        }
        return toOrderAnswer(await desk.told(params.orderId, body, ask));
      },
    }),
  ];
}
