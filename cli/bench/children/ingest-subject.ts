import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { collectDefaultMetrics, Registry } from "prom-client";
import { z } from "zod";
import { parseConfig } from "../../platform/config.ts";
import { createLogger } from "../../platform/logger.ts";
import { createIngestRole } from "../../roles/ingest-role.ts";
import { answerRequests } from "../harness/answer-requests.ts";

/**
 * The subject: the whole ingest role as `onhand ingest` runs it, against a broker, with ClickHouse embedded in this
 * process, so that its work is in the CPU seconds. Configured by the environment like the role.
 */
const config = parseConfig("ingest", process.env);
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const startedMs = performance.now();
const role = await createIngestRole({
  config,
  broker: null,
  logger: createLogger(config.LOG_LEVEL),
  registry,
  onLost: () => process.exit(1),
});
await role.start();
const readyMs = performance.now() - startedMs;

async function acknowledged(): Promise<number> {
  const metric = await registry.getSingleMetric("onhand_intake_acknowledged_total")?.get();
  return metric?.values[0]?.value ?? 0;
}

answerRequests(
  {
    async ready() {
      return readyMs;
    },
    /** Answers when so many more messages are durable and acknowledged, with the time from now in milliseconds. */
    async receive(params) {
      const { messages } = z.object({ messages: z.number() }).parse(params);
      const fromMs = performance.now();
      const expected = (await acknowledged()) + messages;
      while ((await acknowledged()) < expected) await sleep(10);
      return performance.now() - fromMs;
    },
    async counts() {
      const events = await registry.getSingleMetric("onhand_ingest_events_total")?.get();
      const sum = (events?.values ?? []).reduce((total, { value }) => total + value, 0);
      return { ...role.ingest.counts(), events: sum, rssBytes: process.memoryUsage().rss };
    },
  },
  async () => role.stop(),
);
