import { STOCK_STATES } from "../stock-state.ts";
import type { MovementReason } from "../movement.ts";
import type { PositionTable } from "../ledger/position-table.ts";
import {
  FACT_COUNT,
  FACT_COUNT_FOUND,
  FACT_COUNT_MISSED,
  FACT_LEAVE,
  FACT_MISS,
  FACT_HISTORY,
  FACT_PLACE,
  FACT_POSITION,
  FACT_QUANTITY,
  FACT_SALE_BY_GTIN,
  FACT_SETTLE,
  FACT_SHIP,
  FACT_STATE,
  type FactDetail,
  type FactDraft,
  type FactLog,
} from "./fact-log.ts";
import { type ItemBefore, itemOutcome } from "./item-outcome.ts";
import { isOnHand, type ItemTable, STATUS_NONE, STATUS_PRESENT, STATUS_SOLD } from "./item-table.ts";
import type { LocationSettings } from "./location-settings.ts";
import type { OpenTransfers } from "./open-transfers.ts";
import { splitOfSettlement } from "./settlement.ts";
import { SalesByGtin } from "./sales-by-gtin.ts";
import type { TillMemory } from "./till-memory.ts";
import { TransferArrivals } from "./transfer-arrivals.ts";

/** A line of the ledger to be: `row` of the position table, index of the state, row of the item or -1. */
export type StockLine = {
  row: number;
  state: number;
  quantity: number;
  reason: MovementReason;
  item: number;
  detail: FactDetail | null;
};

/** What a change of the facts of one GTIN did: lines in their order, and the items of which something else is believed now. */
export type StockChange = { lines: StockLine[]; items: Set<number> };

export type StockRewrite = {
  gtin: number;
  /** Facts to take out of the log. */
  withdrawn: number[];
  added: FactDraft[];
  /** Apply this fact and all later ones again: what they depend on has changed. -1 for none. */
  again: number;
};

/**
 * Positions and items as the fold of the facts of each GTIN in the order of their times. A fact that comes late is put in its
 * place: what came after it is undone and applied again, and whatever that changes in stock becomes lines `reversed`
 * beside the fact's own. So the same facts end in the same positions in whatever order they came.
 */
export class StockFold {
  readonly #items: ItemTable;
  readonly #positions: PositionTable;
  readonly #log: FactLog;
  readonly #sales: SalesByGtin;
  readonly #ownsLocation: (location: number) => boolean;
  readonly #transfers: OpenTransfers;
  readonly #arrivals: TransferArrivals;
  /** Items on hand, by row of the position table. */
  #present = new Int32Array(1024);
  #own: StockLine[] = [];
  #isOwn = false;
  readonly #net = new Map<number, number>();
  readonly #before = new Map<number, string>();

  constructor(parts: {
    items: ItemTable;
    positions: PositionTable;
    log: FactLog;
    tills: TillMemory;
    settings: LocationSettings;
    ownsLocation(location: number): boolean;
    transfers: OpenTransfers;
  }) {
    this.#items = parts.items;
    this.#positions = parts.positions;
    this.#log = parts.log;
    this.#sales = new SalesByGtin(parts);
    this.#ownsLocation = parts.ownsLocation;
    this.#transfers = parts.transfers;
    this.#arrivals = new TransferArrivals(parts.log, parts.transfers);
  }

  get byteLength(): number {
    return this.#present.byteLength;
  }

  /** Units on hand that no item stands for; negative means owed sales. */
  unidentifiedAt(row: number): number {
    return this.#positions.onHandAt(row) - (this.#present[row] ?? 0);
  }

  addPresent(location: number, gtin: number, quantity: number): void {
    if (!this.#ownsLocation(location)) return;
    const row = this.#positions.ensureRow(location, gtin);
    if (row >= this.#present.length) {
      const present = new Int32Array(row + Math.max(1024, row >> 4));
      present.set(this.#present);
      this.#present = present;
    }
    this.#present[row] = (this.#present[row] ?? 0) + quantity;
  }

  rewrite(rewrite: StockRewrite): StockChange {
    const log = this.#log;
    this.#own = [];
    this.#net.clear();
    this.#before.clear();
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
    return this.#change();
  }

  #redo(undone: number[], added: number[], withdrawn: Set<number>, before: number): void {
    const log = this.#log;
    let older = before;
    let next = 0;
    for (const fact of [...undone, -1]) {
      for (let own = added[next]; own !== undefined; own = added[next]) {
        if (fact !== -1 && log.compare(own, fact) > 0) break;
        log.link(own, older);
        this.#isOwn = true;
        this.#apply(own, 1);
        this.#isOwn = false;
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

  #change(): StockChange {
    const lines = this.#own;
    for (const [cell, quantity] of this.#net) {
      if (quantity === 0) continue;
      const row = Math.floor(cell / STOCK_STATES.length);
      const state = cell % STOCK_STATES.length;
      lines.push({ row, state, quantity, reason: "reversed", item: -1, detail: null });
    }
    const items = new Set<number>();
    for (const [item, before] of this.#before) if (this.#packed(item) !== before) items.add(item);
    return { lines, items };
  }

  /** Applies a fact (sign 1) or takes back what it did (sign -1). Facts are taken back in the opposite order. */
  #apply(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    switch (log.kind[fact] ?? 0) {
      case FACT_QUANTITY:
        this.#applyQuantity(fact, sign);
        return;
      case FACT_POSITION:
      case FACT_COUNT:
        this.#applyPosition(fact, sign);
        return;
      case FACT_HISTORY:
        this.#applyHistory(fact, sign);
        return;
      case FACT_SETTLE:
        this.#settle(fact, sign);
        return;
      case FACT_SALE_BY_GTIN:
        if (sign === 1) this.#takeItems(fact);
        else this.#giveItemsBack(fact);
        return;
      default:
        this.#applyToItem(fact, sign);
    }
  }

  /** Units without identity. Those of a transfer move stock only as far as its items have not. */
  #applyQuantity(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const quantity = log.quantity[fact] ?? 0;
    const route = log.details.get(fact)?.route;
    if (sign === 1) log.effect[fact] = quantity;
    if (route !== undefined) {
      const transfer = this.#transfers.of(route, log.gtin[fact] ?? 0, log.at[fact] ?? 0);
      if (sign === 1) log.effect[fact] = this.#transfers.tell(transfer, quantity);
      else this.#transfers.takeBack(transfer, quantity);
    }
    this.#emit(fact, sign, log.effect[fact] ?? 0, log.state[fact] ?? 0, -1);
  }

  /** What came of it is known, and why no more. */
  #applyHistory(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const location = log.location[fact] ?? 0;
    const quantity = sign * (log.quantity[fact] ?? 0);
    this.#emitAt(location, fact, quantity, log.state[fact] ?? 0, -1, "reversed");
    const items = log.effect[fact] ?? 0;
    if (items !== 0) this.addPresent(location, log.gtin[fact] ?? 0, sign * items);
  }

  /** After a count of items there are so many units without identity: none, unless it was loaded after a restart. */
  #settle(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const detail = this.#detailOf(fact);
    if (sign === 1) {
      const row = this.#positions.ensureRow(log.location[fact] ?? 0, log.gtin[fact] ?? 0);
      const surplus = this.unidentifiedAt(row) - (log.quantity[fact] ?? 0);
      detail.split = splitOfSettlement(surplus, (state) => this.#positions.quantityAt(row, state));
    }
    for (const [state, quantity] of (detail.split ?? []).entries()) {
      this.#emit(fact, sign, -quantity, state, -1);
    }
  }

  /** A book says how many there are: the difference to what is on hand becomes a movement. */
  #applyPosition(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const state = log.state[fact] ?? 0;
    if (sign === 1) {
      const row = this.#positions.ensureRow(log.location[fact] ?? 0, log.gtin[fact] ?? 0);
      log.effect[fact] = (log.quantity[fact] ?? 0) - this.#positions.quantityAt(row, state);
    }
    this.#emit(fact, sign, log.effect[fact] ?? 0, state, -1);
  }

  /** A sale that names a GTIN takes the items that it must have meant; the rest are units without identity. */
  #takeItems(fact: number): void {
    const log = this.#log;
    const items = this.#items;
    const location = log.location[fact] ?? 0;
    const detail = this.#detailOf(fact);
    detail.taken = this.#sales.itemsOf(fact);
    for (const { item, state, status } of detail.taken) {
      this.#remember(item);
      if (isOnHand(status)) this.addPresent(location, log.gtin[fact] ?? 0, -1);
      // It had been taken for lost.
      else this.#emitAt(location, fact, 1, state, item, "found");
      this.#emit(fact, 1, -1, state, item);
      items.setStatus(item, STATUS_SOLD);
    }
    this.#emit(fact, 1, detail.taken.length - (log.quantity[fact] ?? 0), 0, -1);
  }

  #giveItemsBack(fact: number): void {
    const log = this.#log;
    const location = log.location[fact] ?? 0;
    const detail = this.#detailOf(fact);
    for (const { item, state, status, isClaimed } of detail.taken) {
      this.#remember(item);
      if (isOnHand(status)) this.addPresent(location, log.gtin[fact] ?? 0, 1);
      else this.#emitAt(location, fact, -1, state, item, "found");
      this.#emit(fact, -1, -1, state, item);
      this.#items.setStatus(item, status);
      this.#items.isClaimed[item] = isClaimed;
    }
    this.#emit(fact, -1, detail.taken.length - (log.quantity[fact] ?? 0), 0, -1);
  }

  #applyToItem(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const items = this.#items;
    const item = log.item[fact] ?? -1;
    this.#remember(item);
    if (sign === 1) {
      log.beforeStatus[fact] = items.status[item] ?? STATUS_NONE;
      log.beforeState[fact] = items.state[item] ?? 0;
      log.beforeLocation[fact] = items.location[item] ?? 0;
      log.beforeIsClaimed[fact] = items.isClaimed[item] ?? 0;
      log.effect[fact] = this.#isUnidentifiedTouched(fact) ? 1 : 0;
      this.#findSale(fact);
    }
    const before: ItemBefore = {
      status: log.beforeStatus[fact] ?? STATUS_NONE,
      state: log.beforeState[fact] ?? 0,
      location: log.beforeLocation[fact] ?? 0,
      isClaimed: log.beforeIsClaimed[fact] === 1,
    };
    const kind = log.kind[fact] ?? 0;
    const detail = log.details.get(fact);
    const arrival = sign === 1 ? this.#arrivals.take(fact, before) : this.#arrivals.giveBack(fact);
    const outcome = itemOutcome(before, {
      kind,
      location: log.location[fact] ?? 0,
      state: log.state[fact] ?? 0,
      status: log.quantity[fact] ?? STATUS_NONE,
      isAtDock: log.quantity[fact] === 1,
      canClaim: log.effect[fact] === 1,
      isOwed: log.effect[fact] === 1,
      isSaleFound: Boolean(detail?.settles),
      reason: detail?.reason ?? null,
      stateBefore: detail?.stateBefore ?? 0,
      destination: detail?.route?.to ?? -1,
      arrival,
    });
    if (kind === FACT_SHIP) this.#ship(fact, sign, before);
    for (const line of outcome.lines) {
      this.#emitAt(line.location, fact, sign * line.quantity, line.state, item, line.reason);
    }
    const gtin = log.gtin[fact] ?? 0;
    if (isOnHand(before.status)) this.addPresent(before.location, gtin, -sign);
    if (isOnHand(outcome.after.status)) this.addPresent(outcome.after.location, gtin, sign);
    if (sign === -1) this.#forgetSale(fact);
    const now = sign === 1 ? outcome.after : before;
    items.setStatus(item, now.status);
    items.state[item] = now.state;
    items.location[item] = now.location;
    items.isClaimed[item] = now.isClaimed ? 1 : 0;
    if (detail === undefined) return;
    const wasTaken = sign === 1 && isOnHand(before.status) && !isOnHand(outcome.after.status);
    detail.taken = wasTaken ? [{ item, state: before.state, status: before.status, isClaimed: 0 }] : [];
  }

  /** The transfer knows of one more unit shipped; of one more arrived, where the item was read there before. */
  #ship(fact: number, sign: 1 | -1, before: ItemBefore): void {
    const log = this.#log;
    const route = log.details.get(fact)?.route;
    if (route === undefined) return;
    const transfer = this.#transfers.of(route, log.gtin[fact] ?? 0, log.at[fact] ?? 0);
    const item = log.item[fact] ?? -1;
    if (sign === 1) this.#transfers.ship(transfer, item);
    else this.#transfers.undoShip(transfer, item);
    if (isOnHand(before.status) && before.location === route.to) {
      this.#arrivals.noteThere(fact, transfer, sign);
    }
  }

  /** The sale that an item which went out was of: from now on it has one unit less without identity. */
  #findSale(fact: number): void {
    if (this.#log.kind[fact] !== FACT_LEAVE) return;
    const detail = this.#detailOf(fact);
    detail.settles = this.#isThere(fact) ? this.#sales.unattributed(fact) : null;
    if (detail.settles !== null) detail.settles.settled = (detail.settles.settled ?? 0) + 1;
  }

  #forgetSale(fact: number): void {
    const detail = this.#log.details.get(fact);
    if (!detail?.settles) return;
    detail.settles.settled = (detail.settles.settled ?? 0) - 1;
    detail.settles = null;
  }

  #isThere(fact: number): boolean {
    const item = this.#log.item[fact] ?? -1;
    return (
      this.#items.status[item] === STATUS_PRESENT && this.#items.location[item] === this.#log.location[fact]
    );
  }

  /**
   * A newly evidenced item takes the place of an unidentified unit where there is one; one that is gone settles an owed
   * sale where there is one.
   */
  #isUnidentifiedTouched(fact: number): boolean {
    const log = this.#log;
    const kind = log.kind[fact];
    const row = this.#positions.ensureRow(log.location[fact] ?? 0, log.gtin[fact] ?? 0);
    const isGoing = kind === FACT_LEAVE || kind === FACT_MISS || kind === FACT_COUNT_MISSED;
    if (isGoing) return this.unidentifiedAt(row) < 0;
    const isEvidence = kind === FACT_PLACE || kind === FACT_COUNT_FOUND || kind === FACT_STATE;
    const unidentified = this.unidentifiedAt(row);
    const isAtDock = kind === FACT_PLACE && log.quantity[fact] === 1;
    return isEvidence && (unidentified > 0 || (unidentified < 0 && !isAtDock));
  }

  #emit(fact: number, sign: 1 | -1, quantity: number, state: number, item: number): void {
    const reason = this.#detailOf(fact).reason;
    this.#emitAt(this.#log.location[fact] ?? 0, fact, sign * quantity, state, item, reason);
  }

  #emitAt(
    location: number,
    fact: number,
    quantity: number,
    state: number,
    item: number,
    reason: MovementReason,
  ): void {
    // Stock of locations that other ingests serve is theirs to write.
    if (quantity === 0 || !this.#ownsLocation(location)) return;
    const row = this.#positions.ensureRow(location, this.#log.gtin[fact] ?? 0);
    this.#positions.addAt(row, state, quantity);
    if (this.#isOwn) {
      const detail = this.#log.details.get(fact) ?? null;
      this.#own.push({ row, state, quantity, reason, item, detail });
      return;
    }
    const cell = row * STOCK_STATES.length + state;
    this.#net.set(cell, (this.#net.get(cell) ?? 0) + quantity);
  }

  #detailOf(fact: number): FactDetail {
    const detail = this.#log.details.get(fact);
    if (detail === undefined) throw new Error("a fact of an event has lost its detail");
    return detail;
  }

  #remember(item: number): void {
    if (!this.#before.has(item)) this.#before.set(item, this.#packed(item));
  }

  #packed(item: number): string {
    const { status, state, location } = this.#items;
    return `${status[item]} ${state[item]} ${location[item]}`;
  }
}
