import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { idSchema, instantSchema } from "../identifiers.ts";

/**
 * Why the available quantity is what it is, in one word. Of what leaves nothing: `reserved`, `safety_stock` or `allocated` took
 * the last units, `uncertain` says that too few are there with the probability that was asked for.
 */
export const REASON_CODES = [
  "in_stock",
  "out_of_stock",
  "reserved",
  "safety_stock",
  "allocated",
  "uncertain",
  "display_only",
  "not_sellable",
  "no_record",
] as const;

/** Units that are to come, from expected receipts and transfers on their way. What is late is not among them. */
export const incomingSchema = z.object({ expectedAt: instantSchema, quantity: z.number().int() });
export type Incoming = z.infer<typeof incomingSchema>;

/**
 * The answer for one product at one location, for one channel, whole units.
 * available = max(0, sellable − reserved − safetyStock − allocated); with a probability asked for, of sellable only the units
 * count that are there with it. `confidence` = P(at least `reserved` + the quantity asked for are really there); null where
 * nothing is known of it. `incoming`, `availableFrom`: what is to come, and when the quantity asked for can be had by it;
 * null where it can be had now, or not within 30 days.
 * `isCapped`: more may be available than is shown ("5+"). `lastSeenAt` is the last physical evidence (a read, a count, a
 * sale); its age is the age of truth (KPI I13).
 */
export const availabilityItemSchema = z.object({
  gtin: z.string(),
  locationId: idSchema,
  onHand: z.number().int(),
  sellable: z.number().int(),
  reserved: z.number().int(),
  safetyStock: z.number().int(),
  allocated: z.number().int(),
  available: z.number().int(),
  isCapped: z.boolean(),
  reasonCode: z.enum(REASON_CODES),
  confidence: z.number().nullable(),
  incoming: z.array(incomingSchema),
  availableFrom: instantSchema.nullable(),
  lastSeenAt: instantSchema.nullable(),
});
export type AvailabilityItem = z.infer<typeof availabilityItemSchema>;

/** `locations` only where they were asked for by `near`, the nearest first. */
export const availabilityAnswerSchema = z.object({
  asOf: instantSchema,
  revision: z.number().int(),
  items: z.array(availabilityItemSchema),
  locations: z.array(z.object({ locationId: idSchema, distanceKm: z.number() })).optional(),
});
export type AvailabilityAnswer = z.infer<typeof availabilityAnswerSchema>;

/** The nearest locations with known coordinates (WGS 84 degrees), on the great circle. */
export const nearSchema = z.object({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  radiusKm: z.number().positive().max(20_100).default(50),
  limit: z.number().int().min(1).max(100).default(20),
});
export type Near = z.infer<typeof nearSchema>;

/**
 * `quantity`: how many units are wished for; `confidence` and `availableFrom` of the answer are of them. `confidence`: count
 * only units that are there with this probability.
 */
export const wishShape = {
  channel: channelSchema.optional(),
  quantity: z.coerce.number().int().min(1).max(1_000_000).default(1),
  confidence: z.coerce.number().gt(0).lt(1).optional(),
};

/** `locations` or `near`, not both. */
export const availabilityQuerySchema = z
  .object({
    gtins: z
      .array(z.string().regex(/^\d{8,14}$/))
      .min(1)
      .max(5000),
    locations: z.array(idSchema).min(1).max(100).optional(),
    near: nearSchema.optional(),
    ...wishShape,
  })
  .refine((query) => (query.locations === undefined) !== (query.near === undefined), {
    message: "either `locations` or `near` has to be given",
    path: ["locations"],
  });
export type AvailabilityQuery = z.infer<typeof availabilityQuerySchema>;
