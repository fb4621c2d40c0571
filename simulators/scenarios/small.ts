import type { Scenario } from "../scenario.ts";
import { demo } from "./demo.ts";

const MINUTE_MS = 60_000;

/** One busy store and its warehouse, everything often: for tests. */
export const small: Scenario = {
  ...demo,
  name: "small",
  description: "1 store, 1 warehouse, 24 products, 300 units; everything happens often",
  stores: 1,
  products: 24,
  unitsPerStore: 200,
  unitsInWarehouse: 100,
  lastUnits: 0,
  floorAntennas: 4,
  warehouseAntennas: 2,
  shoppersPerStoreHour: 240,
  voidProbability: 0.1,
  returnProbability: 0.2,
  theftProbability: 0.01,
  meanReturnDelayMs: 4 * MINUTE_MS,
  replenishEveryMs: 3 * MINUTE_MS,
  deliverEveryMs: 6 * MINUTE_MS,
  unitsPerDelivery: 20,
  supplyEveryMs: 9 * MINUTE_MS,
  unitsPerSupply: 60,
  duplicateProbability: 0.02,
  clockFaultsPerReaderHour: 2,
  outagesPerReaderHour: 1,
};
