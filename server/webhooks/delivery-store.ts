import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { deliveryStatusSchema, type WebhookDelivery } from "../../domain/webhooks/webhook.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Later than any row. */
const END_OF_TIME_MS = 9_999_999_999_999;

const rowSchema = z
  .object({
    webhook_id: z.string(),
    created_at: instantSchema,
    delivery_id: z.string(),
    event_type: z.string(),
    body: z.string(),
    status: deliveryStatusSchema,
    attempts: z.number(),
    last_attempt_at: instantSchema.nullable(),
    next_attempt_at: instantSchema.nullable(),
    response_code: z.number(),
    error: z.string(),
    duration_ms: z.number(),
  })
  .transform(
    (row): WebhookDelivery => ({
      deliveryId: row.delivery_id,
      webhookId: row.webhook_id,
      eventType: row.event_type,
      status: row.status,
      createdAt: row.created_at,
      attempts: row.attempts,
      lastAttemptAt: row.last_attempt_at,
      nextAttemptAt: row.next_attempt_at,
      responseCode: row.response_code === 0 ? null : row.response_code,
      error: row.error,
      durationMs: row.duration_ms,
      body: row.body,
    }),
  );

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

/** The table `webhook_deliveries`: the queue, and after it the log. */
export function createDeliveryStore(deps: { db: Database; nextVersion(): number }) {
  const { db } = deps;
  return {
    /** Durable when it resolves; a newer state of a delivery replaces the one before. */
    async save(deliveries: readonly WebhookDelivery[]): Promise<void> {
      if (deliveries.length === 0) return;
      await db.insert({
        name: "webhooks/save-deliveries",
        table: "webhook_deliveries",
        columns: [
          "webhook_id",
          "created_at",
          "delivery_id",
          "event_type",
          "body",
          "status",
          "attempts",
          "last_attempt_at",
          "next_attempt_at",
          "response_code",
          "error",
          "duration_ms",
          "version",
        ],
        rows: deliveries.map((one) => [
          one.webhookId,
          one.createdAt,
          one.deliveryId,
          one.eventType,
          one.body,
          one.status,
          one.attempts,
          one.lastAttemptAt,
          one.nextAttemptAt,
          one.responseCode ?? 0,
          one.error,
          one.durationMs,
          deps.nextVersion(),
        ]),
      });
    },

    pending: () => db.query({ name: "webhooks/pending", sql: loadQuery("webhooks/pending"), row: rowSchema }),

    /** Newest first; one row more than `limit` tells that there are more. */
    list: (
      webhookId: string,
      wish: { status?: string | undefined; before: { ms: number; id: string } | null; limit: number },
    ) =>
      db.query({
        name: "webhooks/deliveries",
        sql: loadQuery("webhooks/deliveries"),
        params: {
          webhook_id: webhookId,
          status: wish.status ?? "",
          delivery_id: "",
          before_ms: wish.before?.ms ?? END_OF_TIME_MS,
          before_id: wish.before?.id ?? "",
          page_rows: wish.limit + 1,
        },
        row: rowSchema,
      }),

    async find(webhookId: string, deliveryId: string): Promise<WebhookDelivery | null> {
      const [delivery] = await db.query({
        name: "webhooks/one-delivery",
        sql: loadQuery("webhooks/deliveries"),
        params: {
          webhook_id: webhookId,
          status: "",
          delivery_id: deliveryId,
          before_ms: END_OF_TIME_MS,
          before_id: "",
          page_rows: 1,
        },
        row: rowSchema,
      });
      return delivery ?? null;
    },
  };
}
