import type { Logger } from "pino";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "./ingest-in-process.ts";
import { openTestDatabase, startTestServer, type TestServer } from "./start-test-server.ts";
import { untilAsync } from "./until.ts";

type Units = { available: number; reserved: number; sellable: number };
export type OrderSystem = Awaited<ReturnType<typeof startOrderSystem>>;

/** Broker, ingest, database and server in this process: the real parts, as one shop has them. `S01` is what the store's key is for. */
export async function startOrderSystem(
  options: {
    config?: Record<string, unknown>;
    listen?: boolean;
    /** Stands between the server and the broker, to break what is sent. */
    wrapBus?(bus: MessageBus): MessageBus;
    /** Hears what server and ingest say. */
    logger?: Logger;
  } = {},
) {
  const db: Database = await openTestDatabase();
  const running: IngestInProcess = await startIngestInProcess({ db, logger: options.logger });
  const { wrapBus = (bus: MessageBus) => bus, logger, ...how } = options;
  const bus = wrapBus(running.bus);
  const deps = { bus, ...(logger === undefined ? {} : { logger }) };
  let server: TestServer = await startTestServer({ ...how, db, deps });
  let events = 0;
  let keys = 0;

  const newKey = (): string => `key-${++keys}`;

  const system = {
    db,
    device: running.device,
    bus: running.bus,
    at: () => server,
    newKey,

    /** So many units come in, and the server knows of them. */
    async stock(locationId: string, gtin: string, quantity: number, epcs?: string[]): Promise<void> {
      const before = await system.sellable(locationId, gtin);
      const line = { gtin, quantity, ...(epcs === undefined ? {} : { epcs }) };
      const event = {
        type: "receipt",
        eventId: `stock-${++events}`,
        locationId,
        occurredAt: new Date().toISOString(),
        lines: [line],
      };
      await server.ask("POST", "/v1/events", 200, { as: "admin", body: event });
      await untilAsync("the units are known", async () => {
        return (await system.sellable(locationId, gtin)) === before + quantity;
      });
    },
    async item(locationId: string, gtin: string): Promise<Units> {
      const path = `/v1/availability?gtin=${gtin}&location=${locationId}`;
      const answer = await server.ask<{ items: Units[] }>("GET", path, 200, { as: "admin" });
      return answer.items[0] ?? { available: 0, reserved: 0, sellable: 0 };
    },
    async sellable(locationId: string, gtin: string): Promise<number> {
      return (await system.item(locationId, gtin)).sellable;
    },

    place<Answer = Order>(body: unknown, status = 201, key = newKey()): Promise<Answer> {
      const headers = { "idempotency-key": key };
      return server.ask<Answer>("POST", "/v1/orders", status, { as: "storefront", body, headers });
    },
    step<Answer = Order>(
      orderId: string,
      name: string,
      body: unknown = {},
      status = 200,
      options: { as?: "store" | "admin" | "storefront"; fulfilmentId?: string; key?: string } = {},
    ): Promise<Answer> {
      const { as = "store", fulfilmentId = "f1", key } = options;
      const headers = key === undefined ? {} : { "idempotency-key": key };
      const path = `/v1/orders/${orderId}/fulfilments/${fulfilmentId}/${name}`;
      return server.ask<Answer>("POST", path, status, { as, body, headers });
    },
    get: (orderId: string) => server.ask<Order>("GET", `/v1/orders/${orderId}`, 200, { as: "admin" }),
    async codeOf(orderId: string, fulfilmentId = "f1"): Promise<string> {
      const { items } = await server.ask<{ items: { fulfilmentId: string; code: string }[] }>(
        "GET",
        `/v1/orders/${orderId}/pickup-codes`,
        200,
        { as: "storefront" },
      );
      return items.find((one) => one.fulfilmentId === fulfilmentId)?.code ?? "";
    },
    /** The server is gone, and another one begins on what it left. */
    async restart(): Promise<void> {
      const { tokens } = server;
      await server.stop();
      server = await startTestServer({ ...how, db, tokens, deps });
    },
    async stop(): Promise<void> {
      await server.stop();
      await running.stop();
      await db.close();
    },
  };
  await untilAsync("orders are taken", async () => {
    const response = await server.request("GET", "/v1/orders", { as: "admin" });
    return response.status === 200;
  });
  return system;
}
