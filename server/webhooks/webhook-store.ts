import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { disabledReasonSchema, webhookFilterSchema, type Webhook } from "../../domain/webhooks/webhook.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { SecretBox } from "./secret-box.ts";

/** A webhook as the server keeps it. A secret is null when it cannot be read: the key of the secrets is another one. */
export type WebhookRecord = Omit<Webhook, "pending"> & {
  secret: string | null;
  oldSecret: string;
  oldSecretUntilMs: number;
};

const rowSchema = z.object({
  webhook_id: z.string(),
  url: z.string(),
  event_types: z.array(z.string()),
  filter: z.string().transform((text) => webhookFilterSchema.parse(JSON.parse(text))),
  description: z.string(),
  secret: z.string(),
  old_secret: z.string(),
  old_secret_until: instantSchema,
  is_enabled: z.number(),
  disabled_reason: z.union([z.literal("").transform(() => null), disabledReasonSchema]),
  failing_since: instantSchema.nullable(),
  created_at: instantSchema,
  changed_at: instantSchema,
});

export type WebhookStore = ReturnType<typeof createWebhookStore>;

/** The table `webhooks`, whole in memory: there are at most some dozens. */
export function createWebhookStore(deps: {
  db: Database;
  box: SecretBox;
  nextVersion(): number;
  nowMs(): number;
}) {
  const { db, box } = deps;
  const records = new Map<string, WebhookRecord>();

  async function write(record: WebhookRecord, isDeleted: boolean): Promise<void> {
    await db.insert({
      name: "webhooks/save",
      table: "webhooks",
      columns: [
        "webhook_id",
        "url",
        "event_types",
        "filter",
        "description",
        "secret",
        "old_secret",
        "old_secret_until",
        "is_enabled",
        "disabled_reason",
        "failing_since",
        "created_at",
        "is_deleted",
        "version",
      ],
      rows: [
        [
          record.webhookId,
          record.url,
          record.eventTypes,
          JSON.stringify(record.filter),
          record.description,
          box.close(record.secret ?? ""),
          box.close(record.oldSecret),
          new Date(record.oldSecretUntilMs).toISOString(),
          record.isEnabled ? 1 : 0,
          record.disabledReason ?? "",
          record.failingSince,
          record.createdAt,
          isDeleted ? 1 : 0,
          deps.nextVersion(),
        ],
      ],
    });
  }

  return {
    all: (): WebhookRecord[] => [...records.values()],
    get: (webhookId: string): WebhookRecord | null => records.get(webhookId) ?? null,

    async load(): Promise<void> {
      const rows = await db.query({ name: "webhooks/all", sql: loadQuery("webhooks/all"), row: rowSchema });
      records.clear();
      for (const row of rows) {
        records.set(row.webhook_id, {
          webhookId: row.webhook_id,
          url: row.url,
          eventTypes: row.event_types,
          filter: row.filter,
          description: row.description,
          isEnabled: row.is_enabled === 1,
          disabledReason: row.disabled_reason,
          failingSince: row.failing_since,
          createdAt: row.created_at,
          changedAt: row.changed_at,
          secret: box.open(row.secret),
          oldSecret: box.open(row.old_secret) ?? "",
          oldSecretUntilMs: Date.parse(row.old_secret_until),
        });
      }
    },

    /** Durable when it resolves. A secret that cannot be read must not be saved: give it a new one first. */
    async save(record: WebhookRecord): Promise<WebhookRecord> {
      const saved = { ...record, changedAt: new Date(deps.nowMs()).toISOString() };
      await write(saved, false);
      records.set(saved.webhookId, saved);
      return saved;
    },

    async remove(record: WebhookRecord): Promise<void> {
      await write({ ...record, secret: "", oldSecret: "" }, true);
      records.delete(record.webhookId);
    },
  };
}
