import type { MovementReason } from "../movement.ts";
import type { TransferRoute } from "./open-transfers.ts";

const FIRST_CAPACITY = 4096;

/** What can change stock. Their order is the order of what happens in the same millisecond. */
export const FACT_RECEIVE = 1;
export const FACT_QUANTITY = 2;
export const FACT_PLACE = 3;
export const FACT_RETURN = 4;
export const FACT_SALE = 5;
export const FACT_SALE_BY_GTIN = 6;
export const FACT_POSITION = 7;
/** Another ingest has the item; the quantity of the fact is the code of the status it has there. */
export const FACT_ELSEWHERE = 8;
/** An item left for another location. */
export const FACT_SHIP = 20;
/** An item stands otherwise. */
export const FACT_STATE = 21;
/** An item was captured by a count. */
export const FACT_COUNT_FOUND = 22;
/** Units in one state, counted. */
export const FACT_COUNT = 23;
/** A count of items leaves no unit without identity. */
export const FACT_SETTLE = 24;
/** A count did not find an item; the quantity of the fact is how long the count took, in milliseconds. */
export const FACT_COUNT_MISSED = 25;
/** What the ledger says from before a restart: `quantity` units, of which `effect` are items that came (or went). */
export const FACT_HISTORY = 26;

/** An item was last seen at an exit and is silent; the quantity of the fact is for how long, in milliseconds. */
export const FACT_LEAVE = 30;
/** Looks that should have seen an item did not. */
export const FACT_MISS = 31;

/** An item that a sale by GTIN took, and what was believed of it before. */
export type TakenItem = { item: number; state: number; isClaimed: number; status: number };

/** What only facts of events have. It outlives its fact, so that a void can find out what there was to reverse. */
export type FactDetail = {
  /** The fact, -1 when it is no longer in the log or was voided. */
  fact: number;
  reason: MovementReason;
  reservationId: string;
  orderId: string;
  taken: TakenItem[];
  /** The way of the transfer that it tells of. */
  route?: TransferRoute;
  /** The state before, where an item's state changes. */
  stateBefore?: number;
  /** What a count's settlement took from each state. */
  split?: number[];
  /** Units of a sale by GTIN that items account for which went out after it. */
  settled?: number;
  /** The sale that an item which went out accounts for. */
  settles?: FactDetail | null;
};

/** A fact before it is in the log. `item` -1 for none; `state` is an index of STOCK_STATES; `tie` orders equal times. */
export type FactDraft = {
  kind: number;
  gtin: number;
  atMs: number;
  item: number;
  location: number;
  state: number;
  quantity: number;
  tie: number;
  detail: FactDetail | null;
};

/**
 * What changed stock of late, linked per GTIN in the order of its times, so that a late one can be put in its place. A ring of
 * `maxFacts` cells of 45 bytes: when all are in use the fact recorded longest ago is let go, and with it all that is
 * older of its GTIN; what they did stays in the positions, and later facts can no longer come before them.
 */
export class FactLog {
  kind = new Uint8Array(FIRST_CAPACITY);
  gtin = new Float64Array(FIRST_CAPACITY);
  at = new Float64Array(FIRST_CAPACITY);
  item = new Int32Array(FIRST_CAPACITY);
  location = new Uint16Array(FIRST_CAPACITY);
  state = new Uint8Array(FIRST_CAPACITY);
  quantity = new Int32Array(FIRST_CAPACITY);
  tie = new Uint32Array(FIRST_CAPACITY);
  older = new Int32Array(FIRST_CAPACITY);
  newer = new Int32Array(FIRST_CAPACITY);
  /** What the fact came to when it was last applied: see `applyFact`. */
  effect = new Int32Array(FIRST_CAPACITY);
  beforeStatus = new Uint8Array(FIRST_CAPACITY);
  beforeState = new Uint8Array(FIRST_CAPACITY);
  beforeIsClaimed = new Uint8Array(FIRST_CAPACITY);
  beforeLocation = new Uint16Array(FIRST_CAPACITY);
  readonly details = new Map<number, FactDetail>();
  readonly #newestOf = new Map<number, number>();
  readonly #maxFacts: number;
  #next = 0;
  #inUse = 0;

  constructor(maxFacts: number) {
    this.#maxFacts = Math.max(FIRST_CAPACITY, maxFacts);
  }

  get size(): number {
    return this.#inUse;
  }

  get byteLength(): number {
    return this.kind.length * 46;
  }

  /** The newest fact of a GTIN, -1 for none. */
  newestOf(gtin: number): number {
    return this.#newestOf.get(gtin) ?? -1;
  }

  /** Writes a fact down. It is not in the list of its GTIN before `link`. */
  record(draft: FactDraft): number {
    if (this.#next === this.kind.length) {
      if (this.kind.length < this.#maxFacts) this.#grow();
      else this.#next = 0;
    }
    const fact = this.#next++;
    if (this.kind[fact] !== 0) this.#letGo(fact);
    this.kind[fact] = draft.kind;
    this.gtin[fact] = draft.gtin;
    this.at[fact] = draft.atMs;
    this.item[fact] = draft.item;
    this.location[fact] = draft.location;
    this.state[fact] = draft.state;
    this.quantity[fact] = draft.quantity;
    this.tie[fact] = draft.tie;
    this.older[fact] = -1;
    this.newer[fact] = -1;
    this.effect[fact] = 0;
    if (draft.detail !== null) {
      draft.detail.fact = fact;
      this.details.set(fact, draft.detail);
    }
    this.#inUse++;
    return fact;
  }

  /** Negative when `a` comes before `b`. */
  compare(a: number, b: number): number {
    return (
      (this.at[a] ?? 0) - (this.at[b] ?? 0) ||
      (this.kind[a] ?? 0) - (this.kind[b] ?? 0) ||
      (this.tie[a] ?? 0) - (this.tie[b] ?? 0)
    );
  }

  /** Puts a fact after `older` of its GTIN, before all when that is -1. */
  link(fact: number, older: number): void {
    const gtin = this.gtin[fact] ?? 0;
    const newer = older === -1 ? this.#oldestFrom(this.newestOf(gtin)) : (this.newer[older] ?? -1);
    this.older[fact] = older;
    this.newer[fact] = newer;
    if (older !== -1) this.newer[older] = fact;
    if (newer === -1) this.#newestOf.set(gtin, fact);
    else this.older[newer] = fact;
  }

  /** Writes a fact down, in its place, that is in the positions already. */
  restore(draft: FactDraft, effect: number): number {
    const fact = this.record(draft);
    this.effect[fact] = effect;
    let older = this.newestOf(draft.gtin);
    while (older !== -1 && this.compare(older, fact) > 0) older = this.older[older] ?? -1;
    this.link(fact, older);
    return fact;
  }

  /** Takes a fact out for good. */
  remove(fact: number): void {
    const older = this.older[fact] ?? -1;
    const newer = this.newer[fact] ?? -1;
    if (older !== -1) this.newer[older] = newer;
    if (newer !== -1) this.older[newer] = older;
    else if (older !== -1) this.#newestOf.set(this.gtin[fact] ?? 0, older);
    else this.#newestOf.delete(this.gtin[fact] ?? 0);
    this.#clear(fact);
  }

  #oldestFrom(newest: number): number {
    let fact = newest;
    while (fact !== -1 && this.older[fact] !== -1) fact = this.older[fact] ?? -1;
    return fact;
  }

  #letGo(fact: number): void {
    const newer = this.newer[fact] ?? -1;
    if (newer === -1) this.#newestOf.delete(this.gtin[fact] ?? 0);
    else this.older[newer] = -1;
    for (let each = fact; each !== -1; ) {
      const older = this.older[each] ?? -1;
      this.#clear(each);
      each = older;
    }
  }

  #clear(fact: number): void {
    this.kind[fact] = 0;
    this.#inUse--;
    const detail = this.details.get(fact);
    if (detail === undefined) return;
    detail.fact = -1;
    this.details.delete(fact);
  }

  #grow(): void {
    const capacity = Math.min(
      this.#maxFacts,
      this.kind.length + Math.max(FIRST_CAPACITY, this.kind.length >> 3),
    );
    this.kind = copied(this.kind, new Uint8Array(capacity));
    this.gtin = copied(this.gtin, new Float64Array(capacity));
    this.at = copied(this.at, new Float64Array(capacity));
    this.item = copied(this.item, new Int32Array(capacity));
    this.location = copied(this.location, new Uint16Array(capacity));
    this.state = copied(this.state, new Uint8Array(capacity));
    this.quantity = copied(this.quantity, new Int32Array(capacity));
    this.tie = copied(this.tie, new Uint32Array(capacity));
    this.older = copied(this.older, new Int32Array(capacity));
    this.newer = copied(this.newer, new Int32Array(capacity));
    this.effect = copied(this.effect, new Int32Array(capacity));
    this.beforeStatus = copied(this.beforeStatus, new Uint8Array(capacity));
    this.beforeState = copied(this.beforeState, new Uint8Array(capacity));
    this.beforeIsClaimed = copied(this.beforeIsClaimed, new Uint8Array(capacity));
    this.beforeLocation = copied(this.beforeLocation, new Uint16Array(capacity));
  }
}

function copied<A extends Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array>(
  from: A,
  to: A,
): A {
  to.set(from);
  return to;
}
