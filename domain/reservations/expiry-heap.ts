/** Something that ends at an instant, Unix ms. */
export type Expiry<Value> = { atMs: number; value: Value };

/** A binary heap, the earliest first: push and pop take O(log n), a look at the first O(1). */
export class ExpiryHeap<Value> {
  readonly #entries: Expiry<Value>[] = [];

  get size(): number {
    return this.#entries.length;
  }

  /** The instant of the earliest, Infinity when there is none. */
  get firstAtMs(): number {
    return this.#entries[0]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  push(entry: Expiry<Value>): void {
    const entries = this.#entries;
    let at = entries.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = entries[parent];
      if (above === undefined || above.atMs <= entry.atMs) break;
      entries[at] = above;
      at = parent;
    }
    entries[at] = entry;
  }

  pop(): Expiry<Value> | undefined {
    const entries = this.#entries;
    const first = entries[0];
    const last = entries.pop();
    if (last !== undefined && entries.length > 0) this.#sink(last);
    return first;
  }

  #sink(entry: Expiry<Value>): void {
    const entries = this.#entries;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      const left = entries[child];
      if (left === undefined) break;
      const right = entries[child + 1];
      let least = left;
      if (right !== undefined && right.atMs < left.atMs) {
        least = right;
        child += 1;
      }
      if (entry.atMs <= least.atMs) break;
      entries[at] = least;
      at = child;
    }
    entries[at] = entry;
  }
}
