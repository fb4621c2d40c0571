import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { Counter, Gauge, type Registry } from "prom-client";
import type { Database } from "../../sql/database.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { Route } from "../http/route.ts";
import type { Projection } from "../projection/projection.ts";
import type { FindAlternatives } from "../reservations/find-alternatives.ts";
import type { ServerConfig } from "../server-config.ts";
import { createAvailabilityEvents } from "./availability-events.ts";
import { createDeliveryQueue } from "./delivery-queue.ts";
import { createDeliveryRoutes } from "./delivery-routes.ts";
import { createDeliveryStore } from "./delivery-store.ts";
import { createOrderStore } from "../orders/order-store.ts";
import { createOrderWebhooks } from "./order-webhooks.ts";
import { createReservationEvents } from "./reservation-events.ts";
import { createSecretBox } from "./secret-box.ts";
import { createToldStore } from "./told-store.ts";
import { createTellWebhooks } from "./tell-webhooks.ts";
import { createWebhookRoutes } from "./webhook-routes.ts";
import { createWebhookStore, type WebhookRecord } from "./webhook-store.ts";
import { createWebhooksOfPeople } from "./webhooks.ts";

/** All of webhooks: who is told, what happened, what is on its way. One server of a chain runs them: see docs/webhooks.md. */
export function createWebhooks(deps: {
  db: Database;
  projection: Projection;
  reader: AvailabilityReader;
  findAlternatives: FindAlternatives;
  audit: AuditLog;
  registry: Registry;
  config: ServerConfig;
  version: string;
  /** Only the server that grants reservations sends; one that stands by takes over from what is stored. */
  role: { mode(): "loading" | "writer" | "standby" };
  logger: Logger;
  nextVersion(): number;
  nowMs(): number;
}) {
  const { projection, config, logger, registry } = deps;
  const box = createSecretBox(config.webhooks.encryptionKey);
  const store = createWebhookStore({ ...deps, box });
  const deliveries = createDeliveryStore(deps);
  const told = createToldStore(deps);

  async function disable(record: WebhookRecord, reason: "failing" | "gone"): Promise<void> {
    await store.save(record);
    const { webhookId, url, failingSince } = record;
    logger.error(
      { webhookId, url, failingSince, reason },
      "a webhook was disabled; nothing is sent to it any more",
    );
    const detail = { url, failingSince, reason };
    await deps.audit.record({ actor: "onhand", action: "webhook.disable", subject: webhookId, detail });
  }

  const queue = createDeliveryQueue({
    ...deps,
    store: deliveries,
    webhooks: store,
    config: config.webhooks,
    userAgent: `Onhand/${deps.version}`,
    onDisabled: disable,
  });
  const shared = { ...deps, webhooks: store, queue, store: told };
  const availability = createAvailabilityEvents(shared);
  const reservations = createReservationEvents(shared);
  const orders = createOrderWebhooks({ ...shared, orders: createOrderStore(deps) });
  const webhooks = createWebhooksOfPeople({
    ...deps,
    store,
    queue,
    availability,
    changes: [reservations, orders],
    isReady,
    newId: () => randomUUID(),
  });
  registerMetrics();

  let timer: NodeJS.Timeout | undefined;
  let isLoaded = false;
  let loading: Promise<void> | null = null;
  let running: Promise<void> | null = null;

  function registerMetrics(): void {
    const gauges: [string, string, () => number][] = [
      ["onhand_webhook_pending", "Deliveries that wait or are tried again", () => queue.size()],
      [
        "onhand_webhooks_disabled",
        "Webhooks that were switched off because they failed",
        () =>
          store.all().filter((one) => one.disabledReason === "failing" || one.disabledReason === "gone")
            .length,
      ],
    ];
    for (const [name, help, read] of gauges) {
      const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) });
    }
    const counter: Counter<"outcome"> = new Counter({
      name: "onhand_webhook_attempts_total",
      help: "Attempts to deliver, by what became of them",
      labelNames: ["outcome"],
      registers: [registry],
      collect() {
        counter.reset();
        for (const [outcome, count] of Object.entries(queue.counts())) counter.inc({ outcome }, count);
      },
    });
  }

  async function load(): Promise<void> {
    queue.clear();
    availability.clear();
    reservations.clear();
    orders.clear();
    await store.load();
    await queue.load();
    await reservations.resume();
    await orders.resume();
    for (const { webhookId, secret } of store.all()) {
      if (secret === null) {
        logger.error({ webhookId }, "its secret was encrypted with another WEBHOOKS_KEY; give it a new one");
      }
    }
    isLoaded = true;
  }

  async function isReady(): Promise<boolean> {
    if (deps.role.mode() !== "writer") {
      // What another server tells meanwhile is not known here.
      isLoaded = false;
      return false;
    }
    if (isLoaded) return true;
    loading ??= load().finally(() => {
      loading = null;
    });
    await loading;
    return true;
  }

  async function step(): Promise<void> {
    if (!(await isReady())) return;
    if (projection.isLoaded()) {
      if (!availability.isResumed()) await availability.resume();
      await availability.tick();
    }
    if (store.all().length > 0) {
      await reservations.tick();
      await orders.tick();
    }
    await queue.tick();
  }

  /** One step at a time; one that fails is gone on with at the next. */
  function tick(): void {
    running ??= step()
      .catch((error: unknown) => {
        logger.warn({ err: error }, "webhooks were held up; nothing is lost, it is tried again");
      })
      .finally(() => {
        running = null;
      });
  }

  const routes: Route[] = [
    ...createWebhookRoutes({ ...deps, webhooks }),
    ...createDeliveryRoutes({ ...deps, webhooks, store: deliveries, queue, newId: () => randomUUID() }),
  ];
  return {
    routes,
    /** All that there are. Throws `not_ready` on a server that does not send. */
    all: webhooks.all,
    tell: createTellWebhooks({ webhooks: store, queue, isReady }),
    start(): void {
      timer = setInterval(tick, config.webhooks.tickMs);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
      await queue.stop();
    },
  };
}
