import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { epcTextSchema, gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { orderWishSchema } from "../orders/order.ts";
import { actorSchema } from "../orders/order-step.ts";
import { stockStateSchema } from "../stock-state.ts";

export const MAX_RETURN_LINES = 100;
/** They and the lines go into one event of a till. */
const MAX_RETURNED_ITEMS = 800;

/** Why a customer brings something back. */
export const RETURN_REASONS = [
  "changed_mind",
  "wrong_size",
  "wrong_colour",
  "not_as_described",
  "defective",
  "damaged_in_transit",
  "wrong_item",
  "late_delivery",
  "unwanted_gift",
  "warranty",
  "other",
] as const;
const returnReasonSchema = z.enum(RETURN_REASONS);

/** How a unit comes in: back on the shelf, to be looked at, or broken. It is the state of its stock. */
const returnConditionSchema = z.enum(["sellable", "inspect", "damaged"]);

/** What a look at a unit can find. */
const inspectionOutcomeSchema = z.enum(["sellable", "damaged", "display_only"]);

/**
 * What does not fit: `unlinked` (nothing says where it was bought), `not_sold_by_us` (the ledger knows no sale of this very item),
 * `already_returned` (it came back after its last sale), `other_order` (this very item was sold in another order).
 */
export const RETURN_FLAGS = ["unlinked", "not_sold_by_us", "already_returned", "other_order"] as const;
export const returnFlagSchema = z.enum(RETURN_FLAGS);
export type ReturnFlag = z.infer<typeof returnFlagSchema>;

/** Units of a line by the state that they are in. */
const unitsByStateSchema = z.record(stockStateSchema, z.number().int());

/**
 * One very item: its identity, the state it is in, and the order or till that the ledger says sold it. `isNamed` false: the ledger
 * still has it on hand, because its sale named no item; then the unit that comes in is one without identity.
 */
const returnedItemSchema = z.object({
  epc: z.string(),
  isNamed: z.boolean(),
  state: stockStateSchema,
  flags: z.array(returnFlagSchema),
  soldIn: z.string().nullable(),
});
export type ReturnedItem = z.infer<typeof returnedItemSchema>;

/** Units of one product that came back. `linkedLineId`: the line of the order or sale that they are of. */
export const returnLineSchema = z.object({
  lineNo: z.number().int(),
  gtin: z.string(),
  quantity: z.number().int(),
  reason: returnReasonSchema,
  condition: returnConditionSchema,
  linkedLineId: z.string().nullable(),
  flags: z.array(returnFlagSchema),
  items: z.array(returnedItemSchema),
  units: unitsByStateSchema,
});
export type ReturnLine = z.infer<typeof returnLineSchema>;

/**
 * Where it was bought. `order`: an order that was placed here. `imported_order`: of the imported history. `sale`: a till's
 * transaction; `id` is {location}/{transaction}. `channel`, `method`: where it was ordered and how it was got, as far as known.
 */
export const boughtInSchema = z.object({
  kind: z.enum(["order", "imported_order", "sale", "unknown"]),
  id: z.string(),
  channel: z.string().nullable(),
  method: z.string().nullable(),
});
export type BoughtIn = z.infer<typeof boughtInSchema>;

/**
 * What was bought. Of each line `handedOver` units left with the customer and `left` can still come back; `epcs`: the very items,
 * where they are known.
 */
export const purchaseSchema = z.object({
  boughtIn: boughtInSchema,
  lines: z.array(
    z.object({
      lineId: z.string(),
      gtin: z.string(),
      handedOver: z.number().int(),
      left: z.number().int(),
      epcs: z.array(z.string()),
    }),
  ),
});
export type Purchase = z.infer<typeof purchaseSchema>;

/**
 * One look at units of a line. With neither `recordedAt` nor `refusal` its change of state is on its way to the ledger; with a
 * refusal the ledger did not take it, and the units wait for another look.
 */
const inspectionSchema = z.object({
  number: z.number().int(),
  lineNo: z.number().int(),
  quantity: z.number().int(),
  epcs: z.array(z.string()),
  to: inspectionOutcomeSchema,
  at: instantSchema,
  actor: actorSchema,
  recordedAt: instantSchema.nullable(),
  refusal: z.string().nullable(),
});
export type Inspection = z.infer<typeof inspectionSchema>;

/**
 * `taking`: on its way to the ledger. `inspect`: on hand, and units wait for a look. `done`: each unit is in the state it stays in.
 * `refused`: nothing was moved, see `refusal`.
 */
export const returnStatusSchema = z.enum(["taking", "inspect", "done", "refused"]);

/**
 * Goods that came back. `takenAt`: since then they are on hand. `isNoted`: the order knows of it. `override`: why it was taken in
 * though something does not fit. Nothing in it says who the customer is: `customerId` is an opaque id.
 */
export const returnSchema = z.object({
  returnId: idSchema,
  status: returnStatusSchema,
  locationId: idSchema,
  channel: channelSchema,
  customerId: z.string().nullable(),
  boughtIn: boughtInSchema,
  actor: actorSchema,
  createdAt: instantSchema,
  changedAt: instantSchema,
  takenAt: instantSchema.nullable(),
  isNoted: z.boolean(),
  override: z.string().nullable(),
  lines: z.array(returnLineSchema),
  inspections: z.array(inspectionSchema),
  /** What the customer takes instead, as it was wished for; and the order that it became. */
  exchange: orderWishSchema.nullable(),
  exchangeOrderId: idSchema.nullable(),
  refusal: z.object({ code: z.string(), detail: z.string() }).nullable(),
  version: z.number().int(),
});
export type Return = z.infer<typeof returnSchema>;

const wishedReturnLineSchema = z
  .object({
    gtin: gtinDigitsSchema,
    quantity: z.number().int().positive().max(100_000),
    /** The very items, where they were scanned: at most `quantity`. */
    epcs: z.array(epcTextSchema).max(1_000).default([]),
    /** Of the order; without it the lines of this product in their order. */
    lineId: idSchema.optional(),
    reason: returnReasonSchema,
    condition: returnConditionSchema.default("inspect"),
  })
  .refine((line) => line.epcs.length <= line.quantity, "more EPCs than units");

/**
 * `POST /v1/returns`. `orderId` (with `source` for an order of the imported history) or `receipt`, a till's transaction, says where
 * it was bought; without either the items themselves do, as far as the ledger knows them. `exchange`: what the customer takes
 * instead, as an order without id, customer and origin.
 */
export const returnWishSchema = z
  .object({
    locationId: idSchema,
    orderId: z.string().min(1).max(100).optional(),
    source: z.string().min(1).max(64).optional(),
    receipt: z
      .object({
        transactionId: z.string().min(1).max(200),
        locationId: idSchema.optional(),
        terminalId: z.string().min(1).max(64).optional(),
      })
      .optional(),
    channel: channelSchema.default("store"),
    customerId: z.string().min(1).max(100).optional(),
    actor: actorSchema.optional(),
    lines: z
      .array(wishedReturnLineSchema)
      .min(1)
      .max(MAX_RETURN_LINES)
      .refine((lines) => lines.reduce((sum, line) => sum + line.epcs.length, 0) <= MAX_RETURNED_ITEMS, {
        error: `at most ${MAX_RETURNED_ITEMS} EPCs in one return`,
      }),
    /** Why it is taken in though something does not fit: see `flags`. */
    override: z.string().min(1).max(500).optional(),
    exchange: orderWishSchema.omit({ orderId: true, origin: true, placedAt: true, partial: true }).optional(),
  })
  .refine((wish) => wish.orderId === undefined || wish.receipt === undefined, "orderId or receipt, not both");
export type ReturnWish = z.infer<typeof returnWishSchema>;

/** `POST /v1/returns/{id}/inspect`: what a look at units found. Units are those that wait for it; `epcs` name the very items. */
export const inspectWishSchema = z.object({
  actor: actorSchema.optional(),
  lines: z
    .array(
      z.object({
        lineNo: z.number().int().positive(),
        quantity: z.number().int().positive().max(100_000).optional(),
        epcs: z.array(epcTextSchema).max(1_000).default([]),
        to: inspectionOutcomeSchema,
      }),
    )
    .min(1)
    .max(MAX_RETURN_LINES),
});
export type InspectWish = z.infer<typeof inspectWishSchema>;
