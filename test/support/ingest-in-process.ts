import { connectAsync, type MqttClient } from "mqtt";
import { type Logger, pino } from "pino";
import { Registry } from "prom-client";
import { createHealthEndpoint } from "../../cli/platform/health-endpoint.ts";
import { createEmbeddedBroker } from "../../ingest/broker/embedded-broker.ts";
import { createIngest, type Ingest } from "../../ingest/ingest.ts";
import { DEFAULT_INGEST_SETTINGS, type IngestSettings } from "../../ingest/ingest-settings.ts";
import { createEmbeddedIntake } from "../../ingest/intake/embedded-intake.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Database } from "../../sql/database.ts";

export type IngestInProcess = {
  ingest: Ingest;
  /** Where it answers /readyz and /metrics. */
  url: string;
  /** A connected sender that may publish for every location. */
  device: MqttClient;
  /** The broker's own bus, for a server beside it. */
  bus: MessageBus;
  stop(): Promise<void>;
};

/** Ingest and its embedded broker in this process, for what no environment variable can set. */
export async function startIngestInProcess(options: {
  db: Database;
  settings?: Partial<IngestSettings>;
  freeDiskShare?: () => Promise<number>;
  logger?: Logger | undefined;
}): Promise<IngestInProcess> {
  const { db } = options;
  const logger = options.logger ?? pino({ level: "silent" });
  const registry = new Registry();
  const broker = createEmbeddedBroker({
    root: "onhand",
    listen: { host: "127.0.0.1", port: 0 },
    authenticate: async (user) => ({ keyId: user, role: "internal", locationId: null }),
    logger,
    metrics: registry,
  });
  const ingest = createIngest({
    settings: { ...DEFAULT_INGEST_SETTINGS, root: "onhand", ...options.settings },
    db,
    ledgerDb: db,
    backgroundDb: db,
    intake: createEmbeddedIntake({ broker, logger, metrics: registry }),
    bus: broker.bus,
    logger,
    registry,
    nowMs: Date.now,
    watchSettings: (listener) => broker.bus.subscribe("onhand/settings", listener),
    freeDiskShare: options.freeDiskShare ?? null,
    onLost: () => {},
  });
  const health = createHealthEndpoint({ registry, checks: () => ingest.checks() });
  await broker.start();
  await ingest.start();
  const port = await health.start({ host: "127.0.0.1", port: 0 });
  const device = await connectAsync(`mqtt://127.0.0.1:${broker.ports().tcp}`, {
    username: "device",
    password: "device",
    protocolVersion: 4,
  });
  return {
    ingest,
    url: `http://127.0.0.1:${port}`,
    device,
    bus: broker.bus,
    async stop() {
      await device.endAsync(true);
      await ingest.stop();
      await health.stop();
      await broker.stop();
    },
  };
}
