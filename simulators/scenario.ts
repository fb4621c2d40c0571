import type { ZoneKind } from "../domain/location.ts";

/** How the antennas of one kind of zone read. */
export type ReadingProfile = {
  /** Tags that stand still and are tried per antenna and second (session S2/S3 keeps the others quiet). */
  looksPerSecond: number;
  /** Chance that a tried tag answers. */
  readProbability: number;
  /** Chance per second that a tag that has just been moved answers. */
  movingReadProbability: number;
  /** Chance that a read is also heard, weaker, by an antenna of a neighbouring zone. */
  strayProbability: number;
  rssiDbm: number;
};

/** Everything that is chosen for a chain; the rest follows from it and the seed. Times in simulated milliseconds. */
export type Scenario = {
  name: string;
  description: string;
  /** Where simulated time begins when nobody maps it to the present (`--dry-run`). */
  startsAt: string;
  stores: number;
  products: number;
  /** Share of products without RFID tags. */
  untaggedShare: number;
  unitsPerStore: number;
  unitsInWarehouse: number;
  /** Share of a store's opening units on the sales floor; the others are in the backroom. */
  floorShare: number;
  floorAntennas: number;
  warehouseAntennas: number;
  reading: Record<ZoneKind, ReadingProfile>;
  shoppersPerStoreHour: number;
  /** Chance that a shopper who holds something buys it. */
  buyProbability: number;
  tryOnProbability: number;
  /** Chance that something put back is put on a wrong shelf. */
  misplaceProbability: number;
  theftProbability: number;
  /** Chance that a till line names the EPC and not the GTIN alone. */
  tillNamesEpcProbability: number;
  voidProbability: number;
  returnProbability: number;
  meanReturnDelayMs: number;
  replenishEveryMs: number;
  deliverEveryMs: number;
  unitsPerDelivery: number;
  supplyEveryMs: number;
  unitsPerSupply: number;
  /** Chance that a message is delivered twice, as QoS 1 allows. */
  duplicateProbability: number;
  clockFaultsPerReaderHour: number;
  outagesPerReaderHour: number;
  /** One reader that the master data do not know: it is heard and waits for its assignment. */
  hasUnassignedReader: boolean;
};
