import { z } from "zod";
import {
  rotateSecretSchema,
  type Webhook,
  webhookSchema,
  webhooksSchema,
  webhookWishSchema,
  webhookWithSecretSchema,
} from "../../domain/webhooks/webhook.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import type { WebhookRecord } from "./webhook-store.ts";
import type { Webhooks } from "./webhooks.ts";

export const WEBHOOK_TAG = "Webhooks";
export const webhookParamsSchema = z.object({ webhookId: z.string().max(64) });

export function createWebhookRoutes(deps: { webhooks: Webhooks; audit: AuditLog; nowMs(): number }): Route[] {
  const { webhooks, audit } = deps;
  const shared = { tag: WEBHOOK_TAG, roles: ["admin"] } as const;

  async function note(caller: Caller, action: string, record: WebhookRecord): Promise<void> {
    const { secret: _secret, oldSecret: _oldSecret, ...detail } = record;
    await audit.record({
      actor: caller.keyId,
      action: `webhook.${action}`,
      subject: record.webhookId,
      detail,
    });
  }

  const shown = (record: WebhookRecord): Webhook => webhooks.shown(record);

  return [
    defineRoute({
      ...shared,
      method: "GET",
      path: "/v1/webhooks",
      summary: "Who is told of what",
      answer: {
        schema: webhooksSchema,
        description: "All webhooks, the oldest first, without their secrets",
      },
      handle: async () => ({ body: { items: (await webhooks.all()).map(shown) } }),
    }),
    defineRoute({
      ...shared,
      method: "POST",
      path: "/v1/webhooks",
      summary: "Have events posted to an address; the signing secret is shown here and never again",
      description:
        "What is there at this moment counts as known: the first thing told is the first change. docs/webhooks.md has the types " +
        "of events, what is posted, and how to check its signature.",
      body: webhookWishSchema,
      answer: { status: 201, schema: webhookWithSecretSchema, description: "The webhook with its secret" },
      problems: ["webhook_url_refused", "too_many_webhooks", "too_many_items", "invalid_gtin", "not_ready"],
      async handle({ body, caller }) {
        const { record, secret } = await webhooks.create(body);
        await note(caller, "create", record);
        return { status: 201, body: { ...shown(record), secret } };
      },
    }),
    defineRoute({
      ...shared,
      method: "GET",
      path: "/v1/webhooks/:webhookId",
      summary: "One webhook",
      params: webhookParamsSchema,
      answer: { schema: webhookSchema, description: "Without its secret" },
      problems: ["webhook_not_found", "not_ready"],
      handle: async ({ params }) => ({ body: shown(await webhooks.get(params.webhookId)) }),
    }),
    defineRoute({
      ...shared,
      method: "PUT",
      path: "/v1/webhooks/:webhookId",
      summary: "Change one, switch it off or on again",
      description:
        "With another filter, or switched on again, it hears of reservations from now on; of availability it is told what differs " +
        "from what it was told last, unless the filter is another one.",
      params: webhookParamsSchema,
      body: webhookWishSchema,
      answer: { schema: webhookSchema, description: "The webhook as it is now" },
      problems: ["webhook_not_found", "webhook_url_refused", "too_many_items", "invalid_gtin", "not_ready"],
      async handle({ params, body, caller }) {
        const record = await webhooks.change(await webhooks.get(params.webhookId), body);
        await note(caller, "change", record);
        return { body: shown(record) };
      },
    }),
    defineRoute({
      ...shared,
      method: "DELETE",
      path: "/v1/webhooks/:webhookId",
      summary: "End one; what waits for it is not sent",
      params: webhookParamsSchema,
      answer: { status: 204, description: "It is gone" },
      problems: ["webhook_not_found", "not_ready"],
      async handle({ params, caller }) {
        const record = await webhooks.get(params.webhookId);
        await webhooks.remove(record);
        await note(caller, "delete", record);
        return { status: 204 };
      },
    }),
    defineRoute({
      ...shared,
      method: "POST",
      path: "/v1/webhooks/:webhookId/rotate-secret",
      summary: "A new signing secret; for some hours what is sent is signed with both",
      params: webhookParamsSchema,
      body: rotateSecretSchema,
      answer: { schema: webhookWithSecretSchema, description: "The webhook with its new secret" },
      problems: ["webhook_not_found", "not_ready"],
      async handle({ params, body, caller }) {
        const { record, secret } = await webhooks.rotate(
          await webhooks.get(params.webhookId),
          body.graceHours,
        );
        await note(caller, "rotate-secret", record);
        return { body: { ...shown(record), secret } };
      },
    }),
  ];
}
