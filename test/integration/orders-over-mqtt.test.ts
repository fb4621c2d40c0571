import { setTimeout as sleep } from "node:timers/promises";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import type { Order } from "../../domain/orders/order.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { createApi, seedStore } from "../support/api.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type RunningServer, type SplitSystem, startSplitSystem } from "../support/split-system.ts";
import { until, untilAsync } from "../support/until.ts";

const ORDERS = 300;
const KILLS = process.env["ONHAND_LONG"] === "1" ? 4 : 1;
const ID = "shop-1";

describe("orders over MQTT, with a broker, an ingest and a server of their own", () => {
  let system: SplitSystem;
  let server: RunningServer;
  let store: { locationId: string; gtin: string };
  let shop: MqttClient;
  const receipts = new Map<string, Receipt["status"][]>();

  beforeAll(async () => {
    system = await startSplitSystem(migratedDirectory("orders-over-mqtt"));
    server = { ...system.server, url: system.url };
    const api = createApi(system);
    store = await seedStore(api);
    await api("POST", "/v1/events", {
      type: "receipt",
      eventId: "delivery-1",
      locationId: store.locationId,
      occurredAt: new Date().toISOString(),
      lines: [{ gtin: store.gtin, quantity: ORDERS }],
    });
    shop = await connectAsync(system.mosquitto.url);
    shop.on("message", (_topic, payload) => {
      const { eventId, status } = JSON.parse(payload.toString()) as Receipt;
      receipts.set(eventId, [...(receipts.get(eventId) ?? []), status]);
    });
    await shop.subscribeAsync(`onhand/receipts/${ID}`, { qos: 1 });
  }, 120_000);
  afterAll(async () => {
    await shop?.endAsync(true);
    await system?.stop();
  });

  it("that the broker has taken are placed once each, though the server is killed while they come", async () => {
    onTestFailed(() => console.log(server.log().slice(-6_000)));
    await untilAsync("orders are taken", async () => {
      const answer = await fetch(new URL("/readyz", server.url));
      return answer.status === 200;
    });
    let published = 0;
    const publishing = (async () => {
      for (let number = 1; number <= ORDERS; number += 1) {
        const { locationId, gtin } = store;
        const line = { gtin, quantity: 1, method: "pickup", locationId, unitPrice: "10.00" };
        const message = {
          type: "placed",
          eventId: `e-${number}`,
          orderId: `o-${number}`,
          channel: "web",
          lines: [line],
        };
        await shop.publishAsync(`onhand/orders/${ID}`, JSON.stringify(message), { qos: 1 });
        published = number;
        // Spread over the kills.
        if (number % 10 === 0) await sleep(40);
      }
    })();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await until("some are decided, and more come", () => receipts.size >= (kill * ORDERS) / 6, 60_000);
      await server.kill("SIGKILL");
      server = await system.startServer();
    }
    await publishing;
    expect(published).toBe(ORDERS);
    await until("each has its receipt", () => receipts.size === ORDERS, 90_000);
    for (const statuses of receipts.values()) {
      expect(statuses.filter((status) => status === "rejected")).toEqual([]);
    }
    const api = createApi({ ...system, url: server.url });
    const { items } = await api<{ items: { reserved: number; available: number }[] }>(
      "GET",
      `/v1/availability?gtin=${store.gtin}&location=${store.locationId}`,
    );
    expect(items).toMatchObject([{ reserved: ORDERS, available: 0 }]);
    const placed: Order[] = [];
    for (let cursor = ""; ; ) {
      const page = await api<{ items: Order[]; nextCursor: string | null }>(
        "GET",
        `/v1/orders?limit=100${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      placed.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(new Set(placed.map(({ orderId }) => orderId)).size).toBe(ORDERS);
    expect(placed).toHaveLength(ORDERS);
  }, 240_000);
});
