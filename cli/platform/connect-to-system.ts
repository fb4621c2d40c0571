import { pino } from "pino";
import { Registry } from "prom-client";
import type { SettingsMessage } from "../../domain/api/master-data-answers.ts";
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
  | {
      mode: "local";
      config: CommonConfig;
      db: Database;
      publishEvent: PublishEvent;
      /** Tells running processes at `close()` that these tables changed. */
      noteChange(areas: readonly SettingsArea[]): void;
    }
) & { close(): Promise<void> };

type SettingsArea = SettingsMessage["changed"][number];

const receiptTimeoutMs = 30_000;
/** A command does not wait for a broker as a process does that lives on. */
const connectWithinMs = 5_000;

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
      // Nobody else runs on this folder.
      noteChange: () => {},
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
  const link = config.MQTT_URL === "" ? null : createBrokerLink(config);
  const changed = new Set<SettingsArea>();
  return {
    mode: "local",
    config,
    db,
    async publishEvent(event) {
      if (link !== null) return await link.publishEvent(event);
      return { ok: false, code: "broker_unavailable", detail: "Set MQTT_URL: events go through the broker." };
    },
    noteChange(areas) {
      for (const area of areas) changed.add(area);
    },
    async close() {
      if (changed.size > 0 && (await link?.announce([...changed])) !== true) {
        const reason =
          link === null
            ? "MQTT_URL is not set"
            : "the broker could not be reached (MQTT_URL, MQTT_USERNAME, MQTT_PASSWORD)";
        process.stderr.write(
          `It is stored, but running processes were not told: ${reason}. They see it when \`onhand serve\` starts next.\n`,
        );
      }
      await link?.stop();
      await db.close();
    },
  };
}

/**
 * The broker beside a ClickHouse server. It is reached only when there is something to say: the first keys are made before
 * it runs, since its own files are made of them.
 */
function createBrokerLink(config: CommonConfig) {
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
  const publisher = createEventPublisher({ bus, root, timeoutMs: receiptTimeoutMs, logger });
  const announcer = createSettingsAnnouncer({ bus, root, nowMs: Date.now, logger });
  let connecting: Promise<boolean> | null = null;

  async function connect(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), connectWithinMs);
    });
    const connected = bus.start().then(async () => {
      await publisher.start();
      return true;
    });
    return await Promise.race([connected, tooLong]).finally(() => clearTimeout(timer));
  }
  const connectOnce = () => (connecting ??= connect());

  return {
    async publishEvent(event: Parameters<PublishEvent>[0]) {
      await connectOnce();
      return await publisher.publishEvent(event);
    },
    async announce(areas: readonly SettingsArea[]): Promise<boolean> {
      if (!(await connectOnce())) return false;
      await announcer.announce(areas);
      return true;
    },
    stop: () => bus.stop(),
  };
}
