import type { StockState } from "../../domain/stock-state.ts";

/** A movement as the projection needs it. `gtin` is the number of the GTIN-14, `reservationId` empty for none. */
export type SequencedMovement = {
  sequence: number;
  gtin: number;
  state: StockState;
  quantity: number;
  reservationId: string;
};

/** Movements kept per location while a gap is being filled; beyond it they are read from ClickHouse again. */
const MAX_WAITING = 50_000;

/**
 * Follows one location's sequence, which has no holes: hands on each movement exactly once and in order, keeps what comes
 * after a gap until the gap is filled, ignores repeats. Pure: it neither reads nor waits.
 */
export class SequenceFollower {
  #applied: number;
  /** Came too early, by sequence. Empty unless there is a gap. */
  #waiting = new Map<number, SequencedMovement>();
  /** The highest sequence anybody spoke of. */
  #announced: number;

  constructor(lastSequence: number) {
    this.#applied = lastSequence;
    this.#announced = lastSequence;
  }

  /** Last sequence that was handed on. */
  get applied(): number {
    return this.#applied;
  }

  /** True while something is known to be missing: read from ClickHouse what follows `applied`. */
  get hasGap(): boolean {
    return this.#announced > this.#applied;
  }

  /** Movements that are behind what others have, for the metric. */
  get lag(): number {
    return this.#announced - this.#applied;
  }

  /** Ingest says how far it is. */
  announce(sequence: number): void {
    if (sequence > this.#announced) this.#announced = sequence;
  }

  /** @returns those that can be applied now, in order; often the same list. */
  take(movements: readonly SequencedMovement[]): SequencedMovement[] {
    const ready: SequencedMovement[] = [];
    for (const movement of movements) {
      this.announce(movement.sequence);
      if (movement.sequence === this.#applied + 1) {
        this.#applied = movement.sequence;
        ready.push(movement);
        this.#drain(ready);
      } else if (movement.sequence > this.#applied && this.#waiting.size < MAX_WAITING) {
        this.#waiting.set(movement.sequence, movement);
      }
    }
    return ready;
  }

  #drain(ready: SequencedMovement[]): void {
    while (this.#waiting.size > 0) {
      const next = this.#waiting.get(this.#applied + 1);
      if (next === undefined) return this.#forgetOld();
      this.#waiting.delete(next.sequence);
      this.#applied = next.sequence;
      ready.push(next);
    }
  }

  /** What waited and has meanwhile come from elsewhere. */
  #forgetOld(): void {
    for (const sequence of this.#waiting.keys()) {
      if (sequence <= this.#applied) this.#waiting.delete(sequence);
    }
  }
}
