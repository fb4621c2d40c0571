import { z } from "zod";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import {
  deliveryStatusSchema,
  webhookDeliveriesSchema,
  webhookDeliverySchema,
} from "../../domain/webhooks/webhook.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import { newDelivery } from "./new-delivery.ts";
import { WEBHOOK_TAG, webhookParamsSchema } from "./webhook-routes.ts";
import type { WebhookRecord } from "./webhook-store.ts";
import type { Webhooks } from "./webhooks.ts";

/** What was sent to a webhook, once more on demand, and a test. */
export function createDeliveryRoutes(deps: {
  webhooks: Webhooks;
  store: DeliveryStore;
  queue: DeliveryQueue;
  newId(): string;
  nowMs(): number;
}): Route[] {
  const { webhooks, store, queue } = deps;
  const shared = { tag: WEBHOOK_TAG, roles: ["admin"] } as const;
  const now = () => new Date(deps.nowMs()).toISOString();

  async function enabled(webhookId: string): Promise<WebhookRecord> {
    const record = await webhooks.get(webhookId);
    if (!record.isEnabled) throw new HttpProblem("webhook_disabled", `Nothing is sent to ${record.url}.`);
    return record;
  }

  return [
    defineRoute({
      ...shared,
      method: "GET",
      path: "/v1/webhooks/:webhookId/deliveries",
      summary: "What was sent, newest first: when, how often it was tried, how it was answered; 30 days",
      params: webhookParamsSchema,
      query: pageQuerySchema.omit({ query: true }).extend({ status: deliveryStatusSchema.optional() }),
      answer: { schema: webhookDeliveriesSchema, description: "A page" },
      problems: ["webhook_not_found", "invalid_cursor"],
      async handle({ params, query }) {
        const { webhookId } = await webhooks.get(params.webhookId);
        const cursor = decodeCursor(query.cursor, ["number", "string"]);
        const before = cursor === null ? null : { ms: Number(cursor[0]), id: String(cursor[1]) };
        const rows = await store.list(webhookId, { status: query.status, before, limit: query.limit });
        return { body: toPage(rows, query.limit, (row) => [Date.parse(row.createdAt), row.deliveryId]) };
      },
    }),
    defineRoute({
      ...shared,
      method: "POST",
      path: "/v1/webhooks/:webhookId/deliveries/:deliveryId/redeliver",
      summary: "Send one again, under its first id",
      params: webhookParamsSchema.extend({ deliveryId: z.string().max(64) }),
      answer: { status: 202, schema: webhookDeliverySchema, description: "It waits to be sent" },
      problems: ["webhook_not_found", "delivery_not_found", "webhook_disabled"],
      async handle({ params }) {
        const { webhookId } = await enabled(params.webhookId);
        const found = await store.find(webhookId, params.deliveryId);
        if (found === null) {
          throw new HttpProblem("delivery_not_found", `${webhookId} was never sent ${params.deliveryId}.`);
        }
        const delivery = { ...found, status: "pending" as const, nextAttemptAt: now() };
        await queue.accept([delivery]);
        return { status: 202, body: delivery };
      },
    }),
    defineRoute({
      ...shared,
      method: "POST",
      path: "/v1/webhooks/:webhookId/test",
      summary: "Send an event of type webhook.test; the delivery log says how it was answered",
      params: webhookParamsSchema,
      answer: { status: 202, schema: webhookDeliverySchema, description: "It waits to be sent" },
      problems: ["webhook_not_found", "webhook_disabled"],
      async handle({ params, caller }) {
        const { webhookId } = await enabled(params.webhookId);
        const data = { webhookId, askedBy: caller.keyId };
        const event = { eventId: deps.newId(), type: "webhook.test", at: now(), data } as const;
        const delivery = newDelivery(webhookId, event);
        await queue.accept([delivery]);
        return { status: 202, body: delivery };
      },
    }),
  ];
}
