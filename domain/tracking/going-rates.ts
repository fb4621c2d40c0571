const DAY_MS = 24 * 3_600_000;
/** How many items that went the prior is worth: little, so that a store's own history soon speaks. */
const PRIOR_GONE = 1;
/** Beyond so many item-days the past is halved, so that a rate follows what has changed. */
const MAX_ITEM_DAYS = 100_000;

/**
 * The share of a location's items that go in a day without anybody telling: (1 + gone) ÷ (1 ÷ prior + item-days), where gone are
 * the items that silence made missing and that did not come back.
 */
export class GoingRates {
  readonly #gone: number[] = [];
  readonly #itemDays: number[] = [];

  noteLook(location: number, items: number, missing: number, lookMs: number): void {
    while (this.#gone.length <= location) {
      this.#gone.push(0);
      this.#itemDays.push(0);
    }
    this.#gone[location] = (this.#gone[location] ?? 0) + missing;
    this.#itemDays[location] = (this.#itemDays[location] ?? 0) + (items * lookMs) / DAY_MS;
    if ((this.#itemDays[location] ?? 0) <= MAX_ITEM_DAYS) return;
    this.#gone[location] = (this.#gone[location] ?? 0) / 2;
    this.#itemDays[location] = (this.#itemDays[location] ?? 0) / 2;
  }

  noteReturn(location: number): void {
    this.#gone[location] = Math.max(0, (this.#gone[location] ?? 0) - 1);
  }

  perDay(location: number, prior: number): number {
    const gone = PRIOR_GONE + (this.#gone[location] ?? 0);
    return Math.min(0.5, gone / (PRIOR_GONE / prior + (this.#itemDays[location] ?? 0)));
  }
}
