import { hash } from "node:crypto";
import { z } from "zod";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import {
  connectorMessageSchema,
  connectorMessagesPageSchema,
  connectorMessageStatusSchema,
  takenMessageSchema,
} from "../../domain/connectors/connector.ts";
import { keepMembers, parseExactJson } from "../../domain/connectors/exact-json.ts";
import { SHOPIFY_MEMBERS } from "../../domain/connectors/shopify-message.ts";
import { SQUARE_MEMBERS, squareEventSchema } from "../../domain/connectors/square-message.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { defineRoute, type Route, type RouteRequest } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { ConnectorMetrics } from "./connector-metrics.ts";
import { CONNECTOR_TAG, connectorParams } from "./connector-routes.ts";
import type { ConnectorRecord, ConnectorStore } from "./connector-store.ts";
import type { Inbox } from "./inbox.ts";
import type { MessageStore } from "./message-store.ts";
import { isSigned, SIGNATURE_HEADERS } from "./signature.ts";
import { TOLD_ORDER } from "./take-message.ts";

const MAX_BYTES = 4_000_000;
const MEMBERS = { shopify: SHOPIFY_MEMBERS, square: SQUARE_MEMBERS } as const;
const idText = z.string().min(1).max(200);
const messageParams = connectorParams.extend({ messageId: idText });
const listQuery = pageQuerySchema.omit({ query: true }).extend({
  status: connectorMessageStatusSchema.optional(),
  subject: z.string().max(200).optional(),
});

/** What platforms post, and what people see of it. */
export function createMessageRoutes(deps: {
  connectors: ConnectorStore;
  inbox: Inbox;
  store: MessageStore;
  metrics: ConnectorMetrics;
  audit: AuditLog;
  checkWriter(): void;
}): Route[] {
  const { connectors, inbox, store, audit } = deps;
  const people = { tag: CONNECTOR_TAG, roles: ["merchandiser", "admin"] } as const;

  function find(connectorId: string): ConnectorRecord {
    deps.checkWriter();
    const record = connectors.get(connectorId);
    if (record === null)
      throw new HttpProblem("connector_not_found", `There is no connector ${connectorId}.`);
    return record;
  }

  function checkSignature(record: ConnectorRecord, bytes: Uint8Array, signature: string | undefined): void {
    if (record.secret === null) {
      const detail = `The secret of ${record.connectorId} was encrypted with another WEBHOOKS_KEY.`;
      throw new HttpProblem("connector_secret_unreadable", detail, {}, { "retry-after": "300" });
    }
    if (isSigned(record, record.secret, signature, bytes)) return;
    deps.metrics.count(record.connectorId, "wrong_signature");
    throw new HttpProblem(
      "webhook_signature_wrong",
      `${SIGNATURE_HEADERS[record.kind]} does not sign this body with the connector's secret.`,
    );
  }

  function parse(record: ConnectorRecord, bytes: Uint8Array): unknown {
    try {
      return keepMembers(parseExactJson(Buffer.from(bytes).toString("utf8")), MEMBERS[record.kind]);
    } catch {
      deps.metrics.count(record.connectorId, "not_json");
      throw new HttpProblem("invalid_json", "The body cannot be parsed.");
    }
  }

  return [
    defineRoute({
      tag: CONNECTOR_TAG,
      roles: "open",
      method: "POST",
      path: "/v1/connectors/:connectorId/webhook",
      summary: "Where Shopify or Square posts to, signed by it",
      description:
        "No key: the platform signs the body. Answered when the message is durable; what it does is done after that. A message that " +
        "came before is answered the same, and not taken again.",
      params: connectorParams,
      body: z.instanceof(Uint8Array),
      isBodyRaw: true,
      bodyForDocs: z.record(z.string(), z.unknown()),
      maxBodyBytes: MAX_BYTES,
      answer: { schema: takenMessageSchema, description: "It is durable" },
      problems: [
        "connector_not_found",
        "webhook_signature_wrong",
        "connector_secret_unreadable",
        "invalid_json",
        "body_too_large",
        "not_the_writer",
        "reservations_busy",
        "outcome_unknown",
      ],
      async handle({ params, body: bytes, header }) {
        const record = find(params.connectorId);
        checkSignature(record, bytes, header(SIGNATURE_HEADERS[record.kind]));
        const body = parse(record, bytes);
        return { body: await inbox.receive(record, { ...namesOf(record, body, bytes, header), body }) };
      },
    }),
    defineRoute({
      tag: CONNECTOR_TAG,
      roles: ["storefront", "admin"],
      method: "POST",
      path: "/v1/connectors/:connectorId/orders",
      summary: "Tell a whole order, as the platform's API gives it",
      description:
        "For platforms whose messages have an order's id alone (Square), and for orders that were missed. `order` is what Square's " +
        "RetrieveOrder or Shopify's orders/{id}.json answers.",
      params: connectorParams,
      body: z.instanceof(Uint8Array),
      isBodyRaw: true,
      bodyForDocs: z.object({ order: z.record(z.string(), z.unknown()) }),
      maxBodyBytes: MAX_BYTES,
      answer: { status: 202, schema: takenMessageSchema, description: "It is durable" },
      problems: [
        "connector_not_found",
        "invalid_json",
        "body_too_large",
        "not_the_writer",
        "reservations_busy",
        "outcome_unknown",
      ],
      async handle({ params, body: bytes }) {
        const record = find(params.connectorId);
        const parsed = z.object({ order: z.unknown() }).safeParse(parseOrRefuse(bytes));
        if (!parsed.success) throw new HttpProblem("invalid_request", "body.order: there is none.");
        const body = keepMembers(parsed.data.order, MEMBERS[record.kind]);
        const messageId = `told.${hash("sha256", JSON.stringify(body), "hex").slice(0, 32)}`;
        return { status: 202, body: await inbox.receive(record, { messageId, topic: TOLD_ORDER, body }) };
      },
    }),
    defineRoute({
      ...people,
      method: "GET",
      path: "/v1/connectors/:connectorId/messages",
      summary: "Messages of a connected shop and what became of them, the newest first",
      description: "`status=held` are those that a person has to see to: `code` and `detail` say why.",
      params: connectorParams,
      query: listQuery,
      answer: { schema: connectorMessagesPageSchema, description: "A page" },
      problems: ["connector_not_found", "invalid_cursor", "not_the_writer"],
      async handle({ params, query }) {
        const { connectorId } = find(params.connectorId);
        const [before = null] = decodeCursor(query.cursor, ["number"]) ?? [];
        const filter = { connectorId, status: query.status ?? "", subject: query.subject ?? "" };
        const rows = await store.list(filter, before === null ? null : Number(before), query.limit + 1);
        const page = toPage(rows, query.limit, (row) => [row.first_ordinal]);
        return { body: { items: page.items.map((row) => row.document), nextCursor: page.nextCursor } };
      },
    }),
    defineRoute({
      ...people,
      method: "GET",
      path: "/v1/connectors/:connectorId/messages/:messageId",
      summary: "One message",
      params: messageParams,
      answer: { schema: connectorMessageSchema, description: "What is kept of it" },
      problems: ["connector_not_found", "message_not_found", "not_the_writer"],
      async handle({ params: { connectorId, messageId } }) {
        find(connectorId);
        const message = await inbox.find(connectorId, messageId);
        if (message === null) throw new HttpProblem("message_not_found", `There is no message ${messageId}.`);
        return { body: message };
      },
    }),
    ...(["replay", "discard"] as const).map((action) =>
      defineRoute({
        ...people,
        method: "POST",
        path: `/v1/connectors/:connectorId/messages/:messageId/${action}`,
        summary:
          action === "replay"
            ? "Take a message again, once what held it is mended"
            : "Nothing is to be done for a message: it waits for nobody any more",
        params: messageParams,
        answer: { schema: connectorMessageSchema, description: "The message as it is now" },
        problems: ["connector_not_found", "message_not_found", "message_state", "not_the_writer"],
        async handle({ params: { connectorId, messageId }, caller }) {
          find(connectorId);
          const message = await inbox[action](connectorId, messageId);
          await audit.record({
            actor: caller.keyId,
            action: `connector.${action}`,
            subject: connectorId,
            detail: { messageId, status: message.status },
          });
          return { body: message };
        },
      }),
    ),
    defineRoute({
      ...people,
      method: "POST",
      path: "/v1/connectors/:connectorId/replay",
      summary: "Take all messages again that are held, up to a thousand",
      params: connectorParams,
      answer: { schema: z.object({ replayed: z.number().int() }), description: "How many" },
      problems: ["connector_not_found", "not_the_writer"],
      async handle({ params, caller }) {
        const { connectorId } = find(params.connectorId);
        const replayed = await inbox.replayHeld(connectorId);
        await audit.record({
          actor: caller.keyId,
          action: "connector.replay",
          subject: connectorId,
          detail: { replayed },
        });
        return { body: { replayed } };
      },
    }),
  ];
}

/** The message's id and topic. Where the platform gives no id, the same body is the same message. */
function namesOf(
  record: ConnectorRecord,
  body: unknown,
  bytes: Uint8Array,
  header: RouteRequest<unknown, unknown, unknown>["header"],
): { messageId: string; topic: string } {
  const topic = header("x-shopify-topic") ?? "";
  const digest = () =>
    `body.${hash("sha256", `${topic}\n${Buffer.from(bytes).toString("base64")}`, "hex").slice(0, 32)}`;
  if (record.kind === "shopify") {
    const named = idText.safeParse(header("x-shopify-webhook-id"));
    return { messageId: named.success ? named.data : digest(), topic };
  }
  const event = squareEventSchema.safeParse(body);
  return event.success
    ? { messageId: event.data.event_id, topic: event.data.type }
    : { messageId: digest(), topic: "" };
}

function parseOrRefuse(bytes: Uint8Array): unknown {
  try {
    return parseExactJson(Buffer.from(bytes).toString("utf8"));
  } catch {
    throw new HttpProblem("invalid_json", "The body cannot be parsed.");
  }
}
