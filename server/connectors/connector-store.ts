import { z } from "zod";
import { connectorSchema, type Connector } from "../../domain/connectors/connector.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { SecretBox } from "../webhooks/secret-box.ts";

/** A connector as the server keeps it. The secret is null when it cannot be read: the key of the secrets is another one. */
export type ConnectorRecord = Omit<Connector, "isSecretReadable" | "webhookPath"> & { secret: string | null };

const settingsSchema = connectorSchema.omit({
  connectorId: true,
  isSecretReadable: true,
  webhookPath: true,
  createdAt: true,
  changedAt: true,
});
const rowSchema = z.object({
  connector_id: z.string(),
  settings: z.string().transform((text) => settingsSchema.parse(JSON.parse(text))),
  secret: z.string(),
  created_at: instantSchema,
  changed_at: instantSchema,
});

export type ConnectorStore = ReturnType<typeof createConnectorStore>;

/** The table `connectors`, whole in memory: there are at most some dozens. */
export function createConnectorStore(deps: {
  db: Database;
  box: SecretBox;
  nextVersion(): number;
  nowMs(): number;
}) {
  const { db, box } = deps;
  const records = new Map<string, ConnectorRecord>();

  async function write(record: ConnectorRecord, isDeleted: boolean): Promise<void> {
    const { connectorId, secret, createdAt } = record;
    await db.insert({
      name: "connectors/save",
      table: "connectors",
      columns: ["connector_id", "settings", "secret", "created_at", "is_deleted", "version"],
      rows: [
        [
          connectorId,
          JSON.stringify(settingsSchema.parse(record)),
          box.close(secret ?? ""),
          createdAt,
          isDeleted ? 1 : 0,
          deps.nextVersion(),
        ],
      ],
    });
  }

  return {
    all: (): ConnectorRecord[] => [...records.values()],
    get: (connectorId: string): ConnectorRecord | null => records.get(connectorId) ?? null,

    async load(): Promise<void> {
      const rows = await db.query({
        name: "connectors/all",
        sql: loadQuery("connectors/all"),
        row: rowSchema,
      });
      records.clear();
      for (const row of rows) {
        records.set(row.connector_id, {
          ...row.settings,
          connectorId: row.connector_id,
          secret: box.open(row.secret),
          createdAt: row.created_at,
          changedAt: row.changed_at,
        });
      }
    },

    /** Durable when it resolves. */
    async save(record: ConnectorRecord): Promise<ConnectorRecord> {
      const saved = { ...record, changedAt: new Date(deps.nowMs()).toISOString() };
      await write(saved, false);
      records.set(saved.connectorId, saved);
      return saved;
    },

    async remove(record: ConnectorRecord): Promise<void> {
      await write({ ...record, secret: "" }, true);
      records.delete(record.connectorId);
    },
  };
}
