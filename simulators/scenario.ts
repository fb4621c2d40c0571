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

/** How the readers of the truth scenarios work; what is not chosen here is fixed in `reading/radio-parameters.ts`. */
export type RoundRadioSettings = {
  /** The chance that one look of a zone's reader sees a tag that is there and works. */
  readRate: number;
  /** Share of tags that stand where an antenna of a neighbouring zone hears them. */
  strayShare: number;
  /** Reads of one tag within this time are reported once by a shelf reader. */
  reportEveryMs: number;
  /** The readers of all stores lose their report filters and repeat every tag each second. */
  storm: Span | null;
};

export type Span = { fromMs: number; toMs: number };

/** What happens in a scenario beside everyday life. Null: it does not. */
export type Incidents = {
  /** The first store's network is gone; readers and tills keep what they have to say and deliver it afterwards. */
  outage: Span | null;
  /** A count of the first store with a hand-held. */
  count: Span | null;
  /** Readers' clocks are set right at this instant; until then each is off by up to `maxSkewMs`. */
  clocksSetAtMs: number | null;
  /** A person carries a box of tagged goods through every zone, and stays a while before each antenna. */
  walkTest: boolean;
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
  /** So many products, the last of the catalogue, have one unit left in the whole company, in a store, and no more come. */
  lastUnits: number;
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
  /** Null: the lively readers of the demo, as `reading` describes them. */
  radio: RoundRadioSettings | null;
  /** How the stock system learns of the opening stock: receipts that name EPCs, or an imported book of quantities. */
  opening: "receipts" | "book";
  /** Share of the stores' positions that the imported book has wrong. */
  bookErrorShare: number;
  /** Chance that stolen goods go out unseen: in a shielded bag, or by another door. */
  unseenTheftProbability: number;
  /** How often a store sends goods to another. 0: never. */
  transferEveryMs: number;
  /** Chance that goods on their way to a store are announced by messages; the readers alone tell of the others. */
  announcedProbability: number;
  /** Readers' clocks are off by up to this much, for as long as nobody sets them. */
  maxSkewMs: number;
  /** What a reader keeps while it is cut off, and how many it then delivers a second. */
  keptReports: number;
  lateReportsPerSecond: number;
  incidents: Incidents;
  /** How often people count the untagged goods of every location, and the share of lines that they have wrong by one. Null: never. */
  handCounts: { everyMs: number; wrongShare: number } | null;
};
