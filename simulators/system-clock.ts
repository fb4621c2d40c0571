import { setTimeout as sleep } from "node:timers/promises";
import type { RunClock } from "./run-simulation.ts";

export const systemClock: RunClock = {
  now: () => Date.now(),
  wait: async (ms, signal) => {
    try {
      await sleep(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
};
