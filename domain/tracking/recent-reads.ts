import type { ItemTable } from "./item-table.ts";

const FIRST_CAPACITY = 4096;

/**
 * The reads of the last seconds, in a ring in the order of their arrival, linked per item in the order of their times.
 * 30 bytes a read. It grows up to `maxReads`; then the oldest must be released before another is taken.
 */
export class RecentReads {
  item = new Int32Array(FIRST_CAPACITY).fill(-1);
  place = new Uint16Array(FIRST_CAPACITY);
  at = new Float64Array(FIRST_CAPACITY);
  rssi = new Float32Array(FIRST_CAPACITY);
  older = new Int32Array(FIRST_CAPACITY);
  newer = new Int32Array(FIRST_CAPACITY);
  #first = 0;
  #length = 0;
  readonly #maxReads: number;
  readonly #items: ItemTable;

  constructor(maxReads: number, items: ItemTable) {
    this.#maxReads = Math.max(FIRST_CAPACITY, maxReads);
    this.#items = items;
  }

  get byteLength(): number {
    return this.item.length * 30;
  }

  /** The read that arrived longest ago, -1 when there is none. */
  get oldest(): number {
    while (this.#length > 0 && this.item[this.#first] === -1) {
      this.#first = (this.#first + 1) % this.item.length;
      this.#length--;
    }
    return this.#length === 0 ? -1 : this.#first;
  }

  /** True when the next read needs the last cell. */
  get isFull(): boolean {
    return this.#length >= this.#maxReads - 1;
  }

  /** Puts a read after `older` (-1: before all others) of its item. There must be room. */
  insert(row: number, older: number, read: { place: number; atMs: number; rssiDbm: number }): void {
    const previous = this.#length === this.item.length ? this.#grow(older) : older;
    const cell = (this.#first + this.#length) % this.item.length;
    this.#length++;
    this.item[cell] = row;
    this.place[cell] = read.place;
    this.at[cell] = read.atMs;
    this.rssi[cell] = read.rssiDbm;
    const newer = (previous === -1 ? this.#items.oldestRead[row] : this.newer[previous]) ?? -1;
    this.#join(row, previous, cell);
    this.#join(row, cell, newer);
  }

  /** Takes the oldest read of an item out. */
  releaseOldestOf(row: number): void {
    const cell = this.#items.oldestRead[row] ?? -1;
    if (cell === -1) return;
    this.item[cell] = -1;
    this.#join(row, -1, this.newer[cell] ?? -1);
  }

  #join(row: number, older: number, newer: number): void {
    if (older === -1) this.#items.oldestRead[row] = newer;
    else this.newer[older] = newer;
    if (newer === -1) this.#items.newestRead[row] = older;
    else this.older[newer] = older;
  }

  /** Doubles the ring. Cells get new numbers, from 0 in the order of arrival; returns that of `cell`. */
  #grow(cell: number): number {
    const from = this.item.length;
    const first = this.#first;
    const moved = (old: number) => (old === -1 ? -1 : (old - first + from) % from);
    const to = Math.min(this.#maxReads, from * 2);
    const turn = <A extends Int32Array | Uint16Array | Uint8Array | Float64Array | Float32Array>(
      source: A,
      target: A,
    ): A => {
      target.set(source.subarray(first));
      target.set(source.subarray(0, first), from - first);
      return target;
    };
    this.item = turn(this.item, new Int32Array(to).fill(-1));
    this.place = turn(this.place, new Uint16Array(to));
    this.at = turn(this.at, new Float64Array(to));
    this.rssi = turn(this.rssi, new Float32Array(to));
    this.older = turn(this.older, new Int32Array(to)).map(moved);
    this.newer = turn(this.newer, new Int32Array(to)).map(moved);
    this.#first = 0;
    for (let i = 0; i < from; i++) {
      const row = this.item[i] ?? -1;
      if (row === -1) continue;
      if (this.older[i] === -1) this.#items.oldestRead[row] = i;
      if (this.newer[i] === -1) this.#items.newestRead[row] = i;
    }
    return moved(cell);
  }
}
