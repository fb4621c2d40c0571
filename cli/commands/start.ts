import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { parseConfig, printableConfig } from "../platform/config.ts";
import { createLogger } from "../platform/logger.ts";
import { untilSignal } from "../platform/run-until-signal.ts";
import { DEFAULT_HISTORY_SHOPPERS } from "../roles/demo-history/tell-history.ts";
import { createDemo } from "../roles/demo.ts";
import { createWholeSystem } from "../roles/whole-system.ts";

type Options = {
  demo?: boolean;
  scenario: string;
  seed: string;
  historyShoppers: number;
  historyTruth?: string;
  json?: boolean;
};

/** `onhand start`: everything in one process. */
export function registerStart(program: Command): void {
  program
    .command("start")
    .description("run everything in one process: broker, ClickHouse, ingest, server, dashboard")
    .option(
      "--demo",
      "with a live simulated chain of stores, in a data folder of its own that begins anew each time",
    )
    .option("--scenario <name>", "which simulated chain", "demo")
    .option("--seed <n>", "the same seed gives the same chain", "1")
    .option(
      "--history-shoppers <n>",
      "people who bought in the demo's year before; 0: no history",
      parseCount,
      DEFAULT_HISTORY_SHOPPERS,
    )
    .option("--history-truth <file>", "write the figures of that year as they truly are, as JSON")
    .option("--json", "print where it answers, the sign-in link and the owner's token as one line of JSON")
    .action(async (options: Options) => {
      const isDemo = options.demo === true;
      const fromEnvironment = parseConfig("start", process.env);
      const config = isDemo
        ? {
            ...fromEnvironment,
            ONHAND_DATA_DIR: join(fromEnvironment.ONHAND_DATA_DIR, "demo"),
            CLICKHOUSE_URL: "",
            MQTT_URL: "",
          }
        : fromEnvironment;
      const logger = createLogger(config.LOG_LEVEL);
      logger.info({ config: printableConfig("start", config) }, "Starting");
      const stopping = untilSignal(logger);
      const system = await createWholeSystem({
        config,
        logger,
        isFresh: isDemo,
        onLost: () => stopping.fail("lost"),
      });
      try {
        const running = await system.start();
        process.stdout.write(
          options.json === true ? `${JSON.stringify(running)}\n` : describe(running, isDemo),
        );
        const demo = isDemo
          ? createDemo({
              system: running,
              config,
              logger,
              scenario: options.scenario,
              seed: Number(options.seed),
              historyShoppers: options.historyShoppers,
              historyTruthFile: options.historyTruth ?? null,
            })
          : null;
        demo?.start();
        await stopping.done;
        await demo?.stop();
      } finally {
        await system.stop();
      }
      logger.info("Stopped");
    });
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new InvalidArgumentError("It must be a whole number, 0 or more.");
}

function describe(
  running: { url: string; loginUrl: string; mqttPort: number | null },
  isDemo: boolean,
): string {
  return [
    "",
    `  Onhand answers at   ${running.url}`,
    `  Open the dashboard  ${running.loginUrl}`,
    "                      (the link signs one browser in, once)",
    ...(running.mqttPort === null ? [] : [`  MQTT broker         127.0.0.1:${running.mqttPort}`]),
    ...(isDemo
      ? ["  Demo                a simulated chain fills its shelves now; its numbers move in a few seconds"]
      : []),
    "",
    "",
  ].join("\n");
}
