import { pino } from "pino";
import { Registry } from "prom-client";
import { createEmbeddedBroker } from "../../ingest/broker/embedded-broker.ts";
import { createEventPublisher, type PublishEvent } from "../../server/events/event-publisher.ts";
import { createSettingsAnnouncer } from "../../server/settings/settings-announcer.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { createIngestRole, mqttConnection } from "../roles/ingest-role.ts";
import { type CommonConfig, parseConfig } from "./config.ts";
import { findRunningSystem, lockDataDirectory } from "./data-directory.ts";
import { createMqttBus } from "./mqtt-bus.ts";
import { isEmbedded, openConfigured } from "./open-databases.ts";

/**
 * How a command reaches the data. `remote`: a system runs on the data folder and is asked over HTTP with its owner's
 * token. `local`: the command has the database to itself, or shares a ClickHouse server.
 */
export type SystemConnection = (
  | { mode: "remote"; url: string; token: string }
  | { mode: "local"; config: CommonConfig; db: Database; publishEvent: PublishEvent }
) & { close(): Promise<void> };

const receiptTimeoutMs = 30_000;

export async function connectToSystem(): Promise<SystemConnection> {
  const config = parseConfig("database", process.env);
  if (!isEmbedded(config)) return connectToServer(config);
  const running = findRunningSystem(config.ONHAND_DATA_DIR);
  if (running !== null) {
    if (running.url === "")
      throw new Error(
        `A system (process ${running.pid}) is starting on ${config.ONHAND_DATA_DIR}. Try again in a moment.`,
      );
    return { mode: "remote", url: running.url, token: running.token, close: async () => {} };
  }
  return openLocally(config);
}

/** The embedded database for this command alone. Events go through an ingest of its own, started with the first one. */
async function openLocally(config: CommonConfig): Promise<SystemConnection> {
  const lock = lockDataDirectory(config.ONHAND_DATA_DIR);
  try {
    const db = await openConfigured(config);
    await migrate(db);
    let ingesting: ReturnType<typeof startLocalIngest> | null = null;
    return {
      mode: "local",
      config,
      db,
      async publishEvent(event) {
        ingesting ??= startLocalIngest();
        return (await ingesting).publishEvent(event);
      },
      async close() {
        if (ingesting !== null) await (await ingesting).stop();
        await db.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startLocalIngest() {
  const config = parseConfig("start", process.env);
  const logger = pino({ level: "error" }, pino.destination(2));
  const registry = new Registry();
  const broker = createEmbeddedBroker({
    root: config.MQTT_ROOT,
    listen: null,
    authenticate: async () => null,
    logger,
    metrics: registry,
  });
  const role = await createIngestRole({ config, broker, logger, registry, onLost: () => process.exit(1) });
  await broker.start();
  await role.start();
  const publisher = createEventPublisher({
    bus: broker.bus,
    root: config.MQTT_ROOT,
    timeoutMs: receiptTimeoutMs,
    logger,
  });
  await publisher.start();
  return {
    publishEvent: publisher.publishEvent,
    async stop() {
      await role.stop();
      await broker.stop();
    },
  };
}

/** A ClickHouse server that others use too: changes are announced to them over MQTT, events are published there. */
async function connectToServer(config: CommonConfig): Promise<SystemConnection> {
  const db = await openConfigured(config);
  await migrate(db);
  if (config.MQTT_URL === "") {
    return {
      mode: "local",
      config,
      db,
      publishEvent: async () => ({
        ok: false,
        code: "broker_unavailable",
        detail: "Set MQTT_URL: events go through the broker.",
      }),
      close: () => db.close(),
    };
  }
  const logger = pino({ level: "error" }, pino.destination(2));
  const root = config.MQTT_ROOT;
  const bus = createMqttBus({
    connection: mqttConnection(config),
    clientId: `onhand-cli-${process.pid}`,
    root,
    component: `cli-${process.pid}`,
    logger,
    metrics: new Registry(),
  });
  await bus.start();
  const publisher = createEventPublisher({ bus, root, timeoutMs: receiptTimeoutMs, logger });
  await publisher.start();
  const announcer = createSettingsAnnouncer({ bus, root, nowMs: Date.now, logger });
  return {
    mode: "local",
    config,
    db,
    publishEvent: publisher.publishEvent,
    async close() {
      await announcer.announce(["locations", "products", "readers", "keys"]);
      await bus.stop();
      await db.close();
    },
  };
}
