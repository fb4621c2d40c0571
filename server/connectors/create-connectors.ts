import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Database } from "../../sql/database.ts";
import { pause } from "../../sql/pause.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import { createDocumentLog } from "../commit-log/document-log.ts";
import type { WriterTurn } from "../commit-log/writer-turn.ts";
import type { PublishEvent } from "../events/event-publisher.ts";
import type { Route } from "../http/route.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import type { ReservationRole } from "../reservations/reservation-role.ts";
import type { ReturnDesk } from "../returns/return-desk.ts";
import type { ServerConfig } from "../server-config.ts";
import { createSecretBox } from "../webhooks/secret-box.ts";
import { createConnectorMetrics } from "./connector-metrics.ts";
import { createConnectorRoutes } from "./connector-routes.ts";
import { createConnectorStore } from "./connector-store.ts";
import { createInbox } from "./inbox.ts";
import { createMessageRoutes } from "./message-routes.ts";
import { createMessageStore } from "./message-store.ts";
import { createTakeLevels } from "./take-levels.ts";
import { createTakeMessage } from "./take-message.ts";
import { createTakeOrder } from "./take-order.ts";
import { createTakeRefund } from "./take-refund.ts";
import { createTakeSale } from "./take-sale.ts";

const RETRY_MS = 1_000;
const LOOK_EVERY_MS = 500;
/** What is under way then goes on at the next start. */
const STOP_MS = 2_000;

/** Shops on other platforms: which there are, what they post, and what becomes of it. The server that grants takes it in. */
export function createConnectors(deps: {
  /** For what is written, and for what is read of it. */
  db: Database;
  reportsDb: Database;
  granting: Pick<ReservationRole, "mode" | "onTurn">;
  orders: OrderDesk;
  returns: Pick<ReturnDesk, "take">;
  reader: AvailabilityReader;
  publishEvent: PublishEvent;
  config: ServerConfig;
  audit: AuditLog;
  registry: Registry;
  logger: Logger;
  nextVersion(): number;
  nowMs(): number;
  deadlineMs: number;
}) {
  const { logger, reportsDb } = deps;
  const box = createSecretBox(deps.config.webhooks.encryptionKey, "onhand connector secrets");
  const connectors = createConnectorStore({ ...deps, box });
  const store = createMessageStore({ ...deps, db: reportsDb });
  const metrics = createConnectorMetrics(deps.registry);
  const log = createDocumentLog({ ...deps, area: "connectors", table: "connector_log" });
  const sales = createTakeSale(deps);
  const take = createTakeMessage({
    store,
    sales,
    orders: createTakeOrder({ desk: deps.orders, reader: deps.reader }),
    takeRefund: createTakeRefund({ sales, returns: deps.returns }),
    takeLevels: createTakeLevels({ ...deps, store }),
  });
  const inbox = createInbox({ ...deps, log, connectors, store, take, metrics });
  metrics.registerGauges({ waiting: inbox.waitingCount, held: inbox.heldCount });

  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  /** As long as this server grants. */
  async function work(turn: WriterTurn): Promise<void> {
    const signal = AbortSignal.any([turn.ended, stopping.signal]);
    while (!signal.aborted && !(await begin(turn))) await pause(RETRY_MS, signal);
    while (!signal.aborted) {
      inbox.pump();
      await pause(LOOK_EVERY_MS, signal);
    }
  }

  async function begin(turn: WriterTurn): Promise<boolean> {
    try {
      await connectors.load();
      await inbox.begin(await log.begin(turn));
      return true;
    } catch (error) {
      logger.error({ err: error }, "Connected shops cannot be loaded from ClickHouse; tried again soon.");
      await log.stop();
      return false;
    }
  }

  deps.granting.onTurn((turn) => {
    running = running.then(() => work(turn));
  });
  const shared = { ...deps, connectors, store, metrics, inbox, checkWriter: log.checkWriter };
  const routes: Route[] = [...createConnectorRoutes(shared), ...createMessageRoutes(shared)];
  return {
    routes,
    readiness: {
      name: "connectors",
      reason: () =>
        deps.granting.mode() === "writer" && !log.isWriter()
          ? "Connected shops are being loaded from ClickHouse."
          : null,
    },
    /** Before the server stops granting, so that what is on its way becomes durable. */
    async stop(): Promise<void> {
      stopping.abort();
      const waiting = new AbortController();
      await Promise.race([Promise.all([running, inbox.idle()]), pause(STOP_MS, waiting.signal)]);
      waiting.abort();
      await log.stop();
    },
  };
}
