import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";

/** Why the available quantity is what it is, in one word. */
export const REASON_CODES = ["in_stock", "out_of_stock", "not_sellable", "no_record"] as const;

/**
 * The answer for one product at one location, whole units.
 * available = max(0, sellable − reserved − safetyStock − allocated).
 * `lastSeenAt` is the last physical evidence (a read, a count, a sale); its age is the age of truth (KPI I13).
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
  reasonCode: z.enum(REASON_CODES),
  lastSeenAt: instantSchema.nullable(),
});
export type AvailabilityItem = z.infer<typeof availabilityItemSchema>;

export const availabilityAnswerSchema = z.object({
  asOf: instantSchema,
  revision: z.number().int(),
  items: z.array(availabilityItemSchema),
});
export type AvailabilityAnswer = z.infer<typeof availabilityAnswerSchema>;

export const availabilityQuerySchema = z.object({
  gtins: z
    .array(z.string().regex(/^\d{8,14}$/))
    .min(1)
    .max(5000),
  locations: z.array(idSchema).min(1).max(100),
  channel: z.string().max(64).optional(),
});
export type AvailabilityQuery = z.infer<typeof availabilityQuerySchema>;
