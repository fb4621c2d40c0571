import { readFileSync, rmSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import { collectDefaultMetrics, Registry } from "prom-client";
import { settingsMessageSchema } from "../../domain/api/master-data-answers.ts";
import type { Principal } from "../../domain/principal.ts";
import { createEmbeddedBroker, type EmbeddedBroker } from "../../ingest/broker/embedded-broker.ts";
import { createKeyStore, type KeyStore } from "../../server/keys/key-store.ts";
import { migrate } from "../../sql/migrate.ts";
import type { Config } from "../platform/config.ts";
import { lockDataDirectory } from "../platform/data-directory.ts";
import { isEmbedded, openAnalysts, openConfigured } from "../platform/open-databases.ts";
import { createIngestRole } from "./ingest-role.ts";
import { createServeRole } from "./serve-role.ts";
import { createSnapshotRole } from "./snapshot-role.ts";

/** Where the running system answers. `token` is the owner's: an administrator until the process ends. */
export type RunningSystem = {
  url: string;
  loginUrl: string;
  mqttPort: number | null;
  token: string;
  /** MQTT user and password of this process's own programs. */
  internal: { username: string; password: string };
};

/**
 * Everything in one process. Order of start: lock, database, broker, ingest, server. Order of stop: intake first, then what
 * is in flight, then the server, the broker, the database, the lock.
 */
export async function createWholeSystem(deps: {
  config: Config<"start">;
  logger: Logger;
  /** Throw the data of an earlier run away first (the demo). */
  isFresh: boolean;
  onLost(): void;
}) {
  const { config, logger } = deps;
  const lock = lockDataDirectory(config.ONHAND_DATA_DIR);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  try {
    if (deps.isFresh) rmSync(join(config.ONHAND_DATA_DIR, "clickhouse"), { recursive: true, force: true });
    const snapshots = isEmbedded(config) ? await createSnapshotRole({ config, logger }) : null;
    const writeGate = snapshots?.writeGate;
    const db = await openConfigured(config, writeGate);
    const importDb = await openConfigured(config, writeGate);
    const grantsDb = await openConfigured(config, writeGate);
    const reportsDb = await openConfigured(config, writeGate);
    const analysts = await openAnalysts(config);
    const { applied } = await migrate(db);
    if (applied.length > 0) logger.info({ applied }, "The tables are brought up to date");
    const keys = createKeyStore({ db, nowMs: Date.now });
    await keys.load();
    const internal = { username: "internal", password: randomBytes(32).toString("base64url") };
    const broker = config.MQTT_URL === "" ? buildBroker({ ...deps, keys, internal, registry }) : null;
    const ingest = await createIngestRole({
      config,
      broker,
      logger,
      registry,
      ...(writeGate === undefined ? {} : { writeGate }),
      onLost: deps.onLost,
    });
    const serve = createServeRole({
      isDemo: deps.isFresh,
      config,
      db,
      importDb,
      grantsDb,
      reportsDb,
      analysts,
      keys,
      bus: broker?.bus ?? null,
      ownerToken: lock.token,
      extraRoutes: snapshots?.routes ?? [],
      checks: [{ name: "ingest", reason: () => notReadyReason(ingest.ingest.checks()) }],
      logger,
      registry,
    });
    return {
      async start(): Promise<RunningSystem> {
        await broker?.start();
        // A revoked key's connections end with it. The server, which owns the keys, reads them again at each change.
        await broker?.bus.subscribe(`${config.MQTT_ROOT}/settings`, () => void endRevoked(broker, keys));
        if (broker !== null) await endRevokedKeys({ broker, keys, root: config.MQTT_ROOT });
        const { url } = await serve.start();
        await ingest.start();
        lock.announce(url);
        const ports = broker?.ports() ?? null;
        return {
          url,
          loginUrl: new URL(serve.server.createLoginPath(), url).href,
          mqttPort: ports?.tcp ?? ports?.tls ?? null,
          token: lock.token,
          internal,
        };
      },
      async stop() {
        await ingest.stop();
        await serve.stop();
        await broker?.stop();
        await snapshots?.stop();
        await Promise.all([db, importDb, grantsDb, reportsDb, analysts].map((each) => each.close()));
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function buildBroker(deps: {
  config: Config<"start">;
  keys: KeyStore;
  internal: { username: string; password: string };
  logger: Logger;
  registry: Registry;
}): EmbeddedBroker {
  const { config, keys, internal, logger, registry } = deps;
  const hasTls = config.MQTT_LISTEN_CERT_FILE !== "";
  const owner: Principal = { keyId: internal.username, role: "internal", locationId: null };
  return createEmbeddedBroker({
    root: config.MQTT_ROOT,
    listen: hasTls ? null : config.MQTT_LISTEN,
    ...(hasTls
      ? {
          tls: {
            ...config.MQTT_LISTEN,
            cert: readFileSync(config.MQTT_LISTEN_CERT_FILE, "utf8"),
            key: readFileSync(config.MQTT_LISTEN_KEY_FILE, "utf8"),
          },
        }
      : {}),
    isInsecureLanAllowed: config.INSECURE_LAN,
    async authenticate(user, password) {
      if (user === internal.username) return password === internal.password ? owner : null;
      const proof = await keys.verify(user, password);
      return proof === "unknown" ? null : proof;
    },
    logger,
    metrics: registry,
  });
}

/** A revoked key ends its MQTT connections as it ends its sockets. Revoking has changed `keys` before it is announced. */
async function endRevokedKeys(deps: { broker: EmbeddedBroker; keys: KeyStore; root: string }): Promise<void> {
  await deps.broker.bus.subscribe(`${deps.root}/settings`, (_topic, payload) => {
    const message = settingsMessageSchema.safeParse(JSON.parse(Buffer.from(payload).toString("utf8")));
    if (!message.success || !message.data.changed.includes("keys")) return;
    for (const { keyId, revokedAt } of deps.keys.list()) {
      if (revokedAt !== null) deps.broker.disconnectKey(keyId);
    }
  });
}

async function endRevoked(broker: EmbeddedBroker, keys: KeyStore): Promise<void> {
  await keys.load().catch(() => undefined);
  for (const { keyId, revokedAt } of keys.list()) if (revokedAt !== null) broker.disconnectKey(keyId);
}

function notReadyReason(checks: readonly { name: string; ok: boolean; detail: string }[]): string | null {
  const reasons = checks.filter((check) => !check.ok).map((check) => `${check.name}: ${check.detail}`);
  return reasons.length === 0 ? null : reasons.join("; ");
}
