import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { availabilityRuleSchema, ruleBodySchema } from "../rules/availability-rule.ts";
import { pageSchema } from "./paging.ts";

/**
 * A rule with who set it last. `isInForce`: its window is open now by the clock of at least one location; `nextChangeAt`:
 * when it opens or closes next somewhere, null for never.
 */
export const storedRuleSchema = z.object({
  rule: availabilityRuleSchema,
  isInForce: z.boolean(),
  nextChangeAt: instantSchema.nullable(),
  changedAt: instantSchema,
  changedBy: z.string(),
});
export type StoredRuleAnswer = z.infer<typeof storedRuleSchema>;

/** `GET /v1/rules`, ordered by id. */
export const rulesAnswerSchema = z.object({ items: z.array(storedRuleSchema) });

/** One change of a rule; `rule` null: it was taken back. `before` null: it was new. */
export const ruleChangeSchema = z.object({
  ruleId: idSchema,
  rule: availabilityRuleSchema.nullable(),
  before: availabilityRuleSchema.nullable(),
  changedAt: instantSchema,
  changedBy: z.string(),
});

/** `GET /v1/rule-changes`, newest first. */
export const ruleChangesSchema = pageSchema(ruleChangeSchema);

/** Body of `POST /v1/rule-previews`: the rule as it would be, or null to see what taking it back would do. */
export const rulePreviewWishSchema = z.object({
  ruleId: idSchema,
  rule: ruleBodySchema.nullable(),
  /** For whom the difference is shown; the rule's own channel unless given. */
  channel: channelSchema.optional(),
});

/** What would be promised instead, whole units. `changed` counts all; `items` are the first 100 of them. */
export const rulePreviewSchema = z.object({
  channel: z.string(),
  covered: z.number().int(),
  changed: z.number().int(),
  items: z.array(
    z.object({ locationId: z.string(), gtin: z.string(), from: z.number().int(), to: z.number().int() }),
  ),
});

/** Body of `PUT /v1/location-groups/{groupId}`. */
export const locationGroupBodySchema = z.object({
  name: z.string().max(200).default(""),
  locations: z.array(idSchema).max(10_000),
});
export const locationGroupSchema = locationGroupBodySchema.extend({
  groupId: idSchema,
  changedAt: instantSchema,
  changedBy: z.string(),
});
export type LocationGroup = z.infer<typeof locationGroupSchema>;

/** `GET /v1/location-groups`, ordered by id. */
export const locationGroupsSchema = z.object({ items: z.array(locationGroupSchema) });
