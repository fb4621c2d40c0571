import { hash } from "node:crypto";
import type { WebhookDelivery } from "../../domain/webhooks/webhook.ts";
import type { WebhookEventType } from "../../domain/webhooks/webhook-event-types.ts";

/** Something to tell. `eventId` is the same whenever the same thing is found again. */
export type WebhookEvent = {
  eventId: string;
  type: WebhookEventType;
  at: string;
  data: Record<string, unknown>;
};

/** An event for one webhook, due at once. Id and time are the event's own: found twice, it is one delivery. */
export function newDelivery(webhookId: string, event: WebhookEvent): WebhookDelivery {
  const { eventId, type, at, data } = event;
  return {
    deliveryId: `msg_${hash("sha256", `${webhookId} ${eventId}`, "hex").slice(0, 32)}`,
    webhookId,
    eventType: type,
    status: "pending",
    createdAt: at,
    attempts: 0,
    lastAttemptAt: null,
    nextAttemptAt: at,
    responseCode: null,
    error: "",
    durationMs: 0,
    body: JSON.stringify({ type, timestamp: at, data }),
  };
}
