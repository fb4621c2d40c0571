/** Limits of the process that keeps the book. What may differ by location is in `tracking-settings.ts`. Durations in milliseconds. */
export type StockBookSettings = {
  /** Reads that arrive out of order by up to this much end in the same belief as in order. */
  reorderWindowMs: number;
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
  reorderWindowMs: 10_000,
  tillMemoryMs: 3_600_000,
  maxRecentReads: 500_000,
  maxFacts: 1_000_000,
  maxTransactions: 200_000,
  maxCandidates: 200_000,
};
