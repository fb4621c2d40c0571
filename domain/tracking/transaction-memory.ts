import { ok, refuse, type Result } from "../result.ts";
import type { LineFact } from "./event-facts.ts";

/** A line of an earlier transaction, with what it did; `item` is the row of the item that it named, -1 for none. */
export type TransactionLine = LineFact & { item: number; location: number; isVoided: boolean };

/** The transactions that a void can name. When there are too many the oldest are forgotten. */
export class TransactionMemory {
  readonly #lines = new Map<string, TransactionLine[]>();
  readonly #maxTransactions: number;

  constructor(maxTransactions: number) {
    this.#maxTransactions = maxTransactions;
  }

  get size(): number {
    return this.#lines.size;
  }

  remember(locationId: string, terminalId: string, transactionId: string, lines: TransactionLine[]): void {
    const key = keyOf(locationId, terminalId, transactionId);
    // One transaction may come in several events, such as a sale and a return.
    this.#lines.set(key, [...(this.#lines.get(key) ?? []), ...lines]);
    if (this.#lines.size <= this.#maxTransactions) return;
    const oldest = this.#lines.keys().next();
    if (oldest.done !== true) this.#lines.delete(oldest.value);
  }

  knows(locationId: string, terminalId: string, transactionId: string): boolean {
    return this.#lines.has(keyOf(locationId, terminalId, transactionId));
  }

  /** The lines that a void takes back, all of them when it names none. They count as voided from then on. */
  takeForVoid(
    locationId: string,
    terminalId: string,
    voids: { transactionId: string; lineNos?: number[] | undefined },
  ): Result<TransactionLine[]> {
    const all = this.#lines.get(keyOf(locationId, terminalId, voids.transactionId));
    if (all === undefined) {
      return refuse(
        "unknown_transaction",
        `Transaction ${voids.transactionId} of terminal ${terminalId} is not known, so there is nothing to take back. Send the transaction first, then the void again.`,
      );
    }
    const named = voids.lineNos ?? all.map((line) => line.lineNo);
    for (const lineNo of named) {
      if (all.some((line) => line.lineNo === lineNo)) continue;
      return refuse(
        "unknown_line",
        `Transaction ${voids.transactionId} has no line ${lineNo}; nothing was taken back. Name lines that it has.`,
      );
    }
    const lines = all.filter((line) => named.includes(line.lineNo) && !line.isVoided);
    if (lines.length === 0) {
      return refuse(
        "already_voided",
        `What the void names of transaction ${voids.transactionId} was taken back before; stock did not change again.`,
      );
    }
    for (const line of lines) line.isVoided = true;
    return ok(lines);
  }
}

function keyOf(locationId: string, terminalId: string, transactionId: string): string {
  return `${locationId}/${terminalId}/${transactionId}`;
}
