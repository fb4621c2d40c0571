import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { DEFAULT_TTL_SECONDS, MAX_RESERVATION_LINES, MAX_TTL_SECONDS } from "../reservations/reservation.ts";
import { workTimeSchema } from "./work-time.ts";
import { promiseMethodSchema, promiseWeightOverridesSchema } from "./promise-settings.ts";

const basketLineSchema = z.object({
  gtin: gtinDigitsSchema,
  quantity: z.number().int().positive().max(1_000_000),
});

/** `POST /v1/promise`: a basket and where the customer is. `at` is when it is ordered, for opening hours (now). */
export const promiseWishSchema = z.object({
  lines: z.array(basketLineSchema).min(1).max(MAX_RESERVATION_LINES),
  customer: z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }),
  methods: z.array(promiseMethodSchema).min(1).optional(),
  channel: channelSchema.default("web"),
  confidence: z.number().gt(0).lt(1).optional(),
  weights: promiseWeightOverridesSchema.prefault({}),
  maxShipments: z.number().int().min(1).max(5).optional(),
  limit: z.number().int().min(1).max(50).default(10),
  at: instantSchema.optional(),
});
export type PromiseWish = z.infer<typeof promiseWishSchema>;

/** `POST /v1/promise/reservations`: the same basket, and which way of the answer is held; left out: the best one. */
export const promiseChoiceSchema = promiseWishSchema.extend({
  wayId: z.string().max(500).optional(),
  ttlSeconds: z.number().int().min(1).max(MAX_TTL_SECONDS).default(DEFAULT_TTL_SECONDS),
  customerId: z.string().min(1).max(100).optional(),
  orderId: z.string().min(1).max(100).optional(),
});

/**
 * What one location does of a way. `readyAt`: when it can be collected there, or when the parcel arrives; null where the
 * location's opening hours are not known. `distanceKm` null where nobody knows where the location is.
 */
export const promiseShipmentSchema = z.object({
  locationId: idSchema,
  method: promiseMethodSchema,
  distanceKm: z.number().nullable(),
  readyAt: instantSchema.nullable(),
  /** Why then: how long the location needs in its opening hours, and what decided it. Null for publishable keys: how busy a store is is its own. */
  work: workTimeSchema.nullable(),
  lines: z.array(z.object({ gtin: z.string(), quantity: z.number().int().positive() })),
});
export type PromiseShipment = z.infer<typeof promiseShipmentSchema>;

/**
 * One way to fulfil the whole basket. `readyAt` and `distanceKm` are those of the last and of the farthest shipment. `confidence` is the
 * product over lines of P(that many are really there); null where nothing is known of one. `cost` is what the ways are ranked by.
 */
export const promiseWaySchema = z.object({
  wayId: z.string(),
  isWhole: z.boolean(),
  methods: z.array(promiseMethodSchema),
  readyAt: instantSchema.nullable(),
  distanceKm: z.number().nullable(),
  confidence: z.number().nullable(),
  cost: z.number(),
  shipments: z.array(promiseShipmentSchema),
});
export type PromiseWay = z.infer<typeof promiseWaySchema>;

/**
 * Why a location is in no way by a method: it has nothing of the basket, does not offer it, is too far to collect from, its place is
 * not known, it does not open within a year; or it has some, and other ways were better.
 */
export const LEFT_OUT_REASONS = [
  "nothing_available",
  "not_offered",
  "too_far",
  "no_coordinates",
  "never_open",
  "not_needed",
] as const;
export const leftOutSchema = z.object({
  locationId: idSchema,
  method: promiseMethodSchema,
  reason: z.enum(LEFT_OUT_REASONS),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** A line that cannot be had whole, however it is split. `available`: over all locations that could serve it. */
export const missingLineSchema = z.object({
  gtin: z.string(),
  requested: z.number().int(),
  available: z.number().int(),
});

/** The best way first; none where the basket cannot be had whole. */
export const promiseAnswerSchema = z.object({
  asOf: instantSchema,
  revision: z.number().int(),
  ways: z.array(promiseWaySchema),
  missing: z.array(missingLineSchema),
  leftOut: z.array(leftOutSchema),
  leftOutCount: z.number().int(),
});
export type PromiseAnswer = z.infer<typeof promiseAnswerSchema>;
