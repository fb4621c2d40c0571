import {
  LATE_READS_PER_SECOND,
  RETAINED_READS,
  SHELF_ROUND_MS,
  SHIELDED_STRAY_SHARE,
} from "../../reading/radio-parameters.ts";
import type { RoundRadioSettings, Scenario } from "../../scenario.ts";
import { demo } from "../demo.ts";

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** The read rate where nobody asks for another; the truth benchmark runs with 0.65 and 0.95. */
const USUAL_READ_RATE = 0.95;

const radio: RoundRadioSettings = {
  readRate: USUAL_READ_RATE,
  strayShare: SHIELDED_STRAY_SHARE,
  reportEveryMs: SHELF_ROUND_MS,
  storm: null,
};

/** What the scenarios with known truth have in common: two stores and a warehouse, every product tagged, an ordinary day. */
export const base: Scenario = {
  ...demo,
  name: "base",
  description: "",
  stores: 2,
  products: 100,
  untaggedShare: 0,
  unitsPerStore: 400,
  unitsInWarehouse: 600,
  lastUnits: 0,
  floorAntennas: 4,
  warehouseAntennas: 4,
  shoppersPerStoreHour: 40,
  theftProbability: 0.01,
  tillNamesEpcProbability: 0.5,
  voidProbability: 0.02,
  returnProbability: 0.06,
  meanReturnDelayMs: 40 * MINUTE_MS,
  replenishEveryMs: 20 * MINUTE_MS,
  deliverEveryMs: 80 * MINUTE_MS,
  unitsPerDelivery: 30,
  supplyEveryMs: 100 * MINUTE_MS,
  unitsPerSupply: 60,
  clockFaultsPerReaderHour: 0,
  outagesPerReaderHour: 0.02,
  hasUnassignedReader: false,
  radio,
  opening: "book",
  unseenTheftProbability: 0.3,
  transferEveryMs: 0,
  announcedProbability: 0.7,
  keptReports: RETAINED_READS,
  lateReportsPerSecond: LATE_READS_PER_SECOND,
};

/** The base with another radio. */
export function withRadio(change: Partial<RoundRadioSettings>): { radio: RoundRadioSettings } {
  return { radio: { ...radio, ...change } };
}
