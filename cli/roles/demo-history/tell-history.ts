import { writeFile } from "node:fs/promises";
import type { Writable } from "node:stream";
import type { Config } from "../../platform/config.ts";
import { openConfigured } from "../../platform/open-databases.ts";
import { createHistory } from "../../../simulators/history/create-history.ts";
import type { Simulation } from "../../../simulators/simulation.ts";
import { createHistoryProgress } from "./history-progress.ts";
import { loadHistory } from "./load-history.ts";

/** Known shoppers of the past unless told otherwise: about 210,000 orders. */
export const DEFAULT_HISTORY_SHOPPERS = 40_000;

const DAY_MS = 86_400_000;
const DAYS = 365;
const GUESTS_PER_STORE_DAY = 35;
/** A chain for load has more; its book would be a hundred times that of the demo. */
const MOST_STORES = 8;
const MOST_PRODUCTS = 500;

/** Tells the past of the demo's chain, until last midnight (UTC), and says on `output` how far it is. */
export async function tellHistory(deps: {
  config: Config<"start">;
  simulation: Simulation;
  shoppers: number;
  /** A file for the figures as they truly are. */
  truthFile: string | null;
  output: Writable & { isTTY?: boolean };
  signal: AbortSignal;
}): Promise<void> {
  const { simulation, signal } = deps;
  const nowMs = Date.now();
  const history = createHistory({
    seed: simulation.seed,
    endMs: Math.floor(nowMs / DAY_MS) * DAY_MS,
    days: DAYS,
    shoppers: deps.shoppers,
    guestsPerStoreDay: (GUESTS_PER_STORE_DAY * deps.shoppers) / DEFAULT_HISTORY_SHOPPERS,
    products: simulation.products.slice(0, MOST_PRODUCTS),
    locations: [
      ...simulation.locations.slice(0, -1).slice(0, MOST_STORES),
      ...simulation.locations.slice(-1),
    ],
  });
  const bar = createHistoryProgress({ output: deps.output, nowMs: Date.now });
  // A connection of its own: nobody waits behind its inserts.
  const db = await openConfigured(deps.config);
  try {
    const end = await loadHistory({ db, history, nowMs, signal, onProgress: bar.show });
    bar.end(end);
  } finally {
    await db.close();
  }
  if (deps.truthFile !== null) {
    await writeFile(deps.truthFile, `${JSON.stringify(history.truth(), null, 1)}\n`);
  }
}
