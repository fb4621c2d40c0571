import type { PositionTable } from "../ledger/position-table.ts";
import {
  FACT_COUNT_FOUND,
  FACT_COUNT_MISSED,
  FACT_LEAVE,
  FACT_MISS,
  FACT_PLACE,
  FACT_SHIP,
  FACT_STATE,
  type FactLog,
} from "./fact-log.ts";
import type { FoldJournal } from "./fold-journal.ts";
import { type ItemBefore, itemOutcome } from "./item-outcome.ts";
import { isOnHand, type ItemTable, STATUS_NONE, STATUS_PRESENT } from "./item-table.ts";
import type { OpenTransfers } from "./open-transfers.ts";
import type { SalesByGtin } from "./sales-by-gtin.ts";
import { TransferArrivals } from "./transfer-arrivals.ts";

/** Facts that are about one item. `sign` 1 applies them, -1 takes back what they did. */
export class ItemFacts {
  readonly #items: ItemTable;
  readonly #positions: PositionTable;
  readonly #log: FactLog;
  readonly #sales: SalesByGtin;
  readonly #transfers: OpenTransfers;
  readonly #arrivals: TransferArrivals;
  readonly #journal: FoldJournal;

  constructor(
    parts: { items: ItemTable; positions: PositionTable; log: FactLog; transfers: OpenTransfers },
    sales: SalesByGtin,
    journal: FoldJournal,
  ) {
    this.#items = parts.items;
    this.#positions = parts.positions;
    this.#log = parts.log;
    this.#sales = sales;
    this.#transfers = parts.transfers;
    this.#arrivals = new TransferArrivals(parts.log, parts.transfers);
    this.#journal = journal;
  }

  apply(fact: number, sign: 1 | -1): void {
    const log = this.#log;
    const items = this.#items;
    const item = log.item[fact] ?? -1;
    this.#journal.remember(item);
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
      this.#journal.emitAt(line.location, fact, sign * line.quantity, line.state, item, line.reason);
    }
    const gtin = log.gtin[fact] ?? 0;
    if (isOnHand(before.status)) this.#journal.addPresent(before.location, gtin, -sign);
    if (isOnHand(outcome.after.status)) this.#journal.addPresent(outcome.after.location, gtin, sign);
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
    const detail = this.#journal.detailOf(fact);
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
    if (isGoing) return this.#journal.unidentifiedAt(row) < 0;
    const isEvidence = kind === FACT_PLACE || kind === FACT_COUNT_FOUND || kind === FACT_STATE;
    const unidentified = this.#journal.unidentifiedAt(row);
    const isAtDock = kind === FACT_PLACE && log.quantity[fact] === 1;
    return isEvidence && (unidentified > 0 || (unidentified < 0 && !isAtDock));
  }
}
