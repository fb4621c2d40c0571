import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";

/** `held` expires by its time to live; `confirmed` and `picked` live until `holdUntil`. The others are ends. */
export const RESERVATION_STATUSES = [
  "held",
  "confirmed",
  "picked",
  "fulfilled",
  "released",
  "expired",
  "short",
  "transferred",
] as const;
export const reservationStatusSchema = z.enum(RESERVATION_STATUSES);
export type ReservationStatus = z.infer<typeof reservationStatusSchema>;

/** Statuses in which a reservation counts as reserved, as long as its time has not come. */
export const LIVE_STATUSES: readonly ReservationStatus[] = ["held", "confirmed", "picked"];

export const MAX_RESERVATION_LINES = 100;
export const MAX_TTL_SECONDS = 14_400;
export const DEFAULT_TTL_SECONDS = 900;

const wishedLineSchema = z.object({
  gtin: gtinDigitsSchema,
  quantity: z.number().int().positive().max(1_000_000),
  locationId: idSchema,
});

/** `POST /v1/reservations`. Lines of one product at one location are summed before anything is checked. */
export const reservationWishSchema = z.object({
  lines: z.array(wishedLineSchema).min(1).max(MAX_RESERVATION_LINES),
  ttlSeconds: z.number().int().min(1).max(MAX_TTL_SECONDS).default(DEFAULT_TTL_SECONDS),
  channel: channelSchema.default("web"),
  customerId: z.string().min(1).max(100).optional(),
  orderId: z.string().min(1).max(100).optional(),
  /** Hold what there is of each line; without it, all or nothing. */
  partial: z.boolean().default(false),
  /** Hold only what is really there with at least this probability. */
  confidence: z.number().gt(0).lt(1).optional(),
});
export type ReservationWish = z.infer<typeof reservationWishSchema>;

/** One product at one location, whole units: asked for, granted, and of these handed over; `atRisk` are not covered by stock. */
export const reservationLineSchema = z.object({
  gtin: z.string(),
  locationId: idSchema,
  requested: z.number().int(),
  quantity: z.number().int(),
  fulfilled: z.number().int(),
  atRisk: z.number().int(),
});
export type ReservationLine = z.infer<typeof reservationLineSchema>;

/** `expiresAt` is set while `held`, `holdUntil` while `confirmed` or `picked`. `version` rises with each change. */
export const reservationSchema = z.object({
  reservationId: z.string(),
  status: reservationStatusSchema,
  isAtRisk: z.boolean(),
  channel: channelSchema,
  customerId: z.string().nullable(),
  orderId: z.string().nullable(),
  createdAt: instantSchema,
  changedAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  holdUntil: instantSchema.nullable(),
  transferredFrom: z.string().nullable(),
  transferredTo: z.string().nullable(),
  reason: z.string().nullable(),
  lines: z.array(reservationLineSchema),
  version: z.number().int(),
});
export type Reservation = z.infer<typeof reservationSchema>;

/** How a shopper gets the goods. */
export const FULFILMENT_METHODS = [
  "carry_out",
  "pickup",
  "curbside",
  "ship_from_store",
  "ship_from_warehouse",
  "delivery",
] as const;
export const fulfilmentMethodSchema = z.enum(FULFILMENT_METHODS);

/** Where a missed line could be served from instead, best first. `readyAt` null: nobody can say. */
export const alternativeSchema = z.object({
  locationId: idSchema,
  available: z.number().int(),
  confidence: z.number().nullable(),
  distanceKm: z.number().nullable(),
  readyAt: instantSchema.nullable(),
  method: fulfilmentMethodSchema,
});
export type Alternative = z.infer<typeof alternativeSchema>;

/** In the body of 409 `insufficient_availability`, one for each line that could not be held whole. */
export const missedLineSchema = z.object({
  gtin: z.string(),
  locationId: idSchema,
  requested: z.number().int(),
  available: z.number().int(),
  alternatives: z.array(alternativeSchema),
});
export type MissedLine = z.infer<typeof missedLineSchema>;
