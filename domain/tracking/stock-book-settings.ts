import type { MobilityProfile } from "./mobility-profile.ts";

/** Thresholds of the rules of stock. Durations in milliseconds, strengths in dB. */
export type StockBookSettings = {
  /** Repeats of one EPC at one place within this time are one window. */
  dedupeWindowMs: number;
  /** Reads that arrive out of order by up to this much end in the same belief as in order. */
  reorderWindowMs: number;
  /** Reads that a new item needs, outside a dock. */
  minReads: number;
  /** Dedupe windows that these reads must span. */
  minWindows: number;
  /** Keeps items of products that are not in the product list out of stock. */
  requireKnownProduct: boolean;
  /** How much stronger another place must be: min(threshold, slope · silence + b), b = threshold − slope · holdoff. */
  mobility: MobilityProfile;
  /** A sale by GTIN takes an item that the till's antenna read within this time of it, before or after. */
  tillNearMs: number;
  /** How long reads at tills are remembered for sales that arrive late. */
  tillMemoryMs: number;
  /** Reads kept to put late ones in their place, 30 bytes each. When they are all in use the window is shorter. */
  maxRecentReads: number;
  /** How many past changes are kept so that a late event ends where it would have in order. Oldest go first. */
  maxFacts: number;
  /** Transactions that a void can name without a look-up. Oldest go first. */
  maxTransactions: number;
  /** Tags without enough evidence that are remembered. The longest unseen go first. */
  maxCandidates: number;
};

export const DEFAULT_STOCK_BOOK_SETTINGS: StockBookSettings = {
  dedupeWindowMs: 2000,
  reorderWindowMs: 10_000,
  minReads: 2,
  minWindows: 2,
  requireKnownProduct: true,
  mobility: { thresholdDb: 6, holdoffMs: 500, slopeDbPerMs: -0.008 },
  tillNearMs: 30_000,
  tillMemoryMs: 3_600_000,
  maxRecentReads: 500_000,
  maxFacts: 1_000_000,
  maxTransactions: 200_000,
  maxCandidates: 200_000,
};
