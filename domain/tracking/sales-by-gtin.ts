import type { PositionTable } from "../ledger/position-table.ts";
import { FACT_LEAVE, FACT_SALE_BY_GTIN, type FactDetail, type FactLog, type TakenItem } from "./fact-log.ts";
import { isOnHand, type ItemTable, STATUS_LEFT, STATUS_NONE } from "./item-table.ts";
import type { LocationSettings } from "./location-settings.ts";
import type { TillMemory } from "./till-memory.ts";

/** Finds out which items a sale meant that named none: those at the till near its time, then those at the exit soon after. */
export class SalesByGtin {
  readonly #parts: {
    items: ItemTable;
    positions: PositionTable;
    log: FactLog;
    tills: TillMemory;
    settings: LocationSettings;
  };

  constructor(parts: {
    items: ItemTable;
    positions: PositionTable;
    log: FactLog;
    tills: TillMemory;
    settings: LocationSettings;
  }) {
    this.#parts = parts;
  }

  /** What the sale takes; the rest of its units have no identity. */
  itemsOf(sale: number): TakenItem[] {
    const wanted = this.#parts.log.quantity[sale] ?? 0;
    const taken = this.#atTill(sale).slice(0, wanted);
    return taken.length < wanted ? [...taken, ...this.#gone(sale, wanted - taken.length)] : taken;
  }

  /** The last sale with a unit to spare that an item may be of which was seen last at the exit; null for none. */
  unattributed(leave: number): FactDetail | null {
    const { log, settings } = this.#parts;
    const location = log.location[leave] ?? 0;
    const sinceMs = lastSeenAt(log, leave) - settings.at(location).exitSaleMs;
    for (let fact = log.older[leave] ?? -1; fact !== -1; fact = log.older[fact] ?? -1) {
      if ((log.at[fact] ?? 0) < sinceMs) return null;
      if (log.kind[fact] !== FACT_SALE_BY_GTIN || log.location[fact] !== location) continue;
      const detail = log.details.get(fact);
      if (detail === undefined) continue;
      if (detail.taken.length + (detail.settled ?? 0) < (log.quantity[fact] ?? 0)) return detail;
    }
    return null;
  }

  #atTill(sale: number): TakenItem[] {
    const { items, log, positions, settings, tills } = this.#parts;
    const gtin = log.gtin[sale] ?? 0;
    const location = log.location[sale] ?? 0;
    const row = positions.ensureRow(location, gtin);
    return tills
      .near(row, log.at[sale] ?? 0, settings.at(location).tillNearMs)
      .filter(({ item }) => {
        const isHere = items.location[item] === location && items.gtin[item] === gtin;
        return isHere && isOnHand(items.status[item] ?? STATUS_NONE);
      })
      .sort((a, b) => a.distanceMs - b.distanceMs || this.#compareIdentities(a.item, b.item))
      .map(({ item }) => this.#taken(item));
  }

  /** Items that went out shortly before, and were taken for lost until this sale was told; the nearest first. */
  #gone(sale: number, wanted: number): TakenItem[] {
    const { items, log, settings } = this.#parts;
    const location = log.location[sale] ?? 0;
    const sinceMs = (log.at[sale] ?? 0) - settings.at(location).exitSaleMs;
    const taken: TakenItem[] = [];
    for (
      let fact = log.older[sale] ?? -1;
      fact !== -1 && taken.length < wanted;
      fact = log.older[fact] ?? -1
    ) {
      if ((log.at[fact] ?? 0) < sinceMs) break;
      const item = log.item[fact] ?? -1;
      if (log.kind[fact] !== FACT_LEAVE || log.location[fact] !== location) continue;
      if (lastSeenAt(log, fact) < sinceMs || items.status[item] !== STATUS_LEFT) continue;
      // One that settled another sale is spoken for.
      const isFree = items.isClaimed[item] === 0 && items.location[item] === location;
      if (isFree && !taken.some((one) => one.item === item)) taken.push(this.#taken(item));
    }
    return taken;
  }

  #taken(item: number): TakenItem {
    const { items } = this.#parts;
    return {
      item,
      state: items.state[item] ?? 0,
      status: items.status[item] ?? STATUS_NONE,
      isClaimed: items.isClaimed[item] ?? 0,
    };
  }

  #compareIdentities(a: number, b: number): number {
    const { identities } = this.#parts.items;
    return identities.identityAt(a) < identities.identityAt(b) ? -1 : 1;
  }
}

/** When an item that left was last seen at the exit: its fact says how long it had been silent. */
function lastSeenAt(log: FactLog, leave: number): number {
  return (log.at[leave] ?? 0) - (log.quantity[leave] ?? 0);
}
