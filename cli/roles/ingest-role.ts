import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { EmbeddedBroker } from "../../ingest/broker/embedded-broker.ts";
import { ALL_LOCATIONS, parseShard, type Shard, shardText } from "../../domain/shard.ts";
import { freeShareOf } from "../../ingest/disk-guard.ts";
import { createIngest, type Ingest } from "../../ingest/ingest.ts";
import { DEFAULT_INGEST_SETTINGS, type IngestSettings } from "../../ingest/ingest-settings.ts";
import { createEmbeddedIntake } from "../../ingest/intake/embedded-intake.ts";
import type { MqttConnection } from "../../ingest/intake/mqtt-connection.ts";
import { createLocationTopics } from "../../ingest/intake/location-topics.ts";
import { createMqttIntake } from "../../ingest/intake/mqtt-intake.ts";
import type { WriteGate } from "../../sql/write-gate.ts";
import { type Config, ConfigError } from "../platform/config.ts";
import { createMqttBus } from "../platform/mqtt-bus.ts";
import { isEmbedded, openConfigured } from "../platform/open-databases.ts";

export type IngestRoleDeps = {
  config: Config<"ingest">;
  /** The broker in this process; null when MQTT_URL names another. */
  broker: EmbeddedBroker | null;
  logger: Logger;
  registry: Registry;
  /** Of the embedded engine: what writes passes it. */
  writeGate?: WriteGate;
  onLost(): void;
};

export type IngestRole = { ingest: Ingest; start(): Promise<void>; stop(): Promise<void> };

/** Builds ingest on the configured engines, and starts and stops its parts in their order. */
export async function createIngestRole(deps: IngestRoleDeps): Promise<IngestRole> {
  const { config, broker, logger, registry } = deps;
  const root = config.MQTT_ROOT;
  const limits = { maxInFlight: config.INGEST_MAX_IN_FLIGHT };
  const db = await openConfigured(config, deps.writeGate);
  const ledgerDb = await openConfigured(config, deps.writeGate);
  const backgroundDb = await openConfigured(config, deps.writeGate);
  let onSettings = (): void => {};
  const shard = shardOf(config);
  if (shard.kind !== "all" && (broker !== null || isEmbedded(config))) {
    throw new ConfigError(
      "INGEST_SHARD shares the locations between several `onhand ingest`, which need CLICKHOUSE_URL and MQTT_URL. " +
        "One process on the embedded engines serves all locations: leave it empty.",
    );
  }
  const instance = shard.kind === "all" ? "" : instanceName(shard);
  // The broker keeps a session, with what was not acknowledged in it, for each share of the locations.
  const clientId = instance === "" ? `onhand-ingest-${root}` : `onhand-ingest-${instance}-${root}`;
  const bus =
    broker === null
      ? createMqttBus({
          connection: mqttConnection(config),
          clientId: `${clientId}-out-${hostname()}-${process.pid}`,
          root,
          component: "ingest",
          ...(instance === "" ? {} : { instance }),
          logger,
          metrics: registry,
        })
      : null;
  const intake =
    broker === null
      ? createMqttIntake({
          connection: mqttConnection(config),
          clientId,
          topics: createLocationTopics({ root, shard, onSettings: () => onSettings() }),
          limits,
          logger,
          metrics: registry,
        })
      : createEmbeddedIntake({ broker, limits, logger, metrics: registry });
  const outgoing = bus ?? broker?.bus;
  if (outgoing === undefined) throw new Error("ingest needs a broker");
  const ingest = createIngest({
    settings: ingestSettings(config),
    db,
    ledgerDb,
    backgroundDb,
    intake,
    bus: outgoing,
    logger,
    registry,
    nowMs: Date.now,
    freeDiskShare: isEmbedded(config) ? () => freeShareOf(config.ONHAND_DATA_DIR) : null,
    onLost: deps.onLost,
    async watchSettings(listener) {
      onSettings = listener;
      if (broker !== null) await broker.bus.subscribe(`${root}/settings`, listener);
    },
  });
  return {
    ingest,
    async start() {
      await bus?.start();
      await ingest.start();
    },
    async stop() {
      await ingest.stop();
      await bus?.stop();
      await Promise.all([db.close(), ledgerDb.close(), backgroundDb.close()]);
    },
  };
}

/** How to reach the broker of MQTT_URL. Reads the certificate files. */
export function mqttConnection(config: Config<"database">): MqttConnection {
  const file = (path: string) => readFileSync(path, "utf8");
  const { MQTT_CA_FILE: ca, MQTT_CERT_FILE: cert, MQTT_KEY_FILE: key } = config;
  return {
    url: config.MQTT_URL,
    protocolVersion: config.MQTT_PROTOCOL === "auto" ? "auto" : config.MQTT_PROTOCOL === "5" ? 5 : 4,
    ...(config.MQTT_USERNAME === "" ? {} : { username: config.MQTT_USERNAME }),
    ...(config.MQTT_PASSWORD === "" ? {} : { password: config.MQTT_PASSWORD }),
    tls: {
      ...(ca === "" ? {} : { ca: file(ca) }),
      ...(cert === "" ? {} : { cert: file(cert) }),
      ...(key === "" ? {} : { key: file(key) }),
    },
  };
}

/** The configuration has read it once already: it fits. */
function shardOf(config: Config<"ingest">): Shard {
  const shard = parseShard(config.INGEST_SHARD);
  return shard.ok ? shard.value : ALL_LOCATIONS;
}

/** A short name of a shard, as ids of MQTT clients and topics bear it. */
function instanceName(shard: Shard): string {
  if (shard.kind === "share") return `${shard.index}-of-${shard.of}`;
  return createHash("sha256").update(shardText(shard)).digest("hex").slice(0, 12);
}

function ingestSettings(config: Config<"ingest">): IngestSettings {
  return {
    ...DEFAULT_INGEST_SETTINGS,
    root: config.MQTT_ROOT,
    shard: shardOf(config),
    tracking: {
      minReads: config.TRACKING_MIN_READS,
      minWindows: config.TRACKING_MIN_WINDOWS,
      dedupeWindowMs: config.TRACKING_DEDUPE_WINDOW_MS,
      requireKnownProduct: config.TRACKING_REQUIRE_KNOWN_PRODUCT,
    },
    leaseMs: config.INGEST_LEASE_SECONDS * 1000,
    readsTtlDays: config.INGEST_READS_TTL_DAYS,
    minFreeDiskShare: config.INGEST_MIN_FREE_DISK_PERCENT / 100,
  };
}
