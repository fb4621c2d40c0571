import { z } from "zod";
import { availabilityItemSchema } from "../availability/availability-item.ts";
import { channelSchema } from "../channel.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { movementReasonSchema } from "../movement.ts";
import { reservationStatusSchema } from "../reservations/reservation.ts";
import { stockStateSchema } from "../stock-state.ts";

/** Steps that one answer shows at most; what is older is one line with its sum. */
export const MAX_EXPLAIN_STEPS = 1_000;

/**
 * What an opening balance stands for: `start` = nothing is before the first step, `last_count` = all that was recorded before the
 * last count began, `older_steps` = what is older than the steps that are shown.
 */
export const OPENING_KINDS = ["start", "last_count", "older_steps"] as const;

/** The balance that the first step starts from: `lines` movements folded into one, units by state. */
export const openingSchema = z.object({
  standsFor: z.enum(OPENING_KINDS),
  lines: z.number().int(),
  firstOccurredAt: instantSchema.nullable(),
  lastOccurredAt: instantSchema.nullable(),
  onHand: z.number().int(),
  sellable: z.number().int(),
});

/**
 * One step of the history. `movement`: a line of the ledger. `count`: a count looked at the product; it has no effect of its own,
 * its differences are the `counted` movements of the same event. `onHand` and `sellable` are the signed effect in whole units,
 * `…After` the balance.
 */
export const explainStepSchema = z.object({
  kind: z.enum(["movement", "count"]),
  occurredAt: instantSchema,
  recordedAt: instantSchema,
  source: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  sequence: z.number().int().nullable(),
  reason: movementReasonSchema.nullable(),
  state: stockStateSchema.nullable(),
  epc: z.string().nullable(),
  reservationId: z.string().nullable(),
  orderId: z.string().nullable(),
  count: z.object({ countId: z.string(), expected: z.number().int(), counted: z.number().int() }).nullable(),
  onHand: z.number().int(),
  sellable: z.number().int(),
  onHandAfter: z.number().int(),
  sellableAfter: z.number().int(),
});
export type ExplainStep = z.infer<typeof explainStepSchema>;

/** A hold that counted at the instant. `units` is what it still holds of the product; `recordedAt` its last change until then. */
export const explainHoldSchema = z.object({
  reservationId: z.string(),
  status: reservationStatusSchema,
  channel: channelSchema,
  units: z.number().int(),
  createdAt: instantSchema,
  recordedAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  holdUntil: instantSchema.nullable(),
});
export type ExplainHold = z.infer<typeof explainHoldSchema>;

/** A rule that was in force at the instant, and the units that it took from this answer; a cap: that it was cut to. */
export const explainRuleSchema = z.object({
  ruleId: idSchema,
  version: z.number().int(),
  kind: z.enum(["safety_stock", "allocation", "cap"]),
  units: z.number().int(),
  changedAt: instantSchema.nullable(),
  note: z.string(),
});
export type ExplainRule = z.infer<typeof explainRuleSchema>;

export const EXPLAIN_TERMS = [
  "sellable",
  "uncertain",
  "reserved",
  "safety_stock",
  "allocated",
  "not_below_zero",
  "cap",
] as const;

/** The sum itself: Σ `units` = available, exactly. `not_below_zero` gives back what was taken beyond the last unit. */
export const explainTermSchema = z.object({ term: z.enum(EXPLAIN_TERMS), units: z.number().int() });
export type ExplainTerm = z.infer<typeof explainTermSchema>;

/**
 * `GET /v1/availability/explain`: why this number. `basis` `answered` = what was answered at `at`: by what was recorded until then.
 * `event_time` = what is known by now of `at`: by what happened until then. `answer` in the words of an availability answer.
 * `throughSequence` = the last movement of the location that was looked at.
 */
export const explanationSchema = z.object({
  gtin: z.string(),
  locationId: idSchema,
  channel: z.string(),
  confidence: z.number().nullable(),
  at: instantSchema,
  basis: z.enum(["answered", "event_time"]),
  isNow: z.boolean(),
  throughSequence: z.number().int(),
  answer: availabilityItemSchema.pick({
    onHand: true,
    sellable: true,
    reserved: true,
    safetyStock: true,
    allocated: true,
    available: true,
    isCapped: true,
    reasonCode: true,
  }),
  opening: openingSchema,
  steps: z.array(explainStepSchema),
  holds: z.array(explainHoldSchema),
  rules: z.array(explainRuleSchema),
  terms: z.array(explainTermSchema),
});
export type Explanation = z.infer<typeof explanationSchema>;
