/** A gap in what comes in of a location that is longer than this was an outage: what was not read in it was not missed. */
const LONGEST_GAP_MS = 60_000;

/** How far the time of each location is, and since when its reads and events have come in without a gap. Unix ms. */
export class LocationFlow {
  readonly #now: number[] = [];
  readonly #since: number[] = [];

  /** The location's time has come to `nowMs`. */
  passed(location: number, nowMs: number): void {
    while (this.#now.length <= location) {
      this.#now.push(-Infinity);
      this.#since.push(-Infinity);
    }
    if (nowMs - (this.#now[location] ?? -Infinity) > LONGEST_GAP_MS) this.#since[location] = nowMs;
    this.#now[location] = Math.max(nowMs, this.#now[location] ?? -Infinity);
  }

  /** −Infinity where nothing has come in yet. */
  nowAt(location: number): number {
    return this.#now[location] ?? -Infinity;
  }

  /** How long an item that was last seen at `seenMs` has been silent while reads came in, ms. */
  silence(location: number, seenMs: number): number {
    return Math.max(0, this.nowAt(location) - Math.max(seenMs, this.#since[location] ?? Infinity));
  }
}
