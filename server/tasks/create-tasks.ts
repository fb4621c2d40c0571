import type { Hono } from "hono";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { TaskContext } from "../../domain/tasks/new-task.ts";
import type { Database } from "../../sql/database.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { createDocumentLog } from "../commit-log/document-log.ts";
import type { PublishEvent } from "../events/event-publisher.ts";
import type { Identify } from "../http/identify.ts";
import type { Route } from "../http/route.ts";
import type { KeyStore } from "../keys/key-store.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import type { PromisePlaces } from "../promise/promise-places.ts";
import type { ReservationRole } from "../reservations/reservation-role.ts";
import type { ServerConfig } from "../server-config.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import type { TellWebhooks } from "../webhooks/tell-webhooks.ts";
import { createTaskIntake } from "./hear-commands.ts";
import { followOrders } from "./order-follower.ts";
import { createTaskRoutes } from "./routes/task-routes.ts";
import { createTaskSettingsRoutes } from "./routes/task-settings-routes.ts";
import { runClocks } from "./run-clocks.ts";
import { writeStock } from "./stock-writer.ts";
import { createTaskDesk, taskIdOf } from "./task-desk.ts";
import { registerTaskMetrics } from "./task-metrics.ts";
import { createTaskRole } from "./task-role.ts";
import { createTaskSettingsBook } from "./task-settings-book.ts";
import { createTaskSockets } from "./task-sockets.ts";
import { createTaskStore } from "./task-store.ts";
import { createTaskWords } from "./task-words.ts";
import { tellTasks } from "./tell-tasks.ts";
import { tellWebhooksOfTasks } from "./tell-webhooks-of-tasks.ts";

/** Work for the staff of stores: made of orders, told to devices, and what they say of it. See docs/tasks.md. */
export function createTasks(deps: {
  grantsDb: Database;
  reportsDb: Database;
  granting: ReservationRole;
  orders: OrderDesk;
  places: Pick<PromisePlaces, "find" | "calendarOf">;
  publishEvent: PublishEvent;
  tellWebhooks: TellWebhooks;
  bus: MessageBus;
  root: string;
  keys: KeyStore;
  sessions: Pick<SessionStore, "takeTicket">;
  audit: AuditLog;
  registry: Registry;
  config: ServerConfig;
  logger: Logger;
  nowMs(): number;
  nextVersion(): number;
}) {
  const db = deps.grantsDb;
  const deadlineMs = deps.config.grantTimeoutMs;
  const log = createDocumentLog({ ...deps, db, area: "tasks", table: "task_log", deadlineMs });
  const store = createTaskStore({ db, reportsDb: deps.reportsDb });
  const settings = createTaskSettingsBook({ ...deps, db });
  const role = createTaskRole({ ...deps, log, role: deps.granting, prepare: settings.load });
  const addWords = createTaskWords({ ...deps, store });

  function startOf(locationId: string, nowMs: number): number {
    const location = deps.places.find(locationId);
    const calendar = location === null ? null : deps.places.calendarOf(location);
    return calendar?.nextOpening(nowMs) ?? nowMs;
  }

  const context = (nowMs: number): TaskContext => ({
    nowMs,
    settingsOf: settings.settingsOf,
    startOf: (locationId) => startOf(locationId, nowMs),
    taskIdOf,
  });
  const shared = { ...deps, role, store, addWords, context, settingsOf: settings.settingsOf };
  const follower = followOrders(shared);
  const desk = createTaskDesk({ ...shared, log, onEnded: follower.ended });
  const intake = createTaskIntake({ ...shared, db, desk });
  const sockets = createTaskSockets({ ...shared, desk });
  role.onSession((session) => intake.run(session.signal));
  tellTasks(shared);
  tellWebhooksOfTasks({ ...shared, tell: deps.tellWebhooks });
  writeStock(shared);
  runClocks(shared);
  registerTaskMetrics(shared);

  return {
    desk,
    routes: [
      ...createTaskRoutes({ desk }),
      ...createTaskSettingsRoutes({ ...shared, settings }),
    ] satisfies Route[],
    mountStream: (app: Hono, guards: { identify: Identify; checkHost(host: string): void }) =>
      sockets.mount(app, guards),
    start: sockets.start,
    /** Before the server stops granting, so that what is on its way becomes durable. */
    async stop(): Promise<void> {
      sockets.stop();
      await role.stop();
    },
  };
}
