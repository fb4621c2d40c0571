import { OPEN_WALL_STRAY_SHARE } from "../../reading/radio-parameters.ts";
import type { Scenario } from "../../scenario.ts";
import { base, HOUR_MS, withRadio } from "./base.ts";

/** A scenario whose truth is compared with what is believed, every so often from an instant on. */
export type TruthScenario = {
  scenario: Scenario;
  lastsMs: number;
  sampleFromMs: number;
  sampleEveryMs: number;
};

const MINUTE_MS = 60_000;

const quietDay: Scenario = {
  ...base,
  name: "quiet-day",
  description: "two stores and a warehouse on a slow day: few shoppers, one delivery each",
  shoppersPerStoreHour: 12,
  theftProbability: 0.005,
};

const delivery: Scenario = {
  ...base,
  name: "delivery",
  description: "deliveries and transfers all day, half of them without papers",
  shoppersPerStoreHour: 15,
  deliverEveryMs: 30 * MINUTE_MS,
  supplyEveryMs: 45 * MINUTE_MS,
  transferEveryMs: 45 * MINUTE_MS,
  announcedProbability: 0.5,
};

const theft: Scenario = {
  ...base,
  name: "theft",
  description: "one basket in six is stolen, a third of them unseen by the gate",
  theftProbability: 0.15,
};

const readerStorm: Scenario = {
  ...base,
  name: "reader-storm",
  description: "all readers lose their filters for a quarter of an hour, and one message in ten goes twice",
  duplicateProbability: 0.1,
  ...withRadio({ storm: { fromMs: HOUR_MS, toMs: HOUR_MS + 15 * MINUTE_MS } }),
};

const offlineStore: Scenario = {
  ...base,
  name: "offline-store",
  description: "a store is cut off over midnight, comes back and delivers yesterday's reads in order, fast",
  startsAt: "2026-03-02T22:30:00.000Z",
  incidents: { ...base.incidents, outage: { fromMs: 45 * MINUTE_MS, toMs: 135 * MINUTE_MS } },
};

const clockSkew: Scenario = {
  ...base,
  name: "clock-skew",
  description: "readers' clocks are off by up to three minutes, until all are set right at once",
  maxSkewMs: 3 * MINUTE_MS,
  incidents: { ...base.incidents, clocksSetAtMs: 2 * HOUR_MS },
};

const countDuringSales: Scenario = {
  ...base,
  name: "count-during-sales",
  description:
    "37 % of a store's book are wrong (63 % right is the figure without RFID), and a count mends it while it sells",
  stores: 1,
  bookErrorShare: 0.37,
  incidents: { ...base.incidents, count: { fromMs: 45 * MINUTE_MS, toMs: 75 * MINUTE_MS } },
};

const crossReadWalls: Scenario = {
  ...base,
  name: "cross-read-walls",
  description: "nothing shields one zone from the next: nearly half of the tags a reader hears are another's",
  ...withRadio({ strayShare: OPEN_WALL_STRAY_SHARE, reportEveryMs: 5000 }),
};

const usual = { lastsMs: 3 * HOUR_MS, sampleFromMs: 30 * MINUTE_MS, sampleEveryMs: 15 * MINUTE_MS };

/** In the order in which they are reported. What a store offline or a count still to come does not know is not sampled. */
export const TRUTH_SCENARIOS: readonly TruthScenario[] = [
  { scenario: quietDay, ...usual },
  { scenario: delivery, ...usual },
  { scenario: theft, ...usual },
  { scenario: readerStorm, ...usual },
  { scenario: offlineStore, ...usual, sampleFromMs: 150 * MINUTE_MS, sampleEveryMs: 5 * MINUTE_MS },
  { scenario: clockSkew, ...usual },
  { scenario: countDuringSales, ...usual, sampleFromMs: 90 * MINUTE_MS },
  { scenario: crossReadWalls, ...usual },
];
