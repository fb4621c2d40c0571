import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";

export const WEEKDAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"] as const;
const clockTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, "a time of day is HH:MM, up to 24:00");

/** Where and for what a rule holds; null = all. A product is narrower than a category, a location than a group. */
export const ruleScopeSchema = z.object({
  channel: channelSchema.nullable().default(null),
  locationId: idSchema.nullable().default(null),
  locationGroup: idSchema.nullable().default(null),
  gtin: gtinDigitsSchema.nullable().default(null),
  category: z.string().min(1).max(200).nullable().default(null),
});

/** When it holds: between two instants, and in a week by the location's own clock. Null = always. */
export const ruleWindowSchema = z.object({
  startsAt: instantSchema.nullable().default(null),
  endsAt: instantSchema.nullable().default(null),
  weekdays: z.array(z.enum(WEEKDAYS)).min(1).nullable().default(null),
  from: clockTime.nullable().default(null),
  to: clockTime.nullable().default(null),
});

const shared = {
  scope: ruleScopeSchema,
  window: ruleWindowSchema.prefault({}),
  note: z.string().max(1000).default(""),
};
const id = { ruleId: idSchema };
const units = z.number().int().max(1_000_000);

const safetyStockSchema = z.object({ kind: z.literal("safety_stock"), ...shared, quantity: units.min(0) });
const allocationSchema = z.object({
  kind: z.literal("allocation"),
  ...shared,
  quantity: units.min(0),
  releaseAt: instantSchema.nullable().default(null),
});
const capSchema = z.object({ kind: z.literal("cap"), ...shared, quantity: units.min(1) });

/** A rule as it is set: its id stands in the address. */
export const ruleBodySchema = z.discriminatedUnion("kind", [safetyStockSchema, allocationSchema, capSchema]);

/**
 * Rules of what is withheld or shown. Of several `safety_stock` rules that fit, and of several `cap` rules, the narrowest holds.
 * `safety_stock`: units withheld from the channel. `allocation`: units ring-fenced for the channel of the scope until
 * `releaseAt`, when what is unsold returns to all. `cap`: the channel is shown at most so many ("5+").
 */
export const availabilityRuleSchema = z.discriminatedUnion("kind", [
  safetyStockSchema.extend(id),
  allocationSchema.extend(id),
  capSchema.extend(id),
]);
export type AvailabilityRule = z.infer<typeof availabilityRuleSchema>;
