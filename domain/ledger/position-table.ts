import { STOCK_STATES, type StockState } from "../stock-state.ts";

const FIRST_CAPACITY = 1024;
const STATES = STOCK_STATES.length;

/** Units on hand by state. */
export type PositionCounts = Record<StockState, number>;

/**
 * Positions of all locations as columns of numbers: at most 64 bytes a position with its index. A row is found by
 * (location, GTIN number) and keeps its number for ever; rows are 0 to `size` − 1. Columns grow by a sixteenth, so that
 * little is allocated beyond what is used. Counts are whole units in 32 bits.
 */
export class PositionTable {
  #size = 0;
  #counts = new Int32Array(FIRST_CAPACITY * STATES);
  #gtins = new Float64Array(FIRST_CAPACITY);
  #locations = new Int32Array(FIRST_CAPACITY);
  #nextAtLocation = new Int32Array(FIRST_CAPACITY);
  #lastSeenAt = new Float64Array(FIRST_CAPACITY);
  #revisions = new Float64Array(FIRST_CAPACITY);
  /** Open addressing; a slot holds row + 1, 0 is empty. At most three quarters full. */
  #slots = new Int32Array(FIRST_CAPACITY * 2);
  readonly #locationIds: string[] = [];
  readonly #locationIndexes = new Map<string, number>();
  readonly #firstAtLocation: number[] = [];

  get size(): number {
    return this.#size;
  }

  /** Bytes of all columns and of the index, used or not yet. */
  get byteLength(): number {
    return (
      this.#counts.byteLength +
      this.#gtins.byteLength +
      this.#locations.byteLength +
      this.#nextAtLocation.byteLength +
      this.#lastSeenAt.byteLength +
      this.#revisions.byteLength +
      this.#slots.byteLength
    );
  }

  /** All locations named so far, in the order of their index. */
  get locationIds(): readonly string[] {
    return this.#locationIds;
  }

  /** The number that stands for the location here; a new one is given to a name not seen before. */
  locationIndex(locationId: string): number {
    const known = this.#locationIndexes.get(locationId);
    if (known !== undefined) return known;
    const index = this.#locationIds.length;
    this.#locationIds.push(locationId);
    this.#locationIndexes.set(locationId, index);
    this.#firstAtLocation.push(-1);
    return index;
  }

  locationIdAt(row: number): string {
    return this.#locationIds[this.locationIndexAt(row)] ?? "";
  }

  /** Adds units (negative takes away) and returns the row. */
  add(locationId: string, gtin: number, state: StockState, quantity: number): number {
    const row = this.ensureRow(this.locationIndex(locationId), gtin);
    this.addAt(row, STOCK_STATES.indexOf(state), quantity);
    return row;
  }

  /** Null when nothing was ever recorded for it. */
  get(locationId: string, gtin: number): PositionCounts | null {
    const row = this.find(locationId, gtin);
    return row < 0 ? null : this.countsAt(row);
  }

  /** The row of a position, -1 when there is none. */
  find(locationId: string, gtin: number): number {
    const location = this.#locationIndexes.get(locationId);
    return location === undefined ? -1 : this.findRow(location, gtin);
  }

  findRow(location: number, gtin: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(location, gtin) & mask;
    for (;;) {
      const row = (this.#slots[slot] ?? 0) - 1;
      if (row < 0) return -1;
      if (this.#gtins[row] === gtin && this.#locations[row] === location) return row;
      slot = (slot + 1) & mask;
    }
  }

  ensureRow(location: number, gtin: number): number {
    const known = this.findRow(location, gtin);
    if (known >= 0) return known;
    const row = this.#size;
    if (row === this.#gtins.length) this.#grow(row + Math.max(FIRST_CAPACITY, row >> 4));
    if ((row + 1) * 4 > this.#slots.length * 3) this.#rehash(this.#slots.length * 2);
    this.#size = row + 1;
    this.#gtins[row] = gtin;
    this.#locations[row] = location;
    this.#nextAtLocation[row] = this.#firstAtLocation[location] ?? -1;
    this.#firstAtLocation[location] = row;
    this.#insert(row);
    return row;
  }

  addAt(row: number, stateIndex: number, quantity: number): void {
    const cell = row * STATES + stateIndex;
    this.#counts[cell] = (this.#counts[cell] ?? 0) + quantity;
  }

  quantityAt(row: number, stateIndex: number): number {
    return this.#counts[row * STATES + stateIndex] ?? 0;
  }

  onHandAt(row: number): number {
    const first = row * STATES;
    const counts = this.#counts;
    return (
      (counts[first] ?? 0) + (counts[first + 1] ?? 0) + (counts[first + 2] ?? 0) + (counts[first + 3] ?? 0)
    );
  }

  countsAt(row: number): PositionCounts {
    return {
      sellable: this.quantityAt(row, 0),
      inspect: this.quantityAt(row, 1),
      damaged: this.quantityAt(row, 2),
      display_only: this.quantityAt(row, 3),
    };
  }

  gtinAt(row: number): number {
    return this.#gtins[row] ?? 0;
  }

  locationIndexAt(row: number): number {
    return this.#locations[row] ?? 0;
  }

  /** Unix ms of the last physical evidence, 0 for none. */
  lastSeenAt(row: number): number {
    return this.#lastSeenAt[row] ?? 0;
  }

  /** Notes physical evidence; an older time changes nothing. */
  setSeen(locationId: string, gtin: number, atMs: number): number {
    const row = this.ensureRow(this.locationIndex(locationId), gtin);
    this.setSeenAt(row, atMs);
    return row;
  }

  setSeenAt(row: number, atMs: number): void {
    if (atMs > (this.#lastSeenAt[row] ?? 0)) this.#lastSeenAt[row] = atMs;
  }

  revisionAt(row: number): number {
    return this.#revisions[row] ?? 0;
  }

  setRevisionAt(row: number, revision: number): void {
    this.#revisions[row] = revision;
  }

  /** The rows of one location, newest first. Rows added meanwhile may be missed. */
  *rowsOf(locationId: string): IterableIterator<number> {
    const location = this.#locationIndexes.get(locationId);
    if (location === undefined) return;
    for (let row = this.#firstAtLocation[location] ?? -1; row >= 0; row = this.#nextAtLocation[row] ?? -1) {
      yield row;
    }
  }

  /** Makes room for so many rows at once, before a load of known size. */
  reserve(rows: number): void {
    if (rows > this.#gtins.length) this.#grow(rows);
    let slots = this.#slots.length;
    while (rows * 4 > slots * 3) slots *= 2;
    if (slots !== this.#slots.length) this.#rehash(slots);
  }

  #grow(capacity: number): void {
    this.#counts = copied(this.#counts, new Int32Array(capacity * STATES));
    this.#gtins = copied(this.#gtins, new Float64Array(capacity));
    this.#locations = copied(this.#locations, new Int32Array(capacity));
    this.#nextAtLocation = copied(this.#nextAtLocation, new Int32Array(capacity));
    this.#lastSeenAt = copied(this.#lastSeenAt, new Float64Array(capacity));
    this.#revisions = copied(this.#revisions, new Float64Array(capacity));
  }

  #rehash(slots: number): void {
    this.#slots = new Int32Array(slots);
    for (let row = 0; row < this.#size; row++) this.#insert(row);
  }

  #insert(row: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashOf(this.#locations[row] ?? 0, this.#gtins[row] ?? 0) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = row + 1;
  }
}

function copied<A extends Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

function hashOf(location: number, gtin: number): number {
  let hash = (gtin >>> 0) ^ Math.imul((gtin / 4294967296) | 0, 0x85ebca6b) ^ Math.imul(location, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return hash ^ (hash >>> 16);
}
