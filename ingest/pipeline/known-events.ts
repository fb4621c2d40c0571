/**
 * The ids of the stock events of the last days, so that a repeat is recognised without asking ClickHouse.
 *
 * Bounded: beyond `maxEntries` the oldest are forgotten and `isComplete` turns false; from then on an unknown id has
 * to be looked up in the table `events`. About 150 bytes an entry.
 */
export class KnownEvents {
  readonly #maxEntries: number;
  readonly #hashes = new Map<string, bigint>();
  #isComplete = true;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  /** False when an id that is not here may still be in ClickHouse. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  get size(): number {
    return this.#hashes.size;
  }

  /** `same`: a repeat. `other`: the id was used for another content. */
  judge(eventId: string, bodyHash: bigint): "unknown" | "same" | "other" {
    const known = this.#hashes.get(eventId);
    if (known === undefined) return "unknown";
    return known === bodyHash ? "same" : "other";
  }

  remember(eventId: string, bodyHash: bigint): void {
    this.#hashes.set(eventId, bodyHash);
    if (this.#hashes.size <= this.#maxEntries) return;
    const oldest = this.#hashes.keys().next();
    if (!oldest.done) this.#hashes.delete(oldest.value);
    this.#isComplete = false;
  }
}
