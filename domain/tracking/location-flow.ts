/** A gap in what comes in of a location that is longer than this was an outage: what was not read in it was not missed. */
export const LONGEST_GAP_MS = 60_000;

/** Seconds that are remembered: more than the reorder window. */
const MOST_SECONDS = 1024;

/** How far the time of each location is, and since when its reads and events have come in without a gap. Unix ms. */
export class LocationFlow {
  readonly #now: number[] = [];
  readonly #since: number[] = [];
  /** The seconds in which something was read, oldest first: of the last minutes, and the newest before. */
  readonly #heard: number[][] = [];

  /** The location's time has come to `nowMs`. */
  passed(location: number, nowMs: number): void {
    while (this.#now.length <= location) {
      this.#now.push(-Infinity);
      this.#since.push(-Infinity);
    }
    if (nowMs - (this.#now[location] ?? -Infinity) > LONGEST_GAP_MS) this.#since[location] = nowMs;
    this.#now[location] = Math.max(nowMs, this.#now[location] ?? -Infinity);
  }

  /** A tag was read there at `atMs`. */
  heard(location: number, atMs: number): void {
    let seconds = this.#heard[location];
    if (seconds === undefined) {
      seconds = [];
      this.#heard[location] = seconds;
    }
    const second = Math.floor(atMs / 1000);
    let at = seconds.length;
    while (at > 0 && (seconds[at - 1] ?? 0) > second) at--;
    if (seconds[at - 1] === second) return;
    seconds.splice(at, 0, second);
    if (seconds.length > MOST_SECONDS) seconds.splice(0, MOST_SECONDS / 2);
  }

  /** When a tag was last read there before `atMs`, to the second; −Infinity for never. */
  heardBefore(location: number, atMs: number): number {
    const seconds = this.#heard[location] ?? [];
    return (seconds.findLast((second) => (second + 1) * 1000 <= atMs) ?? -Infinity) * 1000;
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
