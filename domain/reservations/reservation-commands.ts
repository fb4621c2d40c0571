import { z } from "zod";
import { gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { MAX_RESERVATION_LINES, MAX_TTL_SECONDS } from "./reservation.ts";

const reasonSchema = z.string().min(1).max(500).optional();

/** Some units of a reservation, where not all are meant. */
const partSchema = z
  .array(
    z.object({
      gtin: gtinDigitsSchema,
      locationId: idSchema,
      quantity: z.number().int().positive().max(1_000_000),
    }),
  )
  .min(1)
  .max(MAX_RESERVATION_LINES)
  .optional();

/** `POST …/confirm`: the goods are kept until `holdUntil`, or as long as the server is set to. */
export const confirmSchema = z.object({
  orderId: z.string().min(1).max(100).optional(),
  holdUntil: instantSchema.optional(),
});
export type ConfirmCommand = z.infer<typeof confirmSchema>;

/** `POST …/extend`: `ttlSeconds` from now for what is held, at most 4 h after its creation; `holdUntil` for what is confirmed. */
export const extendSchema = z.object({
  ttlSeconds: z.number().int().min(1).max(MAX_TTL_SECONDS).optional(),
  holdUntil: instantSchema.optional(),
});
export type ExtendCommand = z.infer<typeof extendSchema>;

/** `POST …/transfer`: all that is still held is held at another location instead, or nothing changes. */
export const transferSchema = z.object({ toLocationId: idSchema, reason: reasonSchema });
export type TransferCommand = z.infer<typeof transferSchema>;

export const pickSchema = z.object({});

/** `POST …/short`: units that were not found; without `lines` none of it was. */
export const shortSchema = z.object({ lines: partSchema, reason: reasonSchema });
export type ShortCommand = z.infer<typeof shortSchema>;

export const releaseSchema = z.object({ reason: reasonSchema });
export type ReleaseCommand = z.infer<typeof releaseSchema>;

/** `POST …/fulfil`: units handed over; without `lines` all that is still held. */
export const fulfilSchema = z.object({ lines: partSchema });
export type FulfilCommand = z.infer<typeof fulfilSchema>;
