import type { PositionTable } from "../ledger/position-table.ts";
import {
  FACT_COUNT,
  FACT_HISTORY,
  FACT_POSITION,
  FACT_QUANTITY,
  FACT_SALE_BY_GTIN,
  FACT_SETTLE,
  type FactLog,
} from "./fact-log.ts";
import { FoldJournal } from "./fold-journal.ts";
import { ItemFacts } from "./item-facts.ts";
import type { ItemTable } from "./item-table.ts";
import type { LocationSettings } from "./location-settings.ts";
import type { OpenTransfers } from "./open-transfers.ts";
import { SaleFacts } from "./sale-facts.ts";
import { SalesByGtin } from "./sales-by-gtin.ts";
import type { StockChange, StockRewrite } from "./stock-change.ts";
import type { TillMemory } from "./till-memory.ts";
import { UnitFacts } from "./unit-facts.ts";

/**
 * Positions and items as the fold of the facts of each GTIN in the order of their times. A fact that comes late is put in its
 * place: what came after it is undone and applied again, and whatever that changes in stock becomes lines `reversed`
 * beside the fact's own. So the same facts end in the same positions in whatever order they came.
 */
export class StockFold {
  readonly #log: FactLog;
  readonly #journal: FoldJournal;
  readonly #units: UnitFacts;
  readonly #sales: SaleFacts;
  readonly #itemFacts: ItemFacts;

  constructor(parts: {
    items: ItemTable;
    positions: PositionTable;
    log: FactLog;
    tills: TillMemory;
    settings: LocationSettings;
    ownsLocation(location: number): boolean;
    transfers: OpenTransfers;
  }) {
    const journal = new FoldJournal(parts);
    const sales = new SalesByGtin(parts);
    this.#log = parts.log;
    this.#journal = journal;
    this.#units = new UnitFacts(parts, journal);
    this.#sales = new SaleFacts(parts, sales, journal);
    this.#itemFacts = new ItemFacts(parts, sales, journal);
  }

  get byteLength(): number {
    return this.#journal.byteLength;
  }

  /** Units on hand that no item stands for; negative means owed sales. */
  unidentifiedAt(row: number): number {
    return this.#journal.unidentifiedAt(row);
  }

  addPresent(location: number, gtin: number, quantity: number): void {
    this.#journal.addPresent(location, gtin, quantity);
  }

  rewrite(rewrite: StockRewrite): StockChange {
    const log = this.#log;
    this.#journal.begin();
    const added = rewrite.added.map((draft) => log.record(draft)).sort((a, b) => log.compare(a, b));
    const withdrawn = new Set(rewrite.withdrawn.filter((fact) => log.kind[fact] !== 0));
    const touched = [...added, ...withdrawn, ...(rewrite.again === -1 ? [] : [rewrite.again])];
    let first = touched[0] ?? -1;
    for (const fact of touched) if (log.compare(fact, first) < 0) first = fact;

    const undone: number[] = [];
    let older = log.newestOf(rewrite.gtin);
    while (older !== -1 && log.compare(older, first) >= 0) {
      this.#apply(older, -1);
      undone.push(older);
      older = log.older[older] ?? -1;
    }
    this.#redo(undone.reverse(), added, withdrawn, older);
    return this.#journal.change();
  }

  #redo(undone: number[], added: number[], withdrawn: Set<number>, before: number): void {
    const log = this.#log;
    let older = before;
    let next = 0;
    for (const fact of [...undone, -1]) {
      for (let own = added[next]; own !== undefined; own = added[next]) {
        if (fact !== -1 && log.compare(own, fact) > 0) break;
        log.link(own, older);
        this.#journal.isOwn = true;
        this.#apply(own, 1);
        this.#journal.isOwn = false;
        older = own;
        next++;
      }
      if (fact === -1) break;
      if (withdrawn.has(fact)) log.remove(fact);
      else {
        this.#apply(fact, 1);
        older = fact;
      }
    }
  }

  /** Applies a fact (sign 1) or takes back what it did (sign -1). Facts are taken back in the opposite order. */
  #apply(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    switch (log.kind[fact] ?? 0) {
      case FACT_QUANTITY:
        this.#units.quantity(fact, sign);
        return;
      case FACT_POSITION:
      case FACT_COUNT:
        this.#units.position(fact, sign);
        return;
      case FACT_HISTORY:
        this.#units.history(fact, sign);
        return;
      case FACT_SETTLE:
        this.#units.settle(fact, sign);
        return;
      case FACT_SALE_BY_GTIN:
        if (sign === 1) this.#sales.take(fact);
        else this.#sales.giveBack(fact);
        return;
      default:
        this.#itemFacts.apply(fact, sign);
    }
  }
}
