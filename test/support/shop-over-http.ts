import { expect } from "vitest";
import type { Order } from "../../domain/orders/order.ts";

/** A running system, spoken to over HTTP with its owner's token. */
export type ShopOverHttp = ReturnType<typeof createShopOverHttp>;

/** What a shop, its stores and its storefront ask of a system that runs as a process of its own. */
export function createShopOverHttp(system: () => { url: string; token: string }) {
  let keys = 0;

  async function request(method: string, path: string, body?: unknown, key?: string): Promise<Response> {
    const { url, token } = system();
    return await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function ask<Answer>(
    method: string,
    path: string,
    status: number,
    body?: unknown,
    key?: string,
  ): Promise<Answer> {
    const response = await request(method, path, body, key);
    const text = await response.text();
    expect([method, path, response.status, text.slice(0, 400)]).toEqual([
      method,
      path,
      status,
      expect.anything(),
    ]);
    return JSON.parse(text) as Answer;
  }

  return {
    request,
    ask,
    hold: (key: string, line: { gtin: string; locationId: string; quantity: number }, status = 201) =>
      ask<{ reservationId: string; status: string }>(
        "POST",
        "/v1/reservations",
        status,
        { lines: [line], ttlSeconds: 3600 },
        key,
      ),
    place: (key: string, body: unknown, status = 201) => ask<Order>("POST", "/v1/orders", status, body, key),
    step(orderId: string, name: string, body: unknown = {}, status = 200) {
      keys += 1;
      return ask<Order>("POST", `/v1/orders/${orderId}/fulfilments/f1/${name}`, status, body, `step-${keys}`);
    },
    order: (orderId: string) => ask<Order>("GET", `/v1/orders/${orderId}`, 200),
    async units(locationId: string, gtin: string) {
      const path = `/v1/availability?gtin=${gtin}&location=${locationId}`;
      const { items } = await ask<{ items: { onHand: number; available: number; reserved: number }[] }>(
        "GET",
        path,
        200,
      );
      const { onHand = 0, available = 0, reserved = 0 } = items[0] ?? {};
      return { onHand, available, reserved };
    },
    async receive(
      eventId: string,
      locationId: string,
      gtin: string,
      quantity: number,
      occurredAt = new Date().toISOString(),
    ): Promise<void> {
      const event = { type: "receipt", eventId, locationId, occurredAt };
      await ask("POST", "/v1/events", 200, { ...event, lines: [{ gtin, quantity }] });
    },
    /** Whether the system takes orders yet: it loads them at its start. */
    async isTakingOrders(): Promise<boolean> {
      const [ready, orders] = [await request("GET", "/readyz"), await request("GET", "/v1/orders")];
      return ready.ok && orders.ok;
    },
  };
}
