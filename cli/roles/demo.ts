import type { Logger } from "pino";
import { connectPublisher } from "../../simulators/connect-publisher.ts";
import { runSimulation } from "../../simulators/run-simulation.ts";
import { findScenario } from "../../simulators/scenarios/find-scenario.ts";
import { createSimulation, type Simulation } from "../../simulators/simulation.ts";
import { systemClock } from "../../simulators/system-clock.ts";
import type { Config } from "../platform/config.ts";
import type { RunningSystem } from "./whole-system.ts";

/** Requests to the API at once while master data is written. */
const seedingAtOnce = 8;

/** A living chain: writes its locations, products and readers through the API, then publishes its reads and sales over MQTT. */
export function createDemo(deps: {
  system: RunningSystem;
  config: Config<"start">;
  logger: Logger;
  scenario: string;
  seed: number;
}) {
  const { system, config, logger } = deps;
  const scenario = findScenario(deps.scenario);
  if (!scenario.ok) throw new Error(scenario.detail);
  const simulation = createSimulation({ scenario: scenario.value, seed: deps.seed });
  const aborted = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    await seed(simulation, system);
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
        speed: 1,
        signal: aborted.signal,
      });
    } finally {
      await publisher.close();
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

async function seed(simulation: Simulation, system: RunningSystem): Promise<void> {
  const put = async (path: string, body: unknown) => {
    const response = await fetch(new URL(path, system.url), {
      method: "PUT",
      headers: { authorization: `Bearer ${system.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The demo's master data was refused: ${await response.text()}`);
  };
  await inTurns(simulation.locations, (location) => put(`/v1/locations/${location.locationId}`, location));
  await inTurns(simulation.products, (product) => put(`/v1/products/${product.gtin}`, product));
  await inTurns(simulation.readers, (reader) =>
    put(`/v1/readers/${reader.locationId}/${reader.readerId}`, reader),
  );
}

async function inTurns<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < list.length; start += seedingAtOnce) {
    await Promise.all(list.slice(start, start + seedingAtOnce).map(work));
  }
}
