import { base, HOUR_MS } from "../../../simulators/scenarios/truth/base.ts";
import type { Scenario } from "../../../simulators/scenario.ts";

/** A chain that is asked how sure it is. Times in simulated ms. */
export type ConfidenceChain = {
  name: string;
  scenario: Scenario;
  lastsMs: number;
  askFromMs: number;
  /** Every position is asked so often; a little odd, so that looks are met at every stage. */
  askEveryMs: number;
};

const MINUTE_MS = 60_000;

/** What happens is the same with tags and without: thieves, voids, deliveries. Returns are left out: some would be for inspection. */
const everyday: Scenario = {
  ...base,
  stores: 1,
  products: 100,
  unitsPerStore: 300,
  unitsInWarehouse: 200,
  warehouseAntennas: 4,
  shoppersPerStoreHour: 30,
  theftProbability: 0.05,
  returnProbability: 0,
};

function tagged(name: string, readRate: number): ConfidenceChain {
  if (base.radio === null) throw new Error("the base has a radio");
  return {
    name,
    scenario: {
      ...everyday,
      name,
      description: "tagged goods; 37 % of the store's book are wrong until a count at 45 minutes",
      bookErrorShare: 0.37,
      incidents: { ...base.incidents, count: { fromMs: 45 * MINUTE_MS, toMs: 75 * MINUTE_MS } },
      radio: { ...base.radio, readRate },
    },
    lastsMs: 4 * HOUR_MS,
    askFromMs: 30 * MINUTE_MS,
    askEveryMs: 426_000,
  };
}

/** Four days without readers: what is stolen shows in a count by hand, twice a day. */
const untagged: ConfidenceChain = {
  name: "untagged",
  scenario: {
    ...everyday,
    name: "untagged",
    description:
      "goods without tags, counted by hand every twelve hours; what is stolen shows in a count alone",
    untaggedShare: 1,
    stores: 2,
    products: 60,
    announcedProbability: 1,
    floorAntennas: 1,
    warehouseAntennas: 1,
    shoppersPerStoreHour: 12,
    theftProbability: 0.05,
    deliverEveryMs: 2 * HOUR_MS,
    supplyEveryMs: 2 * HOUR_MS,
    outagesPerReaderHour: 0,
    handCounts: { everyMs: 12 * HOUR_MS, wrongShare: 0.03 },
  },
  lastsMs: 72 * HOUR_MS,
  askFromMs: 13 * HOUR_MS,
  askEveryMs: 67 * MINUTE_MS,
};

export const CONFIDENCE_CHAINS: readonly ConfidenceChain[] = [
  tagged("tagged-65", 0.65),
  tagged("tagged-95", 0.95),
  untagged,
];
