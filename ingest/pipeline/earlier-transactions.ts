import type { EarlierTransaction } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { findTransaction } from "./find-transaction.ts";
import type { ArrivedEvent } from "./take-stock-event.ts";

/** Transactions that voids name and that memory had forgotten, fetched from the ledger just before the void is applied. */
export type EarlierTransactions = {
  fetch(arrived: ArrivedEvent): Promise<void>;
  find(locationId: string, terminalId: string, transactionId: string): EarlierTransaction | null;
};

export function createEarlierTransactions(db: Database): EarlierTransactions {
  // One void is looked up at a time, so the last one fetched is the one that is asked for.
  let fetched: { key: string; transaction: EarlierTransaction } | null = null;
  return {
    async fetch(arrived) {
      fetched = null;
      if (arrived.kind !== "till") return;
      const { terminalId, transactionId, voids } = arrived.event;
      const named = voids?.transactionId ?? transactionId;
      const transaction = await findTransaction(db, arrived.locationId, terminalId, named);
      if (transaction !== null)
        fetched = { key: `${arrived.locationId}/${terminalId}/${named}`, transaction };
    },
    find(locationId, terminalId, transactionId) {
      return fetched?.key === `${locationId}/${terminalId}/${transactionId}` ? fetched.transaction : null;
    },
  };
}
