import {
  type WebhookDelivery,
  webhookDeliveriesSchema,
  webhookDeliverySchema,
  webhookSchema,
  webhooksSchema,
} from "../domain/webhooks/webhook.ts";
import type { Call } from "./http.ts";

/** Who is told of what happens, and how that went. For admins. See docs/webhooks.md. */
export function createWebhookCalls(call: Call) {
  const pathOf = (webhookId: string) => `/v1/webhooks/${encodeURIComponent(webhookId)}`;
  const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });
  return {
    list: (signal?: AbortSignal) => call("GET", "/v1/webhooks", webhooksSchema, withSignal(signal)),
    get: (webhookId: string, signal?: AbortSignal) =>
      call("GET", pathOf(webhookId), webhookSchema, withSignal(signal)),
    /** What was sent, the newest first, in pages; 30 days. */
    deliveries: (
      webhookId: string,
      {
        signal,
        ...query
      }: { status?: WebhookDelivery["status"]; cursor?: string; limit?: number; signal?: AbortSignal } = {},
    ) =>
      call("GET", `${pathOf(webhookId)}/deliveries`, webhookDeliveriesSchema, {
        query,
        ...withSignal(signal),
      }),
    /** Sends one again, under its first id. */
    redeliver: (webhookId: string, deliveryId: string) =>
      call(
        "POST",
        `${pathOf(webhookId)}/deliveries/${encodeURIComponent(deliveryId)}/redeliver`,
        webhookDeliverySchema,
      ),
    /** Sends an event of type `webhook.test`. */
    test: (webhookId: string) => call("POST", `${pathOf(webhookId)}/test`, webhookDeliverySchema),
  };
}
