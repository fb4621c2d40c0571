import type { HeldLine } from "./reservation-record.ts";

/**
 * All live holds on one product at one location, as a queue from the oldest grant to the newest. When the stock does not
 * cover them, the newest are at risk: a physical sale beats a hold, and an older promise beats a newer one.
 */
export class HeldStock {
  readonly locationId: string;
  readonly gtin: number;
  /** Units that live holds count for. */
  units = 0;
  /** Of these not covered by stock. */
  atRisk = 0;
  #newest: HeldLine | null = null;
  readonly #byChannel = new Map<string, number>();

  constructor(locationId: string, gtin: number) {
    this.locationId = locationId;
    this.gtin = gtin;
  }

  get isEmpty(): boolean {
    return this.#newest === null;
  }

  /** Of the units, those that one channel holds. */
  unitsOf(channel: string): number {
    return this.#byChannel.get(channel) ?? 0;
  }

  /** Puts a line in by the place of its grant: O(1) for the newest, which is what a grant is. */
  link(line: HeldLine): void {
    let older = this.#newest;
    let newer: HeldLine | null = null;
    while (older !== null && older.record.grantedOrdinal > line.record.grantedOrdinal) {
      newer = older;
      older = older.older;
    }
    line.older = older;
    line.newer = newer;
    if (older !== null) older.newer = line;
    if (newer === null) this.#newest = line;
    else newer.older = line;
    line.isLinked = true;
  }

  /** O(1). Its units and what of them was at risk no longer count. */
  unlink(line: HeldLine): void {
    this.count(line, 0);
    this.atRisk -= line.atRisk;
    line.atRisk = 0;
    if (line.older !== null) line.older.newer = line.newer;
    if (line.newer === null) this.#newest = line.older;
    else line.newer.older = line.older;
    line.older = null;
    line.newer = null;
    line.isLinked = false;
  }

  /** The line counts for so many units from now on. O(1). */
  count(line: HeldLine, units: number): void {
    const { channel } = line.record.told;
    this.#byChannel.set(channel, this.unitsOf(channel) + units - line.counted);
    this.units += units - line.counted;
    line.counted = units;
  }

  /**
   * Says anew which units are at risk, with so many sellable ones there. `onChange` is called with each line for which it is
   * another number than before. O(1) where all are covered and were; else O(lines that are or were at risk).
   */
  settle(sellable: number, onChange: (line: HeldLine) => void): void {
    let missing = Math.min(this.units, Math.max(0, this.units - sellable));
    let before = this.atRisk;
    this.atRisk = missing;
    for (let line = this.#newest; line !== null && (missing > 0 || before > 0); line = line.older) {
      const atRisk = Math.min(missing, line.counted);
      missing -= atRisk;
      before -= line.atRisk;
      if (atRisk === line.atRisk) continue;
      line.atRisk = atRisk;
      onChange(line);
    }
  }
}
