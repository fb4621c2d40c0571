import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { customerIdSchema } from "../customers/customer-id.ts";
import { gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { moneySchema } from "../product.ts";
import { alternativeSchema, fulfilmentMethodSchema } from "../reservations/reservation.ts";
import { actorSchema, causeSchema, orderStepSchema, stepTimesSchema } from "./order-step.ts";

export const MAX_ORDER_LINES = 100;
/** Steps that an order keeps; nothing that an order needs takes so many. */
export const MAX_ORDER_STEPS = 500;

/** How the goods of an order are got. */
export type FulfilmentMethod = z.infer<typeof fulfilmentMethodSchema>;

/**
 * Where a fulfilment stands. Open: `allocated` (its units are held), `sent_to_store` (its task is on the store's devices),
 * `accepted`, `picking`, `ready`, `arrived` (the customer waits outside), `shipped`. Ends: `collected`, `delivered`, `short`
 * (nothing of it was found), `cancelled`, `no_show`, `returned` (all of it came back).
 */
export const FULFILMENT_STATUSES = [
  "allocated",
  "sent_to_store",
  "accepted",
  "picking",
  "ready",
  "arrived",
  "shipped",
  "collected",
  "delivered",
  "short",
  "cancelled",
  "no_show",
  "returned",
] as const;
export const fulfilmentStatusSchema = z.enum(FULFILMENT_STATUSES);
export type FulfilmentStatus = z.infer<typeof fulfilmentStatusSchema>;

/** Statuses in which units are held for a customer. */
export const HOLDING_STATUSES: readonly FulfilmentStatus[] = [
  "allocated",
  "sent_to_store",
  "accepted",
  "picking",
  "ready",
  "arrived",
];

/**
 * One product of an order, whole units. `requested` were asked for, `quantity` of them could be held (less only with `partial`).
 * Of the quantity: `picked` are set aside, `short` were not found, `cancelled` are not wanted or were not collected,
 * `handedOver` left with the customer or a carrier, and of these `returned` came back. Open: quantity − short − cancelled −
 * handedOver. `discount` is of the whole line. `epcs`: the very items picked or handed over, where they are known.
 */
export const orderLineSchema = z.object({
  lineId: idSchema,
  fulfilmentId: idSchema,
  gtin: z.string(),
  method: fulfilmentMethodSchema,
  locationId: idSchema,
  requested: z.number().int(),
  quantity: z.number().int(),
  picked: z.number().int(),
  short: z.number().int(),
  cancelled: z.number().int(),
  handedOver: z.number().int(),
  returned: z.number().int(),
  unitPrice: moneySchema.nullable(),
  discount: moneySchema,
  offerId: z.string().nullable(),
  reservationId: z.string().nullable(),
  /** Of the fulfilment, and of the line where its units ended otherwise. */
  status: fulfilmentStatusSchema,
  promisedReadyAt: instantSchema.nullable(),
  /** The line that it came in place of, where the customer took an alternative. */
  insteadOf: idSchema.nullable(),
  epcs: z.array(z.string()),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

/** The customer is there: `bay` where they wait. What their vehicle looks like is told to staff and never kept. */
export const arrivalSchema = z.object({ at: instantSchema, bay: z.string().nullable() });

/** How it was known that the right person was handed the goods. `till`: paid for and taken in one go. */
export const identitySchema = z.enum(["code", "staff_checked", "till"]);

/** Units that are leaving: their sale is on its way to the ledger. */
export const handOverSchema = z.object({
  at: instantSchema,
  actor: actorSchema,
  identity: identitySchema.nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  lines: z.array(
    z.object({ lineId: idSchema, quantity: z.number().int().positive(), epcs: z.array(z.string()) }),
  ),
});
export type HandOver = z.infer<typeof handOverSchema>;

/**
 * The lines of an order that one location fulfils in one way. Its open units are held by one reservation, until `holdUntil`.
 * `times`: when it first came to each status. `codeAttempts`: wrong pickup codes that were tried.
 */
export const fulfilmentSchema = z.object({
  fulfilmentId: idSchema,
  locationId: idSchema,
  method: fulfilmentMethodSchema,
  status: fulfilmentStatusSchema,
  reservationId: z.string().nullable(),
  promisedReadyAt: instantSchema.nullable(),
  /** What the customer was told of the delivery: the earliest of its lines. Orders from before it was kept have none. */
  promisedDeliveredAt: instantSchema.nullable().default(null),
  holdUntil: instantSchema.nullable(),
  times: stepTimesSchema,
  arrival: arrivalSchema.nullable(),
  handOver: handOverSchema.nullable(),
  codeAttempts: z.number().int(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
});
export type Fulfilment = z.infer<typeof fulfilmentSchema>;

/** What the customer decided when they were told. */
export const TOLD_OUTCOMES = ["alternative", "refund", "wait", "unreached"] as const;

/** That the customer was told, how, by whom, and what they decided. */
export const toldSchema = z.object({
  at: instantSchema,
  actor: actorSchema,
  /** By e-mail, sms, phone, push, in person, … an open list. */
  by: z.string().min(1).max(64),
  outcome: z.enum(TOLD_OUTCOMES),
});

/** Units that the customer does not get as ordered, by no wish of theirs. As long as `told` is null somebody owes them a word. */
export const noticeSchema = z.object({
  noticeId: idSchema,
  kind: z.enum(["short", "cancelled"]),
  lineId: idSchema,
  quantity: z.number().int(),
  cause: causeSchema,
  since: instantSchema,
  /** Where else the units are, as it was when this came about, best first. */
  alternatives: z.array(alternativeSchema),
  told: toldSchema.nullable(),
  /** The line that came in its place. */
  replacedBy: idSchema.nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** Where an order came from, when it did not come from nothing: an exchange, a sale that was saved. `id` is of that. */
export const orderOriginSchema = z.object({
  kind: z.enum(["exchange", "saved_sale"]),
  id: z.string().min(1).max(100),
});

/**
 * An order. `channel` is where it was placed, `source` which system said so. `status` is that of the fulfilment that is least
 * far, or how it ended. `mustTell`: a notice waits to be told, since `mustTellSince`. `version` rises with each change.
 * Nothing in it says who the customer is: `customerId` is an opaque id.
 */
export const orderSchema = z.object({
  orderId: idSchema,
  channel: channelSchema,
  source: idSchema,
  customerId: z.string().nullable(),
  origin: orderOriginSchema.nullable(),
  placedAt: instantSchema,
  changedAt: instantSchema,
  currency: z.string(),
  status: fulfilmentStatusSchema,
  mustTell: z.boolean(),
  mustTellSince: instantSchema.nullable(),
  fulfilments: z.array(fulfilmentSchema),
  lines: z.array(orderLineSchema),
  notices: z.array(noticeSchema),
  timeline: z.array(orderStepSchema),
  version: z.number().int(),
});
export type Order = z.infer<typeof orderSchema>;

const BROUGHT: ReadonlySet<FulfilmentMethod> = new Set([
  "ship_from_store",
  "ship_from_warehouse",
  "delivery",
]);

/** Goods of this method come to the customer; of the others the customer comes to them. */
export function isBrought(method: FulfilmentMethod): boolean {
  return BROUGHT.has(method);
}

const wishedOrderLineSchema = z
  .object({
    lineId: idSchema.optional(),
    gtin: gtinDigitsSchema,
    quantity: z.number().int().positive().max(1_000_000),
    method: fulfilmentMethodSchema,
    locationId: idSchema,
    unitPrice: moneySchema.optional(),
    discount: moneySchema.optional(),
    offerId: z.string().min(1).max(100).optional(),
    /** Holds these units already: the order takes it over. Without it they are held in the same step. */
    reservationId: z.string().min(1).max(100).optional(),
    /** By when the customer was told to have it: of what is brought to them. */
    promisedDeliveredAt: instantSchema.optional(),
  })
  .refine(({ method, promisedDeliveredAt }) => promisedDeliveredAt === undefined || isBrought(method), {
    path: ["promisedDeliveredAt"],
    message: "is for what is shipped or delivered; what is collected is promised ready",
  });

/**
 * `POST /v1/orders`, and what MQTT says of an order that was placed. All lines or nothing, unless `partial`. `placedAt` in the
 * past is taken as it is (an order that comes late); never one in the future.
 */
export const orderWishSchema = z.object({
  orderId: idSchema.optional(),
  channel: channelSchema.default("web"),
  source: idSchema.optional(),
  /** Of a customer that is known here, so that nothing of a person stands in orders that an erasure would have to find. */
  customerId: customerIdSchema.optional(),
  origin: orderOriginSchema.optional(),
  placedAt: instantSchema.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("EUR"),
  lines: z.array(wishedOrderLineSchema).min(1).max(MAX_ORDER_LINES),
  partial: z.boolean().default(false),
  /** Hold only what is really there with at least this probability. */
  confidence: z.number().gt(0).lt(1).optional(),
});
export type OrderWish = z.infer<typeof orderWishSchema>;
