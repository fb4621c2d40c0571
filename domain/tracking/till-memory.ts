/** Reads at one till are remembered to this precision: the same read twice, or in another order, is remembered once. */
const PRECISION_MS = 1000;
const MAX_READS_PER_PRODUCT = 5000;

type TillRead = { item: number; atMs: number };

/** Which items were read at the tills of a location lately, by product: of them a sale by GTIN takes its items. */
export class TillMemory {
  readonly #byPosition = new Map<number, TillRead[]>();
  readonly #memoryMs: number;

  constructor(memoryMs: number) {
    this.#memoryMs = memoryMs;
  }

  get byteLength(): number {
    let reads = 0;
    for (const list of this.#byPosition.values()) reads += list.length;
    return reads * 40;
  }

  /** False when it is known already. `row` is that of the position of the product at the location. */
  note(row: number, item: number, atMs: number): boolean {
    const rounded = Math.floor(atMs / PRECISION_MS) * PRECISION_MS;
    const reads = this.#byPosition.get(row);
    if (reads === undefined) {
      this.#byPosition.set(row, [{ item, atMs: rounded }]);
      return true;
    }
    let i = reads.length - 1;
    for (; i >= 0; i--) {
      const read = reads[i];
      if (read === undefined || read.atMs < rounded) break;
      if (read.atMs === rounded && read.item === item) return false;
    }
    reads.splice(i + 1, 0, { item, atMs: rounded });
    const newest = reads.at(-1)?.atMs ?? rounded;
    if (reads.length > MAX_READS_PER_PRODUCT || (reads[0]?.atMs ?? newest) < newest - this.#memoryMs * 2) {
      const isKept = (read: TillRead) => read.atMs >= newest - this.#memoryMs;
      this.#byPosition.set(row, reads.filter(isKept).slice(-MAX_READS_PER_PRODUCT / 2));
    }
    return true;
  }

  /** Items read there within `nearMs` of the time, each once, and how far from it. */
  near(row: number, atMs: number, nearMs: number): { item: number; distanceMs: number }[] {
    const nearest = new Map<number, number>();
    for (const read of this.#byPosition.get(row) ?? []) {
      const distanceMs = Math.abs(read.atMs - atMs);
      if (distanceMs <= nearMs)
        nearest.set(read.item, Math.min(distanceMs, nearest.get(read.item) ?? nearMs));
    }
    return [...nearest].map(([item, distanceMs]) => ({ item, distanceMs }));
  }
}
