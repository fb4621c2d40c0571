import type { PositionTable } from "../ledger/position-table.ts";
import type { FactLog } from "./fact-log.ts";
import type { FoldJournal } from "./fold-journal.ts";
import type { OpenTransfers } from "./open-transfers.ts";
import { splitOfSettlement } from "./settlement.ts";

/** Facts that are about units and name no item. `sign` 1 applies them, -1 takes back what they did. */
export class UnitFacts {
  readonly #positions: PositionTable;
  readonly #log: FactLog;
  readonly #transfers: OpenTransfers;
  readonly #journal: FoldJournal;

  constructor(
    parts: { positions: PositionTable; log: FactLog; transfers: OpenTransfers },
    journal: FoldJournal,
  ) {
    this.#positions = parts.positions;
    this.#log = parts.log;
    this.#transfers = parts.transfers;
    this.#journal = journal;
  }

  /** Units without identity. Those of a transfer move stock only as far as its items have not. */
  quantity(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const quantity = log.quantity[fact] ?? 0;
    const route = log.details.get(fact)?.route;
    if (sign === 1) log.effect[fact] = quantity;
    if (route !== undefined) {
      const transfer = this.#transfers.of(route, log.gtin[fact] ?? 0, log.at[fact] ?? 0);
      if (sign === 1) log.effect[fact] = this.#transfers.tell(transfer, quantity);
      else this.#transfers.takeBack(transfer, quantity);
    }
    this.#journal.emit(fact, sign, log.effect[fact] ?? 0, log.state[fact] ?? 0, -1);
  }

  /** What came of it is known, and why no more. */
  history(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const location = log.location[fact] ?? 0;
    const quantity = sign * (log.quantity[fact] ?? 0);
    this.#journal.emitAt(location, fact, quantity, log.state[fact] ?? 0, -1, "reversed");
    const items = log.effect[fact] ?? 0;
    if (items !== 0) this.#journal.addPresent(location, log.gtin[fact] ?? 0, sign * items);
  }

  /** After a count of items there are so many units without identity: none, unless it was loaded after a restart. */
  settle(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const detail = this.#journal.detailOf(fact);
    if (sign === 1) {
      const row = this.#positions.ensureRow(log.location[fact] ?? 0, log.gtin[fact] ?? 0);
      const surplus = this.#journal.unidentifiedAt(row) - (log.quantity[fact] ?? 0);
      detail.split = splitOfSettlement(surplus, (state) => this.#positions.quantityAt(row, state));
    }
    for (const [state, quantity] of (detail.split ?? []).entries()) {
      this.#journal.emit(fact, sign, -quantity, state, -1);
    }
  }

  /** A book says how many there are: the difference to what is on hand becomes a movement. */
  position(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const state = log.state[fact] ?? 0;
    if (sign === 1) {
      const row = this.#positions.ensureRow(log.location[fact] ?? 0, log.gtin[fact] ?? 0);
      log.effect[fact] = (log.quantity[fact] ?? 0) - this.#positions.quantityAt(row, state);
    }
    this.#journal.emit(fact, sign, log.effect[fact] ?? 0, state, -1);
  }
}
