import { z } from "zod";
import {
  type Connector,
  type ConnectorChange,
  connectorChangeSchema,
  connectorIdSchema,
  connectorSchema,
  connectorsSchema,
  itemMappingsSchema,
  MAX_CONNECTORS,
  newConnectorSchema,
} from "../../domain/connectors/connector.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { toNumbers } from "../availability/availability-routes.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { CONNECTOR_EXAMPLE, CONNECTOR_WISH_EXAMPLE } from "./connector-examples.ts";
import type { ConnectorRecord, ConnectorStore } from "./connector-store.ts";
import type { MessageStore } from "./message-store.ts";

export const CONNECTOR_TAG = "Connected shops";
export const connectorParams = z.object({ connectorId: connectorIdSchema });

/** Which shops are connected, and what their ids stand for. */
export function createConnectorRoutes(deps: {
  connectors: ConnectorStore;
  store: MessageStore;
  audit: AuditLog;
  nowMs(): number;
  /** Throws `not_the_writer`: there they are as they were when that server began. */
  checkWriter(): void;
}): Route[] {
  const { connectors, store, audit } = deps;
  const shared = { tag: CONNECTOR_TAG, roles: ["admin"] } as const;

  async function note(caller: Caller, action: string, subject: string, detail: object): Promise<void> {
    await audit.record({ actor: caller.keyId, action: `connector.${action}`, subject, detail });
  }

  function find(connectorId: string): ConnectorRecord {
    deps.checkWriter();
    const record = connectors.get(connectorId);
    if (record === null)
      throw new HttpProblem("connector_not_found", `There is no connector ${connectorId}.`);
    return record;
  }

  return [
    defineRoute({
      ...shared,
      method: "GET",
      path: "/v1/connectors",
      summary: "Connected shops, the oldest first, without their secrets",
      answer: { schema: connectorsSchema, description: "All of them" },
      problems: ["not_the_writer"],
      handle() {
        deps.checkWriter();
        return { body: { items: connectors.all().map(shown) } };
      },
    }),
    defineRoute({
      ...shared,
      method: "POST",
      path: "/v1/connectors",
      summary: "Connect a shop on Shopify or Square",
      description:
        "What each message of it does is in docs/connectors.md. The secret is stored as those of webhooks are, and never shown.",
      body: newConnectorSchema,
      examples: { body: CONNECTOR_WISH_EXAMPLE, answer: CONNECTOR_EXAMPLE },
      answer: { status: 201, schema: connectorSchema, description: "The connector" },
      problems: ["connector_exists", "too_many_connectors", "not_the_writer"],
      async handle({ body, caller }) {
        deps.checkWriter();
        if (connectors.get(body.connectorId) !== null) {
          throw new HttpProblem("connector_exists", `There is a connector ${body.connectorId} already.`);
        }
        if (connectors.all().length >= MAX_CONNECTORS) {
          throw new HttpProblem("too_many_connectors", `${MAX_CONNECTORS} is the limit.`, {
            limit: MAX_CONNECTORS,
          });
        }
        const now = new Date(deps.nowMs()).toISOString();
        const record = await connectors.save({
          ...body,
          since: body.since ?? now,
          createdAt: now,
          changedAt: now,
        });
        await note(caller, "create", record.connectorId, shown(record));
        return { status: 201, body: shown(record) };
      },
    }),
    defineRoute({
      ...shared,
      method: "GET",
      path: "/v1/connectors/:connectorId",
      summary: "One connected shop",
      params: connectorParams,
      answer: { schema: connectorSchema, description: "Without its secret" },
      problems: ["connector_not_found", "not_the_writer"],
      handle: ({ params }) => ({ body: shown(find(params.connectorId)) }),
    }),
    defineRoute({
      ...shared,
      method: "PUT",
      path: "/v1/connectors/:connectorId",
      summary: "Change one; without `secret` it stays what it was",
      description: "It holds for messages from now on. Replay those that are held: POST …/replay.",
      params: connectorParams,
      body: connectorChangeSchema,
      answer: { schema: connectorSchema, description: "The connector as it is now" },
      problems: ["connector_not_found", "connector_kind", "not_the_writer"],
      async handle({ params, body, caller }) {
        const record = await connectors.save(changed(find(params.connectorId), body));
        await note(caller, "change", record.connectorId, {
          ...shown(record),
          hasNewSecret: body.secret !== undefined,
        });
        return { body: shown(record) };
      },
    }),
    defineRoute({
      ...shared,
      method: "DELETE",
      path: "/v1/connectors/:connectorId",
      summary: "End one: its messages are refused, what waits is not taken, what was done stays",
      params: connectorParams,
      answer: { status: 204, description: "It is gone" },
      problems: ["connector_not_found", "not_the_writer"],
      async handle({ params, caller }) {
        const record = find(params.connectorId);
        await connectors.remove(record);
        await note(caller, "delete", record.connectorId, shown(record));
        return { status: 204 };
      },
    }),
    defineRoute({
      ...shared,
      method: "PUT",
      path: "/v1/connectors/:connectorId/items",
      summary: "Which products the shop's codes stand for",
      description:
        "Codes: Shopify's variant_id and inventory_item_id, Square's catalog_object_id. A code that is a product's SKU need not be " +
        "named. Those that are named before and not now stay.",
      params: connectorParams,
      body: itemMappingsSchema,
      answer: { status: 204, description: "They are mapped" },
      problems: ["connector_not_found", "invalid_gtin", "not_the_writer"],
      async handle({ params, body, caller }) {
        const { connectorId } = find(params.connectorId);
        const gtins = toNumbers(body.items.map(({ gtin }) => gtin));
        await store.mapCodes(
          connectorId,
          body.items.map(({ code }, index) => ({ code, gtin: gtins[index] ?? 0 })),
        );
        await note(caller, "items", connectorId, { items: body.items.length });
        return { status: 204 };
      },
    }),
  ];
}

function changed(record: ConnectorRecord, body: ConnectorChange): ConnectorRecord {
  if (body.kind !== record.kind) {
    throw new HttpProblem("connector_kind", `${record.connectorId} is a shop on ${record.kind}.`);
  }
  return { ...record, ...body, since: body.since ?? record.since, secret: body.secret ?? record.secret };
}

function shown({ secret, ...record }: ConnectorRecord): Connector {
  return {
    ...record,
    isSecretReadable: secret !== null,
    webhookPath: `/v1/connectors/${record.connectorId}/webhook`,
  };
}
