import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { collectDefaultMetrics, Registry } from "prom-client";
import { createServer } from "../../../server/create-server.ts";
import { createKeyStore } from "../../../server/keys/key-store.ts";
import { serverConfigSchema } from "../../../server/server-config.ts";
import { parseConfig } from "../../platform/config.ts";
import { createLogger } from "../../platform/logger.ts";
import { createMqttBus } from "../../platform/mqtt-bus.ts";
import { openAnalysts, openConfigured } from "../../platform/open-databases.ts";
import { mqttConnection } from "../../roles/ingest-role.ts";
import { answerRequests } from "../harness/answer-requests.ts";

/**
 * The subject: the whole server as `onhand serve` runs it, against a broker, with ClickHouse embedded in this process.
 * Configured by the environment; listens on a free loopback port.
 */
const startedMs = performance.now();
const config = parseConfig("serve", process.env);
const logger = createLogger(config.LOG_LEVEL);
const metrics = new Registry();
collectDefaultMetrics({ register: metrics });
const db = await openConfigured(config);
const analysts = await openAnalysts(config);
const bus = createMqttBus({
  connection: mqttConnection(config),
  clientId: `onhand-bench-server-${process.pid}`,
  root: config.MQTT_ROOT,
  component: "server",
  logger,
  metrics,
});
const server = createServer({
  db,
  importDb: db,
  grantsDb: db,
  reportsDb: db,
  analysts,
  bus,
  keys: createKeyStore({ db, nowMs: Date.now }),
  logger,
  metrics,
  nowMs: Date.now,
  config: serverConfigSchema.parse({ port: 0, topicRoot: config.MQTT_ROOT }),
  version: "bench",
  staticDirectory: process.env["BENCH_STATIC_DIRECTORY"] ?? null,
  ownerToken: null,
});
await bus.start();
const { url } = await server.start();
while ((await server.readiness()).status !== "ready") await sleep(10);
const ready = { port: Number(new URL(url).port), readyMs: performance.now() - startedMs };

answerRequests({ ready: async () => ready }, async () => {
  await server.stop({ deadlineMs: 1000 });
  await bus.stop();
  await analysts.close();
  await db.close();
});
