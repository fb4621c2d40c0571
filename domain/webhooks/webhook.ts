import { z } from "zod";
import { pageSchema } from "../api/paging.ts";
import { confidenceSchema, thresholdsSchema } from "../availability/stream-frames.ts";
import { channelSchema } from "../channel.ts";
import { gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { isEventPattern } from "./webhook-event-types.ts";

export const MAX_WEBHOOKS = 50;

/** Of what is told: only what concerns these. `thresholds` and `confidence` are of `availability.changed` alone. */
export const webhookFilterSchema = z.object({
  gtins: z.array(gtinDigitsSchema).min(1).max(5000).optional(),
  locations: z.array(idSchema).min(1).max(100).optional(),
  channel: channelSchema.optional(),
  thresholds: thresholdsSchema.optional(),
  confidence: confidenceSchema.optional(),
});
export type WebhookFilter = z.infer<typeof webhookFilterSchema>;

/** `POST /v1/webhooks`, and `PUT` of one. */
export const webhookWishSchema = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  eventTypes: z
    .array(z.string().max(64).refine(isEventPattern, "no such type of event; see docs/webhooks.md"))
    .min(1)
    .max(50),
  filter: webhookFilterSchema.default({}),
  description: z.string().max(500).default(""),
  isEnabled: z.boolean().default(true),
});
export type WebhookWish = z.infer<typeof webhookWishSchema>;

/** Why nothing is sent: a person said so; it failed for days; its address answered 410 Gone. */
export const disabledReasonSchema = z.enum(["by_person", "failing", "gone"]);

/** `failingSince`: no delivery has arrived since then; null while they do. `pending`: deliveries that wait or are tried again. */
export const webhookSchema = webhookWishSchema.extend({
  webhookId: z.string(),
  disabledReason: disabledReasonSchema.nullable(),
  failingSince: instantSchema.nullable(),
  pending: z.number().int(),
  createdAt: instantSchema,
  changedAt: instantSchema,
});
export type Webhook = z.infer<typeof webhookSchema>;

export const webhooksSchema = z.object({ items: z.array(webhookSchema) });
/** With the secret, which is shown here and never again. */
export const webhookWithSecretSchema = webhookSchema.extend({ secret: z.string() });

/** For so long what is sent is signed with the old secret too, hours. */
export const rotateSecretSchema = z.object({ graceHours: z.number().min(0).max(168).default(24) });

export const deliveryStatusSchema = z.enum(["pending", "delivered", "failed"]);

/** One event on its way to one webhook. `deliveryId` is the header `webhook-id`, the same in every attempt. */
export const webhookDeliverySchema = z.object({
  deliveryId: z.string(),
  webhookId: z.string(),
  eventType: z.string(),
  status: deliveryStatusSchema,
  createdAt: instantSchema,
  attempts: z.number().int(),
  lastAttemptAt: instantSchema.nullable(),
  nextAttemptAt: instantSchema.nullable(),
  /** HTTP status of the last answer; null where there was none. */
  responseCode: z.number().int().nullable(),
  /** Why the last attempt did not succeed; empty when it did. */
  error: z.string(),
  durationMs: z.number().int(),
  body: z.string(),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;
export const webhookDeliveriesSchema = pageSchema(webhookDeliverySchema);

/** What is posted. `data` is of the type: see docs/webhooks.md. */
export const webhookBodySchema = z.object({
  type: z.string(),
  timestamp: instantSchema,
  data: z.record(z.string(), z.unknown()),
});
