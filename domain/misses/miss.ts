import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { actorSchema } from "../orders/order-step.ts";
import { moneySchema } from "../product.ts";
import { alternativeSchema, fulfilmentMethodSchema } from "../reservations/reservation.ts";

/** Where it was seen that there is none: at the shelf by somebody in the store, or on a screen. */
const missedBySchema = z.enum(["shelf", "screen"]);

/** `POST /v1/misses`. Somebody wanted units of a product at a location and could not have them. */
export const missWishSchema = z.object({
  locationId: idSchema,
  gtin: gtinDigitsSchema,
  quantity: z.number().int().positive().max(1_000_000).default(1),
  channel: channelSchema.default("store"),
  by: missedBySchema,
  customerId: z.string().min(1).max(100).optional(),
  actor: actorSchema.optional(),
});
export type MissWish = z.infer<typeof missWishSchema>;

/** `POST /v1/misses/{id}/save`: an order for the place of one of the alternatives, or another. */
export const saveMissSchema = z.object({
  locationId: idSchema,
  method: fulfilmentMethodSchema,
  /** All that was missed, unless said. */
  quantity: z.number().int().positive().max(1_000_000).optional(),
  customerId: z.string().min(1).max(100).optional(),
  unitPrice: moneySchema.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  actor: actorSchema.optional(),
});
export type SaveMiss = z.infer<typeof saveMissSchema>;

/**
 * A miss, counted once. `open`: nothing was ordered. `saving`: its order is on its way. `saved`: it is. `availableHere`: what could
 * be promised here by the books, above 0 when the shelf says otherwise. `alternatives`: as they were then, best first.
 */
export const missSchema = z.object({
  missId: idSchema,
  status: z.enum(["open", "saving", "saved"]),
  locationId: idSchema,
  gtin: z.string(),
  quantity: z.number().int(),
  channel: channelSchema,
  by: missedBySchema,
  customerId: z.string().nullable(),
  actor: actorSchema,
  availableHere: z.number().int(),
  alternatives: z.array(alternativeSchema),
  chosen: saveMissSchema.nullable(),
  orderId: idSchema.nullable(),
  createdAt: instantSchema,
  changedAt: instantSchema,
  version: z.number().int(),
});
export type Miss = z.infer<typeof missSchema>;
