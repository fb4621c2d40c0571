import type { Scenario } from "../scenario.ts";
import { demo } from "./demo.ts";

/** A chain of 60 stores: for load. */
export const chain: Scenario = {
  ...demo,
  name: "chain",
  description: "60 stores, 1 warehouse, 4,000 products, 350,000 units; about 1,900 reads a second",
  stores: 60,
  products: 4_000,
  unitsPerStore: 5_000,
  unitsInWarehouse: 50_000,
  lastUnits: 100,
  warehouseAntennas: 16,
  unitsPerSupply: 3_000,
};
