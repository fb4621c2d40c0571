import type { Timeline } from "./message.ts";

const DAY_MS = 86_400_000;

/** Simulated time as it is: the scenario's start plus what has passed. For runs that nobody watches live. */
export function simulatedTimeline(startsAt: string): Timeline {
  const startMs = Date.parse(startsAt);
  return { toUnixMs: (simulatedMs) => startMs + simulatedMs, openingMs: startOfDay(startMs) };
}

/**
 * Simulated time mapped to the present: the instant `fromSimulatedMs` is `atUnixMs`, and simulated time passes `speed`
 * times as fast as the wall clock.
 */
export function liveTimeline(atUnixMs: number, fromSimulatedMs: number, speed: number): Timeline {
  return {
    toUnixMs: (simulatedMs) => Math.round(atUnixMs + (simulatedMs - fromSimulatedMs) / speed),
    openingMs: startOfDay(atUnixMs),
  };
}

function startOfDay(unixMs: number): number {
  return Math.floor(unixMs / DAY_MS) * DAY_MS;
}
