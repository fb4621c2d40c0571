import { FACT_COUNT_FOUND, FACT_ELSEWHERE, FACT_PLACE, FACT_RECEIVE, type FactLog } from "./fact-log.ts";
import type { ItemBefore } from "./item-outcome.ts";
import { isOnHand, STATUS_IN_TRANSIT, STATUS_NONE, STATUS_SOLD } from "./item-table.ts";
import type { OpenTransfer, OpenTransfers, TransferArrival } from "./open-transfers.ts";

const ARRIVING: ReadonlySet<number> = new Set([FACT_PLACE, FACT_COUNT_FOUND, FACT_RECEIVE, FACT_ELSEWHERE]);

/** Which facts of items are arrivals of transfers, and what they took from them, so that it can be given back. */
export class TransferArrivals {
  readonly #log: FactLog;
  readonly #transfers: OpenTransfers;
  readonly #arrivalOf = new Map<number, TransferArrival>();

  constructor(log: FactLog, transfers: OpenTransfers) {
    this.#log = log;
    this.#transfers = transfers;
  }

  /** Null when the fact has the item come in by no transfer. */
  take(fact: number, before: ItemBefore): TransferArrival | null {
    const arrival = this.#judge(fact, before);
    if (arrival === null) this.#arrivalOf.delete(fact);
    else this.#arrivalOf.set(fact, arrival);
    return arrival;
  }

  giveBack(fact: number): TransferArrival | null {
    const arrival = this.#arrivalOf.get(fact) ?? null;
    this.#arrivalOf.delete(fact);
    if (arrival !== null) this.#transfers.undoArrival(arrival, this.#log.item[fact] ?? -1);
    return arrival;
  }

  /** An item that is told as shipped has come in before, by its reads. */
  noteThere(fact: number, transfer: OpenTransfer, sign: 1 | -1): void {
    const item = this.#log.item[fact] ?? -1;
    if (sign === 1) this.#arrivalOf.set(fact, this.#transfers.arrive(transfer, item, false, true));
    else this.giveBack(fact);
  }

  #judge(fact: number, before: ItemBefore): TransferArrival | null {
    const log = this.#log;
    const kind = log.kind[fact] ?? 0;
    if (!ARRIVING.has(kind)) return null;
    const to = log.location[fact] ?? 0;
    const isThere = isOnHand(before.status) && before.location === to;
    const route = log.details.get(fact)?.route;
    if (before.status === STATUS_SOLD || (isThere && route === undefined)) return null;
    const gtin = log.gtin[fact] ?? 0;
    const atMs = log.at[fact] ?? 0;
    const from = before.status === STATUS_NONE ? -1 : before.location;
    const transfer =
      route === undefined
        ? this.#transfers.awaiting(gtin, log.item[fact] ?? -1, to, from, atMs)
        : this.#transfers.of(route, gtin, atMs);
    if (transfer !== null) {
      return this.#transfers.arrive(transfer, log.item[fact] ?? -1, route !== undefined, isThere);
    }
    if (before.status !== STATUS_IN_TRANSIT) return null;
    // Readers where it was shipped see it until the lorry leaves; who names it there has it back.
    const isShipping = kind === FACT_PLACE && before.location === to;
    return isShipping
      ? null
      : { transfer: null, leavesFrom: false, entersTo: true, isNamed: false, isFirst: false };
  }
}
