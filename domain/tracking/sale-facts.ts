import type { FactLog } from "./fact-log.ts";
import type { FoldJournal } from "./fold-journal.ts";
import { isOnHand, type ItemTable, STATUS_SOLD } from "./item-table.ts";
import type { SalesByGtin } from "./sales-by-gtin.ts";

/** Sales that name a product and no item. */
export class SaleFacts {
  readonly #items: ItemTable;
  readonly #log: FactLog;
  readonly #sales: SalesByGtin;
  readonly #journal: FoldJournal;

  constructor(parts: { items: ItemTable; log: FactLog }, sales: SalesByGtin, journal: FoldJournal) {
    this.#items = parts.items;
    this.#log = parts.log;
    this.#sales = sales;
    this.#journal = journal;
  }

  /** A sale that names a GTIN takes the items that it must have meant; the rest are units without identity. */
  take(fact: number): void {
    const log = this.#log;
    const items = this.#items;
    const location = log.location[fact] ?? 0;
    const detail = this.#journal.detailOf(fact);
    detail.taken = this.#sales.itemsOf(fact);
    for (const { item, state, status } of detail.taken) {
      this.#journal.remember(item);
      if (isOnHand(status)) this.#journal.addPresent(location, log.gtin[fact] ?? 0, -1);
      // It had been taken for lost.
      else this.#journal.emitAt(location, fact, 1, state, item, "found");
      this.#journal.emit(fact, 1, -1, state, item);
      items.setStatus(item, STATUS_SOLD);
    }
    this.#journal.emit(fact, 1, detail.taken.length - (log.quantity[fact] ?? 0), 0, -1);
  }

  /** As if the sale had never been. */
  giveBack(fact: number): void {
    const log = this.#log;
    const location = log.location[fact] ?? 0;
    const detail = this.#journal.detailOf(fact);
    for (const { item, state, status, isClaimed } of detail.taken) {
      this.#journal.remember(item);
      if (isOnHand(status)) this.#journal.addPresent(location, log.gtin[fact] ?? 0, 1);
      else this.#journal.emitAt(location, fact, -1, state, item, "found");
      this.#journal.emit(fact, -1, -1, state, item);
      this.#items.setStatus(item, status);
      this.#items.isClaimed[item] = isClaimed;
    }
    this.#journal.emit(fact, -1, detail.taken.length - (log.quantity[fact] ?? 0), 0, -1);
  }
}
