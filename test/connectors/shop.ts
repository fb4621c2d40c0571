import { createHmac } from "node:crypto";
import { expect } from "vitest";
import type { Connector, ConnectorMessage } from "../../domain/connectors/connector.ts";
import type { OrderSystem } from "../support/order-system.ts";
import { untilAsync } from "../support/until.ts";

const SECRET = "shpss_0123456789abcdef";
export const NOTIFICATION_URL = "https://stock.example.com/v1/connectors/square/webhook";

export type Shop = ReturnType<typeof createShop>;

/** A shop on a platform, as it posts to us: signed, with ids, and again when it likes. */
export function createShop(system: OrderSystem, connectorId: string, kind: Connector["kind"]) {
  let messages = 0;
  const path = `/v1/connectors/${connectorId}`;

  function headersOf(topic: string, messageId: string, text: string, secret: string): Record<string, string> {
    const signed = kind === "square" ? NOTIFICATION_URL + text : text;
    const signature = createHmac("sha256", secret).update(signed).digest("base64");
    return kind === "square"
      ? { "x-square-hmacsha256-signature": signature }
      : {
          "x-shopify-hmac-sha256": signature,
          "x-shopify-topic": topic,
          "x-shopify-webhook-id": messageId,
        };
  }

  const shop = {
    connect: (settings: Record<string, unknown>) =>
      system.at().ask<Connector>("POST", "/v1/connectors", 201, {
        as: "admin",
        body: {
          connectorId,
          kind,
          secret: SECRET,
          ...(kind === "square" ? { notificationUrl: NOTIFICATION_URL } : {}),
          since: "2020-01-01T00:00:00.000Z",
          ...settings,
        },
      }),
    /** Posts a text as it is. @returns the answer's status. */
    async postText(
      topic: string,
      text: string,
      options: { messageId?: string; secret?: string; headers?: Record<string, string> } = {},
    ): Promise<number> {
      const messageId = options.messageId ?? `${connectorId}-m${++messages}`;
      const answer = await system.at().server.app.request(`${path}/webhook`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...headersOf(topic, messageId, text, options.secret ?? SECRET),
          ...options.headers,
        },
        body: text,
      });
      return answer.status;
    },
    /** Posts a message and waits until it is taken. @returns its id. */
    async post(topic: string, body: object, messageId = `${connectorId}-m${++messages}`): Promise<string> {
      const text = JSON.stringify(body);
      expect(await shop.postText(topic, text, { messageId })).toBe(200);
      const id = kind === "square" ? String(Object(body)["event_id"]) : messageId;
      await shop.taken(id);
      return id;
    },
    message: (messageId: string) =>
      system.at().ask<ConnectorMessage>("GET", `${path}/messages/${messageId}`, 200, { as: "admin" }),
    async taken(messageId: string): Promise<ConnectorMessage> {
      await untilAsync(`message ${messageId} is taken`, async () => {
        return (await shop.message(messageId)).status !== "waiting";
      });
      return await shop.message(messageId);
    },
    async replay(messageId: string): Promise<ConnectorMessage> {
      await system.at().ask("POST", `${path}/messages/${messageId}/replay`, 200, { as: "admin" });
      return await shop.taken(messageId);
    },
    ask: <Answer>(method: string, rest: string, status: number, body?: unknown) =>
      system.at().ask<Answer>(method, `${path}${rest}`, status, {
        as: "admin",
        ...(body === undefined ? {} : { body }),
      }),
  };
  return shop;
}

/** An order as Shopify tells it; more fields than we keep. */
export function shopifyOrder(id: number, lines: object[], more: Record<string, unknown> = {}) {
  const at = new Date().toISOString();
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    email: "jane@example.com",
    customer: { id: 207119551, first_name: "Jane", email: "jane@example.com" },
    shipping_address: { name: "Jane Doe", address1: "1 Main Street" },
    note: "leave it with Jane",
    created_at: at,
    updated_at: at,
    cancelled_at: null,
    cancel_reason: null,
    currency: "EUR",
    test: false,
    location_id: null,
    source_name: "web",
    line_items: lines,
    fulfillments: [],
    refunds: [],
    shipping_lines: [{ id: 1, code: "Standard", title: "Standard" }],
    ...more,
  };
}

export function shopifyLine(id: number, sku: string, quantity: number, more: Record<string, unknown> = {}) {
  return {
    id,
    variant_id: id * 10,
    sku,
    quantity,
    current_quantity: quantity,
    fulfillable_quantity: quantity,
    fulfillment_status: null,
    price: "29.90",
    gift_card: false,
    discount_allocations: [],
    ...more,
  };
}
