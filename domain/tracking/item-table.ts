import { ITEM_STATUSES, type ItemStatus } from "../ledger/ledger-event.ts";
import { IdentityTable } from "./identity-table.ts";
import { NO_PLACE } from "./place-table.ts";

const FIRST_CAPACITY = 1024;

/** The current place of an item and the two that challenge it. */
export const SLOTS = 3;

/** An item without enough evidence has no status. */
export const STATUS_NONE = 0;
export const STATUS_PRESENT = statusCode("present");
export const STATUS_EXITING = statusCode("exiting");
export const STATUS_SOLD = statusCode("sold");
export const STATUS_LEFT = statusCode("left");
export const STATUS_MISSING = statusCode("missing");
export const STATUS_IN_TRANSIT = statusCode("in_transit");

export function statusCode(status: ItemStatus): number {
  return ITEM_STATUSES.indexOf(status) + 1;
}

/** Where a fact was taken back, an item may be left without a status: not on hand, and back with the next evidence. */
export function statusName(code: number): ItemStatus {
  return ITEM_STATUSES[code - 1] ?? "missing";
}

/** An item that counts as on hand. */
export function isOnHand(status: number): boolean {
  return status === STATUS_PRESENT || status === STATUS_EXITING;
}

type Column = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;

/**
 * All tracked items as columns, about 150 bytes an item before the index. What is believed of it now (`status`, `state`,
 * `location`, `place`) and, under `base…`, the windows of reads at its places as of `baseAt`: reads up to then are folded
 * in and forgotten, later ones are in `RecentReads`.
 */
export class ItemTable {
  readonly identities = new IdentityTable();
  gtin = new Float64Array(FIRST_CAPACITY);
  status = new Uint8Array(FIRST_CAPACITY);
  state = new Uint8Array(FIRST_CAPACITY);
  /** 1 when it took the place of an unidentified unit on entering, so that no movement names it. */
  isClaimed = new Uint8Array(FIRST_CAPACITY);
  /** Where the ledger has it. */
  location = new Uint16Array(FIRST_CAPACITY);
  /** Where its reads place it now. */
  place = new Uint16Array(FIRST_CAPACITY);
  /** 1 when its reads, or an event that names it, are evidence enough. */
  isEvidenced = new Uint8Array(FIRST_CAPACITY);
  firstSeenAt = new Float64Array(FIRST_CAPACITY);
  lastSeenAt = new Float64Array(FIRST_CAPACITY);
  /**
   * Looks at it: the zone, how many saw it, how many did not though it was there, how many have not since it was last seen, and
   * for how many of these that counts, in sixteenths.
   */
  lookPlace = new Uint16Array(FIRST_CAPACITY);
  looksSeen = new Uint8Array(FIRST_CAPACITY);
  looksMissed = new Uint8Array(FIRST_CAPACITY);
  silentLooks = new Uint8Array(FIRST_CAPACITY);
  missedNow = new Uint16Array(FIRST_CAPACITY);
  newestRead = new Int32Array(FIRST_CAPACITY);
  oldestRead = new Int32Array(FIRST_CAPACITY);
  baseAt = new Float64Array(FIRST_CAPACITY);
  baseIsEvidenced = new Uint8Array(FIRST_CAPACITY);
  baseHereAt = new Float64Array(FIRST_CAPACITY);
  baseHereBeforeAt = new Float64Array(FIRST_CAPACITY);
  baseReads = new Uint8Array(FIRST_CAPACITY);
  baseWindows = new Uint8Array(FIRST_CAPACITY);
  baseWindowAt = new Float64Array(FIRST_CAPACITY);
  basePlaces = new Uint16Array(FIRST_CAPACITY * SLOTS);
  baseCounts = new Uint8Array(FIRST_CAPACITY * SLOTS);
  baseSince = new Uint8Array(FIRST_CAPACITY * SLOTS);
  baseMeans = new Float32Array(FIRST_CAPACITY * SLOTS);
  baseRates = new Float32Array(FIRST_CAPACITY * SLOTS);
  baseLastAt = new Float64Array(FIRST_CAPACITY * SLOTS);

  /** Items without a status: tags that were read without being evidence enough. */
  candidateCount = 0;

  get size(): number {
    return this.identities.size;
  }

  get byteLength(): number {
    let bytes = this.identities.byteLength;
    for (const column of this.#columns()) bytes += column.byteLength;
    return bytes;
  }

  /** A new item, without evidence. */
  add(identity: string, gtin: number, atMs: number): number {
    const row = this.identities.add(identity);
    if (row >= this.gtin.length) this.#grow(row + Math.max(FIRST_CAPACITY, row >> 4));
    this.candidateCount++;
    this.gtin[row] = gtin;
    this.status[row] = STATUS_NONE;
    this.state[row] = 0;
    this.isClaimed[row] = 0;
    this.location[row] = 0;
    this.place[row] = NO_PLACE;
    this.isEvidenced[row] = 0;
    this.firstSeenAt[row] = atMs;
    this.lastSeenAt[row] = atMs;
    this.lookPlace[row] = NO_PLACE;
    this.looksSeen[row] = 0;
    this.looksMissed[row] = 0;
    this.silentLooks[row] = 0;
    this.missedNow[row] = 0;
    this.newestRead[row] = -1;
    this.oldestRead[row] = -1;
    this.baseAt[row] = -Infinity;
    this.baseIsEvidenced[row] = 0;
    this.baseHereAt[row] = -Infinity;
    this.baseHereBeforeAt[row] = -Infinity;
    this.baseReads[row] = 0;
    this.baseWindows[row] = 0;
    this.baseWindowAt[row] = -Infinity;
    for (let slot = row * SLOTS; slot < (row + 1) * SLOTS; slot++) {
      this.basePlaces[slot] = NO_PLACE;
      this.baseCounts[slot] = 0;
      this.baseSince[slot] = 0;
      this.baseMeans[slot] = Number.NaN;
      this.baseRates[slot] = 0;
      this.baseLastAt[slot] = -Infinity;
    }
    return row;
  }

  /** Forgets an item without evidence; its row will be another's. */
  remove(row: number): void {
    this.identities.remove(row);
    this.candidateCount--;
  }

  setStatus(row: number, status: number): void {
    if (this.status[row] === STATUS_NONE) this.candidateCount--;
    if (status === STATUS_NONE) this.candidateCount++;
    this.status[row] = status;
  }

  /** Only stray reads so far: they do not say that it is here. */
  noteUnseen(row: number): void {
    this.firstSeenAt[row] = Infinity;
    this.lastSeenAt[row] = -Infinity;
  }

  noteSeen(row: number, atMs: number): void {
    if (atMs > (this.lastSeenAt[row] ?? 0)) this.lastSeenAt[row] = atMs;
    if (atMs < (this.firstSeenAt[row] ?? 0)) this.firstSeenAt[row] = atMs;
  }

  #columns(): Column[] {
    return [
      this.gtin,
      this.status,
      this.state,
      this.isClaimed,
      this.location,
      this.place,
      this.isEvidenced,
      this.firstSeenAt,
      this.lastSeenAt,
      this.lookPlace,
      this.looksSeen,
      this.looksMissed,
      this.silentLooks,
      this.missedNow,
      this.newestRead,
      this.oldestRead,
      this.baseAt,
      this.baseIsEvidenced,
      this.baseHereAt,
      this.baseHereBeforeAt,
      this.baseReads,
      this.baseWindows,
      this.baseWindowAt,
      this.basePlaces,
      this.baseCounts,
      this.baseSince,
      this.baseMeans,
      this.baseRates,
      this.baseLastAt,
    ];
  }

  #grow(rows: number): void {
    this.gtin = copied(this.gtin, new Float64Array(rows));
    this.status = copied(this.status, new Uint8Array(rows));
    this.state = copied(this.state, new Uint8Array(rows));
    this.isClaimed = copied(this.isClaimed, new Uint8Array(rows));
    this.location = copied(this.location, new Uint16Array(rows));
    this.place = copied(this.place, new Uint16Array(rows));
    this.isEvidenced = copied(this.isEvidenced, new Uint8Array(rows));
    this.firstSeenAt = copied(this.firstSeenAt, new Float64Array(rows));
    this.lastSeenAt = copied(this.lastSeenAt, new Float64Array(rows));
    this.lookPlace = copied(this.lookPlace, new Uint16Array(rows));
    this.looksSeen = copied(this.looksSeen, new Uint8Array(rows));
    this.looksMissed = copied(this.looksMissed, new Uint8Array(rows));
    this.silentLooks = copied(this.silentLooks, new Uint8Array(rows));
    this.missedNow = copied(this.missedNow, new Uint16Array(rows));
    this.newestRead = copied(this.newestRead, new Int32Array(rows));
    this.oldestRead = copied(this.oldestRead, new Int32Array(rows));
    this.baseAt = copied(this.baseAt, new Float64Array(rows));
    this.baseIsEvidenced = copied(this.baseIsEvidenced, new Uint8Array(rows));
    this.baseHereAt = copied(this.baseHereAt, new Float64Array(rows));
    this.baseHereBeforeAt = copied(this.baseHereBeforeAt, new Float64Array(rows));
    this.baseReads = copied(this.baseReads, new Uint8Array(rows));
    this.baseWindows = copied(this.baseWindows, new Uint8Array(rows));
    this.baseWindowAt = copied(this.baseWindowAt, new Float64Array(rows));
    this.basePlaces = copied(this.basePlaces, new Uint16Array(rows * SLOTS));
    this.baseCounts = copied(this.baseCounts, new Uint8Array(rows * SLOTS));
    this.baseSince = copied(this.baseSince, new Uint8Array(rows * SLOTS));
    this.baseMeans = copied(this.baseMeans, new Float32Array(rows * SLOTS));
    this.baseRates = copied(this.baseRates, new Float32Array(rows * SLOTS));
    this.baseLastAt = copied(this.baseLastAt, new Float64Array(rows * SLOTS));
  }
}

function copied<A extends Column>(from: A, to: A): A {
  to.set(from);
  return to;
}
