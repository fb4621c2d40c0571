import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../../../simulators/random.ts";
import type { Simulation } from "../../../simulators/simulation.ts";
import type { DemoCalls } from "./demo-calls.ts";

/** Times of people, in simulated seconds: they pass as fast as the chain's. */
export const PEOPLE = {
  betweenOrders: 30,
  notices: 40,
  picksUnit: 50,
  packs: 35,
  /** Until the customer is there, on average. */
  comes: 720,
  walksOut: 110,
  carrierComes: 400,
  parcelTravels: 1_200,
  tells: 90,
  changesMind: 60,
} as const;

const MOST_AT_ONCE = 2_000;

/** What shoppers and staff of the demo share. */
export type DemoPeople = {
  calls: DemoCalls;
  simulation: Simulation;
  random: Random;
  signal: AbortSignal;
  /** Resolves after so many simulated seconds; rejects when the demo ends. */
  pass(simulatedSeconds: number): Promise<void>;
};

export function createDemoPeople(deps: {
  calls: DemoCalls;
  simulation: Simulation;
  random: Random;
  signal: AbortSignal;
  speed: number;
}): DemoPeople {
  const { speed, signal, ...rest } = deps;
  // Each of them waits on it, and there may be as many at once as there is work.
  setMaxListeners(MOST_AT_ONCE, signal);
  return {
    ...rest,
    signal,
    pass: async (simulatedSeconds) => {
      await pause((simulatedSeconds * 1000) / speed, undefined, { signal });
    },
  };
}
