import type { Logger } from "pino";
import { connectPublisher } from "../../simulators/connect-publisher.ts";
import { createRandom } from "../../simulators/random.ts";
import { runSimulation } from "../../simulators/run-simulation.ts";
import { findScenario } from "../../simulators/scenarios/find-scenario.ts";
import { createSimulation } from "../../simulators/simulation.ts";
import { systemClock } from "../../simulators/system-clock.ts";
import type { Config } from "../platform/config.ts";
import { writeMasterData } from "./demo-master-data.ts";
import { createDemoShoppers } from "./demo-shoppers.ts";
import { askServer, createDemoCalls } from "./demo-orders/demo-calls.ts";
import { runDemoOrders } from "./demo-orders/run-demo-orders.ts";
import { createDemoPeople } from "./demo-orders/demo-people.ts";
import { tellHistory } from "./demo-history/tell-history.ts";
import type { RunningSystem } from "./whole-system.ts";

/** Four simulated seconds a second: what takes a shopper minutes is worth watching then. */
const demoSpeed = 4;

/** A living chain: writes its locations, products and readers through the API, then publishes its reads and sales over MQTT. */
export function createDemo(deps: {
  system: RunningSystem;
  config: Config<"start">;
  logger: Logger;
  scenario: string;
  seed: number;
  /** Known shoppers of the year before; 0: the chain has no past. */
  historyShoppers: number;
  historyTruthFile: string | null;
}) {
  const { system, config, logger } = deps;
  const scenario = findScenario(deps.scenario);
  if (!scenario.ok) throw new Error(scenario.detail);
  const simulation = createSimulation({ scenario: scenario.value, seed: deps.seed });
  const aborted = new AbortController();
  let running: Promise<void> = Promise.resolve();

  /** Its end is no reason for the chain to stop. */
  async function shop(): Promise<void> {
    const { signal } = aborted;
    const stopped = (who: string) => (error: unknown) => {
      if (!signal.aborted) logger.error({ err: error }, `The demo's ${who} stopped.`);
    };
    const calls = createDemoCalls(askServer(system, signal), signal);
    const random = createRandom(simulation.seed, "demo orders");
    const people = createDemoPeople({ calls, simulation, random, signal, speed: demoSpeed });
    await Promise.all([
      createDemoShoppers({ system, people }).run().catch(stopped("shoppers")),
      runDemoOrders({ shoppers: people, staff: people, stopped }),
    ]);
  }

  /** A past that could not be written is missing in reports, and nowhere else. */
  async function remember(): Promise<void> {
    if (deps.historyShoppers === 0) return;
    const { signal } = aborted;
    try {
      await tellHistory({
        config,
        simulation,
        shoppers: deps.historyShoppers,
        truthFile: deps.historyTruthFile,
        output: process.stderr,
        signal,
      });
      await createDemoCalls(askServer(system, signal), signal).predictValues();
    } catch (error) {
      if (!signal.aborted) logger.error({ err: error }, "The demo's history could not be written.");
    }
  }

  async function run(): Promise<void> {
    await writeMasterData(simulation, system);
    const remembering = remember();
    const shopping = shop();
    const publisher = await connectPublisher({
      url: `mqtt://127.0.0.1:${system.mqttPort}`,
      ...system.internal,
    });
    try {
      await runSimulation({
        simulation,
        root: config.MQTT_ROOT,
        publish: publisher.publish,
        clock: systemClock,
        speed: demoSpeed,
        signal: aborted.signal,
      });
    } finally {
      await publisher.close();
      await Promise.all([shopping, remembering]);
    }
  }

  return {
    start() {
      running = run().catch((error: unknown) => {
        if (!aborted.signal.aborted) logger.error({ error }, "The demo's simulated chain stopped.");
      });
    },
    async stop() {
      aborted.abort();
      await running;
    },
  };
}
