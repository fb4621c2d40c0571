/** A number that is missing this long is lost: until then it may come late (readers send what they kept behind what is new). */
const GRACE_MS = 30_000;
const MAX_OPEN_GAPS = 64;
/** More missing at once than this: the counter was set anew. */
const MAX_GAP = 1_000_000;
/** So many runs in a row that count on from a lower number: the reader began again. */
const RUNS_OF_RESTART = 5;

type Gap = { from: number; to: number; atMs: number };

/**
 * Finds what was lost among messages that a sender numbers in sequence. Repeats (QoS 1 delivers twice), late ones and a
 * sender that starts again at a low number are no losses. Times are Unix ms, of receipt.
 */
export class EventNumbers {
  #last = -1;
  #gaps: Gap[] = [];
  #lost = 0;
  /** The end of a sequence below `#last`: repeats or a new beginning. */
  #lowerLast = -1;
  #lowerRuns = 0;

  /** The numbers `first` to `last` came, without a hole between them. */
  note(first: number, last: number, atMs: number): void {
    if (first === this.#last + 1 || this.#last < 0) {
      this.#last = last;
    } else if (first > this.#last) {
      if (first - this.#last <= MAX_GAP) this.#open({ from: this.#last + 1, to: first - 1, atMs });
      this.#last = last;
    } else if (!this.#fill(first, last)) {
      this.#noteLower(first, last);
    } else if (last > this.#last) {
      this.#last = last;
    }
  }

  /** How many numbers turned out to be lost since the last call. */
  takeLost(nowMs: number): number {
    while (this.#gaps.length > 0 && nowMs - (this.#gaps[0]?.atMs ?? nowMs) >= GRACE_MS) this.#giveUp();
    const lost = this.#lost;
    this.#lost = 0;
    return lost;
  }

  #open(gap: Gap): void {
    this.#gaps.push(gap);
    if (this.#gaps.length > MAX_OPEN_GAPS) this.#giveUp();
  }

  #giveUp(): void {
    const gap = this.#gaps.shift();
    if (gap !== undefined) this.#lost += gap.to - gap.from + 1;
  }

  /** False when none of these numbers was missing. */
  #fill(first: number, last: number): boolean {
    let isFilled = false;
    const left: Gap[] = [];
    for (const gap of this.#gaps) {
      if (last < gap.from || first > gap.to) {
        left.push(gap);
        continue;
      }
      isFilled = true;
      if (gap.from < first) left.push({ ...gap, to: first - 1 });
      if (last < gap.to) left.push({ ...gap, from: last + 1 });
    }
    if (isFilled) this.#gaps = left.slice(-MAX_OPEN_GAPS);
    return isFilled;
  }

  #noteLower(first: number, last: number): void {
    this.#lowerRuns = first === this.#lowerLast + 1 ? this.#lowerRuns + 1 : 1;
    this.#lowerLast = last;
    const isRestart = first <= 1 || this.#lowerRuns >= RUNS_OF_RESTART || last > this.#last;
    if (!isRestart) return;
    this.#last = last;
    this.#lowerRuns = 0;
    this.#lowerLast = -1;
  }
}
