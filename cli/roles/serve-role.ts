import { hostname } from "node:os";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { MessageBus } from "../../domain/message-bus.ts";
import { runReplay } from "../../ingest/replay/run-replay.ts";
import { createServer, type Server } from "../../server/create-server.ts";
import type { Route } from "../../server/http/route.ts";
import type { AnalystEngine } from "../../sql/analysts/analyst-engine.ts";
import type { KeyStore } from "../../server/keys/key-store.ts";
import type { ReadinessCheck } from "../../server/operations/readiness.ts";
import { createTrackingReplayRoutes } from "../../server/replays/tracking-replay-routes.ts";
import { createTrackingReplays } from "../../server/replays/tracking-replays.ts";
import { type ServerConfig, serverConfigSchema } from "../../server/server-config.ts";
import type { Database } from "../../sql/database.ts";
import { type Config, ConfigError } from "../platform/config.ts";
import { dashboardDirectory } from "../platform/dashboard-directory.ts";
import { openConfigured } from "../platform/open-databases.ts";
import { createMqttBus, type MqttBus } from "../platform/mqtt-bus.ts";
import { readVersion } from "../platform/read-version.ts";
import { mqttConnection } from "./ingest-role.ts";

export type ServeRoleDeps = {
  config: Config<"serve">;
  db: Database;
  /** For imports alone. */
  importDb: Database;
  /** For the commits of reservations. */
  grantsDb: Database;
  /** For what reads much. */
  reportsDb: Database;
  /** For analysts' SQL. */
  analysts: AnalystEngine;
  keys: KeyStore;
  /** The embedded broker's bus; null when MQTT_URL names a broker. */
  bus: MessageBus | null;
  ownerToken: string | null;
  checks: readonly ReadinessCheck[];
  extraRoutes?: readonly Route[];
  /** A simulated chain is shown. */
  isDemo?: boolean;
  logger: Logger;
  registry: Registry;
};

export type ServeRole = { server: Server; start(): Promise<{ url: string }>; stop(): Promise<void> };

const stopDeadlineMs = 10_000;

/** Builds the server on the configured engines. */
export function createServeRole(deps: ServeRoleDeps): ServeRole {
  const { config, logger, registry } = deps;
  const outgoing: MqttBus | null = deps.bus === null ? connectBus(deps) : null;
  const bus = deps.bus ?? outgoing;
  if (bus === null) throw new Error("the server needs a broker");
  const directory = fileURLToPath(dashboardDirectory());
  const replays = createTrackingReplays({
    logger,
    async run(options, hooks) {
      // A connection for the time of the replay: its long reads hold up nobody.
      const db = await openConfigured(config);
      try {
        return await runReplay({ db, nowMs: Date.now, ...hooks }, options);
      } finally {
        await db.close();
      }
    },
  });
  const server = createServer({
    db: deps.db,
    importDb: deps.importDb,
    grantsDb: deps.grantsDb,
    reportsDb: deps.reportsDb,
    analysts: deps.analysts,
    bus,
    keys: deps.keys,
    logger,
    metrics: registry,
    nowMs: Date.now,
    config: serverConfig(config),
    isDemo: deps.isDemo === true,
    version: readVersion(),
    staticDirectory: existsSync(directory) ? directory : null,
    ownerToken: deps.ownerToken,
    extraReadinessChecks: deps.checks,
    extraRoutes: [...createTrackingReplayRoutes({ replays }), ...(deps.extraRoutes ?? [])],
  });
  return {
    server,
    async start() {
      // The dashboard is to say that the broker is away, so the server does not wait for it.
      void outgoing?.start();
      return server.start();
    },
    async stop() {
      const running = replays.running();
      if (running !== null) replays.cancel(running);
      await server.stop({ deadlineMs: stopDeadlineMs });
      await outgoing?.stop();
    },
  };
}

function connectBus({ config, logger, registry }: ServeRoleDeps): MqttBus {
  return createMqttBus({
    connection: mqttConnection(config),
    clientId: `onhand-server-${hostname()}-${process.pid}`,
    root: config.MQTT_ROOT,
    component: "server",
    logger,
    metrics: registry,
  });
}

function serverConfig(config: Config<"serve">): ServerConfig {
  const { host, port } = config.HTTP_LISTEN;
  const parsed = serverConfigSchema.safeParse({
    host,
    port,
    tls:
      config.HTTP_CERT_FILE === ""
        ? null
        : { certFile: config.HTTP_CERT_FILE, keyFile: config.HTTP_KEY_FILE },
    insecureLan: config.INSECURE_LAN,
    hosts: config.HTTP_HOSTS,
    topicRoot: config.MQTT_ROOT,
    reconcileEverySeconds: config.RECONCILE_EVERY_SECONDS,
    lifetimeValueHour: config.LIFETIME_VALUE_HOUR,
    reportsMaxAgeSeconds: config.REPORTS_MAX_AGE_SECONDS,
    incomingGraceHours: config.INCOMING_GRACE_HOURS,
    transferTransitHours: config.TRANSFER_TRANSIT_HOURS,
    sqlMaxQueries: config.SQL_MAX_QUERIES,
    customersKey: config.CUSTOMERS_KEY,
    webhooks: { allowPrivate: config.WEBHOOKS_ALLOW_PRIVATE, encryptionKey: config.WEBHOOKS_KEY },
  });
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `HTTP_LISTEN: ${issue.message}`).join("\n"));
}
