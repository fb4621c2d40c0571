import type { Command } from "commander";
import { collectDefaultMetrics, Registry } from "prom-client";
import { createKeyStore } from "../../server/keys/key-store.ts";
import { migrate } from "../../sql/migrate.ts";
import { ConfigError, parseConfig, printableConfig } from "../platform/config.ts";
import { createLogger } from "../platform/logger.ts";
import { openAnalysts, openConfigured } from "../platform/open-databases.ts";
import { untilSignal } from "../platform/run-until-signal.ts";
import { createServeRole } from "../roles/serve-role.ts";

/** `onhand serve`: API, stream and dashboard, as a process of its own. */
export function registerServe(program: Command): void {
  program
    .command("serve")
    .description("answer storefronts and people from a ClickHouse server and a broker")
    .option("--json", "print the address and the sign-in link as a line of JSON")
    .action(async (options: { json?: boolean }) => {
      const config = parseConfig("serve", process.env);
      if (config.CLICKHOUSE_URL === "" || config.MQTT_URL === "") {
        throw new ConfigError(
          "`onhand serve` is one part of a split deployment and needs CLICKHOUSE_URL and MQTT_URL. " +
            "For everything in one process on the embedded engines run `onhand start`.",
        );
      }
      const logger = createLogger(config.LOG_LEVEL);
      logger.info({ config: printableConfig("serve", config) }, "Starting server");
      const registry = new Registry();
      collectDefaultMetrics({ register: registry });
      const db = await openConfigured(config);
      const importDb = await openConfigured(config);
      const grantsDb = await openConfigured(config);
      const reportsDb = await openConfigured(config);
      const analysts = await openAnalysts(config);
      await migrate(db);
      const stopping = untilSignal(logger);
      const keys = createKeyStore({ db, nowMs: Date.now });
      const role = createServeRole({
        config,
        db,
        importDb,
        grantsDb,
        reportsDb,
        analysts,
        keys,
        bus: null,
        ownerToken: null,
        checks: [],
        logger,
        registry,
      });
      const { url } = await role.start();
      const loginUrl = new URL(role.server.createLoginPath(), url).href;
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ url, loginUrl })}\n`
          : `Onhand answers at ${url}\nSign in, once: ${loginUrl}\n`,
      );
      await stopping.done;
      await role.stop();
      await Promise.all([db, importDb, grantsDb, reportsDb, analysts].map((each) => each.close()));
      logger.info("Stopped");
    });
}
