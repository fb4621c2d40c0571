import { z } from "zod";
import { epcTextSchema, gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { fulfilmentMethodSchema } from "../reservations/reservation.ts";
import { MAX_ORDER_LINES, TOLD_OUTCOMES } from "./order.ts";
import { actorSchema, causeSchema } from "./order-step.ts";

/**
 * With every command: who did it, where that is not simply the caller, and when, where it happened before now (work that was
 * done offline). It counts from the last step before it at the earliest and from now at the latest.
 */
const stepBase = {
  actor: actorSchema.optional(),
  occurredAt: instantSchema.optional(),
  note: z.string().min(1).max(500).optional(),
};

const unitsSchema = z.number().int().positive().max(1_000_000);
const partSchema = z
  .array(
    z.object({
      lineId: idSchema,
      quantity: unitsSchema,
      epcs: z.array(epcTextSchema).max(1_000).optional(),
    }),
  )
  .min(1)
  .max(MAX_ORDER_LINES)
  .optional();

/** Items that leave, as devices read them: each goes to a line of its product. */
const itemsSchema = z.array(epcTextSchema).max(1_000).optional();

/** `…/sent`, `…/accept`, `…/deliver`: nothing to say but who and when. */
export const plainStepSchema = z.object(stepBase);
export type PlainStep = z.infer<typeof plainStepSchema>;

/** `…/pick`: units were set aside for the customer. Without `lines` picking has begun, and no more is said. */
export const pickStepSchema = z.object({ ...stepBase, lines: partSchema });
export type PickStep = z.infer<typeof pickStepSchema>;

/** `…/short`: units cannot be had here. Without `lines` none of what is open. */
export const shortStepSchema = z.object({
  ...stepBase,
  lines: partSchema,
  cause: causeSchema.extract(["not_found", "damaged", "sold_in_store"]).default("not_found"),
});
export type ShortStep = z.infer<typeof shortStepSchema>;

/** `…/ready`: all that is open lies ready; what was not said to be picked is by this. */
export const readyStepSchema = z.object(stepBase);

/** `…/arrive`: the customer waits. `vehicle` is shown to the store's staff until the hand-over, and kept nowhere. */
export const arriveStepSchema = z.object({
  ...stepBase,
  bay: z.string().min(1).max(40).optional(),
  vehicle: z.string().min(1).max(60).optional(),
});
export type ArriveStep = z.infer<typeof arriveStepSchema>;

/**
 * `…/collect`: handed to the customer, all that is open unless `lines`. `code` is the pickup code; `staffChecked` says that
 * staff made sure otherwise who it is.
 */
export const collectStepSchema = z.object({
  ...stepBase,
  lines: partSchema,
  code: z
    .string()
    .regex(/^\d{6}$/, "a pickup code has 6 digits")
    .optional(),
  staffChecked: z.boolean().default(false),
  epcs: itemsSchema,
});
export type CollectStep = z.infer<typeof collectStepSchema>;

/** `…/ship`: handed to a carrier, all that is open unless `lines`. */
export const shipStepSchema = z.object({
  ...stepBase,
  lines: partSchema,
  carrier: z.string().min(1).max(100).optional(),
  trackingNumber: z.string().min(1).max(100).optional(),
  epcs: itemsSchema,
});
export type ShipStep = z.infer<typeof shipStepSchema>;

/** `POST /v1/orders/{id}/cancel`: all that is open, or some lines. The goods go back to what is available. */
export const cancelSchema = z.object({ ...stepBase, cause: causeSchema, lines: partSchema });
export type CancelCommand = z.infer<typeof cancelSchema>;

/**
 * `POST /v1/orders/{id}/change`, of lines that are open and not handed over: fewer units, or another place or method for what is
 * open of them. A line that moves is held there anew; when that cannot be, nothing changes.
 */
export const changeSchema = z.object({
  ...stepBase,
  cause: causeSchema.default("customer"),
  lines: z
    .array(
      z.object({
        lineId: idSchema,
        quantity: z.number().int().min(0).max(1_000_000).optional(),
        method: fulfilmentMethodSchema.optional(),
        locationId: idSchema.optional(),
      }),
    )
    .min(1)
    .max(MAX_ORDER_LINES),
});
export type ChangeCommand = z.infer<typeof changeSchema>;

/**
 * `POST /v1/orders/{id}/told`: the customer was told of a notice, or of all that wait. With the outcome `alternative` the units
 * are held at `alternative`, as a new line.
 */
export const toldCommandSchema = z.object({
  ...stepBase,
  noticeId: idSchema.optional(),
  by: z.string().min(1).max(64),
  outcome: z.enum(TOLD_OUTCOMES),
  alternative: z.object({ locationId: idSchema, method: fulfilmentMethodSchema }).optional(),
});
export type ToldCommand = z.infer<typeof toldCommandSchema>;

/** Units of an order that came back; said by whoever took them in. `returnId` makes a repeat harmless. */
export const returnedSchema = z.object({
  ...stepBase,
  returnId: idSchema,
  locationId: idSchema,
  lines: z
    .array(z.object({ lineId: idSchema, gtin: gtinDigitsSchema.optional(), quantity: unitsSchema }))
    .min(1),
});
export type ReturnedCommand = z.infer<typeof returnedSchema>;
