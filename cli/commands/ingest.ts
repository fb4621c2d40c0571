import type { Command } from "commander";
import { collectDefaultMetrics, Registry } from "prom-client";
import { migrate } from "../../sql/migrate.ts";
import { ConfigError, parseConfig, printableConfig } from "../platform/config.ts";
import { createHealthEndpoint } from "../platform/health-endpoint.ts";
import { createLogger } from "../platform/logger.ts";
import { openConfigured } from "../platform/open-databases.ts";
import { untilSignal } from "../platform/run-until-signal.ts";
import { createIngestRole } from "../roles/ingest-role.ts";

/** `onhand ingest`: MQTT in, ClickHouse out, as a process of its own. */
export function registerIngest(program: Command): void {
  program
    .command("ingest")
    .description("take in reads, sales and stock events from a broker into a ClickHouse server")
    .option("--json", "print where health and metrics are answered as a line of JSON")
    .action(async (options: { json?: boolean }) => {
      const config = parseConfig("ingest", process.env);
      if (config.CLICKHOUSE_URL === "" || config.MQTT_URL === "") {
        throw new ConfigError(
          "`onhand ingest` is one part of a split deployment and needs CLICKHOUSE_URL and MQTT_URL. " +
            "For everything in one process on the embedded engines run `onhand start`.",
        );
      }
      const logger = createLogger(config.LOG_LEVEL);
      logger.info({ config: printableConfig("ingest", config) }, "Starting ingest");
      const registry = new Registry();
      collectDefaultMetrics({ register: registry });
      const db = await openConfigured(config);
      await migrate(db);
      await db.close();
      const stopping = untilSignal(logger);
      const role = await createIngestRole({
        config,
        broker: null,
        logger,
        registry,
        onLost: () => stopping.fail("the ledger was taken over"),
      });
      const health = createHealthEndpoint({ registry, checks: () => role.ingest.checks() });
      const port = await health.start(config.INGEST_HTTP_LISTEN);
      const url = `http://${config.INGEST_HTTP_LISTEN.host}:${port}`;
      process.stdout.write(
        options.json === true ? `${JSON.stringify({ url })}\n` : `Health and metrics: ${url}\n`,
      );
      const started = role.start();
      await Promise.race([started, stopping.done]);
      await stopping.done;
      await role.stop();
      await started.catch(() => undefined);
      await health.stop();
      logger.info("Stopped");
    });
}
