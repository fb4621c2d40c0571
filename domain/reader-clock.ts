/** A reader's offsets are looked at in steps of this long, by the time of receipt. */
const STEP_MS = 10_000;
/** So many steps in a row must agree before a clock is believed to be behind. */
const STEPS = 4;
/** Agree: the least offsets of the steps lie within this. A backlog that drains faster than 1.04 times real time does not. */
const AGREE_MS = 1_500;
/** Steps further apart than this do not belong together. */
const MAX_GAP_MS = 90_000;
/** Up to here a reader that seems behind may simply report at intervals, or its network be slow. */
const MAX_DELAY_MS = 5_000;
/** No message comes before it was sent: a clock further ahead than this is wrong. */
const MAX_AHEAD_MS = 1_000;
/** So many messages in a row must say so: one broken time changes nothing. */
const MESSAGES_AHEAD = 3;
/** A correction that changes by less stays as it is. */
const HOLD_MS = 1_000;
/** A wrong time zone and some drift. What is further off is history being sent again, or nonsense, and stays as it is sent. */
const MAX_SKEW_MS = 26 * 3_600_000;
/** 2016-01-01: a clock that says less was never set, however far off that is. */
const UNSET_BEFORE_MS = 1_451_606_400_000;

/**
 * Measures how far one reader's clock is off, from when its messages came. Times are Unix ms. `offset` = time of receipt −
 * reader's time = what its clock lacks + the time on the way, and the time on the way is never negative. So:
 *
 * - The least offset of a while is the best measure, and no correction may be more than it: a clock that is ahead, or
 *   was corrected too much, is noticed by three messages.
 * - A clock that is behind gives an offset that stays. A reader that was offline and delivers what it kept gives one
 *   that falls, since its times advance faster than the wall clock; that is no skew. So a larger offset is believed only
 *   after four steps of 10 s whose least offsets agree: within a minute of live messages.
 *
 * The same sequence of messages always gives the same corrections. Per message, not per read.
 */
export class ReaderClock {
  #correctionMs: number;
  #isMeasured: boolean;
  #stepStartMs = Number.NaN;
  #stepLeastMs = 0;
  /** Start and least offset of the steps before, oldest first. */
  #steps: { startMs: number; leastMs: number }[] = [];
  #aheadCount = 0;
  #aheadLeastMs = 0;
  #aheadMostMs = 0;

  /** `correctionMs` of an earlier run; null when nothing is known of the clock. */
  constructor(correctionMs: number | null = null) {
    this.#correctionMs = correctionMs ?? 0;
    this.#isMeasured = correctionMs !== null;
  }

  /** What to add to the reader's own times. */
  get correctionMs(): number {
    return this.#correctionMs;
  }

  /** How far the clock is ahead (negative: behind); null while it was not measured. */
  get skewMs(): number | null {
    return this.#isMeasured ? 0 - this.#correctionMs : null;
  }

  /**
   * A message came at `receivedAtMs` whose newest time by the reader's clock is `readerTimeMs`. Gives the correction for
   * the times in it.
   */
  note(receivedAtMs: number, readerTimeMs: number): number {
    const offsetMs = receivedAtMs - readerTimeMs;
    if (Math.abs(offsetMs) > MAX_SKEW_MS && readerTimeMs >= UNSET_BEFORE_MS) return this.#correctionMs;
    // By the wall clock, not from the step's first message: else messages every 5 s that jitter make steps of 15 s.
    if (Math.floor(receivedAtMs / STEP_MS) === Math.floor(this.#stepStartMs / STEP_MS)) {
      if (offsetMs < this.#stepLeastMs) this.#stepLeastMs = offsetMs;
    } else {
      this.#closeStep(receivedAtMs);
      this.#stepStartMs = receivedAtMs;
      this.#stepLeastMs = offsetMs;
    }
    if (offsetMs < this.#correctionMs - MAX_AHEAD_MS) this.#noteAhead(offsetMs);
    else this.#aheadCount = 0;
    return this.#correctionMs;
  }

  /** The reader's times plus the correction would lie in the future. */
  #noteAhead(offsetMs: number): void {
    const leastMs = this.#aheadCount === 0 ? offsetMs : Math.min(this.#aheadLeastMs, offsetMs);
    const mostMs = this.#aheadCount === 0 ? offsetMs : Math.max(this.#aheadMostMs, offsetMs);
    const isAgreed = mostMs - leastMs <= AGREE_MS;
    this.#aheadCount = isAgreed ? this.#aheadCount + 1 : 1;
    this.#aheadLeastMs = isAgreed ? leastMs : offsetMs;
    this.#aheadMostMs = isAgreed ? mostMs : offsetMs;
    if (this.#aheadCount < MESSAGES_AHEAD) return;
    this.#aheadCount = 0;
    // What was measured before is refuted.
    this.#steps = [];
    this.#correct(this.#aheadLeastMs);
  }

  #closeStep(nowMs: number): void {
    const steps = this.#steps;
    if (!Number.isNaN(this.#stepStartMs))
      steps.push({ startMs: this.#stepStartMs, leastMs: this.#stepLeastMs });
    if (steps.length > STEPS) steps.shift();
    let before = nowMs;
    for (let index = steps.length - 1; index >= 0; index -= 1) {
      const startMs = steps[index]?.startMs ?? Number.NaN;
      if (!(startMs <= before && before - startMs <= MAX_GAP_MS)) {
        steps.splice(0, index + 1);
        break;
      }
      before = startMs;
    }
    if (steps.length < STEPS) return;
    const least = Math.min(...steps.map((step) => step.leastMs));
    const most = Math.max(...steps.map((step) => step.leastMs));
    if (most - least <= AGREE_MS) this.#correct(least);
  }

  #correct(offsetMs: number): void {
    const isRight = offsetMs >= -MAX_AHEAD_MS && offsetMs <= MAX_DELAY_MS;
    const correctionMs = isRight ? 0 : Math.round(offsetMs);
    this.#isMeasured = true;
    const isZeroed = correctionMs === 0 && this.#correctionMs !== 0;
    if (isZeroed || Math.abs(correctionMs - this.#correctionMs) >= HOLD_MS) this.#correctionMs = correctionMs;
  }
}
