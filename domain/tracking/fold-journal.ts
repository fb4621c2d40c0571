import type { PositionTable } from "../ledger/position-table.ts";
import type { MovementReason } from "../movement.ts";
import { STOCK_STATES } from "../stock-state.ts";
import type { FactDetail, FactLog } from "./fact-log.ts";
import type { ItemTable } from "./item-table.ts";
import type { StockChange, StockLine } from "./stock-change.ts";

/** What facts do to positions while they are applied and taken back, and what of it becomes lines of the ledger. */
export class FoldJournal {
  /** Whether the fact that is being applied is a new one: its lines are its own. Else they are what it changes now. */
  isOwn = false;
  readonly #items: ItemTable;
  readonly #positions: PositionTable;
  readonly #log: FactLog;
  readonly #ownsLocation: (location: number) => boolean;
  /** Items on hand, by row of the position table. */
  #present = new Int32Array(1024);
  #own: StockLine[] = [];
  readonly #net = new Map<number, number>();
  readonly #before = new Map<number, string>();

  constructor(parts: {
    items: ItemTable;
    positions: PositionTable;
    log: FactLog;
    ownsLocation(location: number): boolean;
  }) {
    this.#items = parts.items;
    this.#positions = parts.positions;
    this.#log = parts.log;
    this.#ownsLocation = parts.ownsLocation;
  }

  get byteLength(): number {
    return this.#present.byteLength;
  }

  begin(): void {
    this.#own = [];
    this.#net.clear();
    this.#before.clear();
  }

  /** What became of it all since `begin`. */
  change(): StockChange {
    const lines = this.#own;
    for (const [cell, quantity] of this.#net) {
      if (quantity === 0) continue;
      const row = Math.floor(cell / STOCK_STATES.length);
      const state = cell % STOCK_STATES.length;
      lines.push({ row, state, quantity, reason: "reversed", item: -1, detail: null });
    }
    const items = new Set<number>();
    for (const [item, before] of this.#before) if (this.#packed(item) !== before) items.add(item);
    // One that went and came back is where it was, and was seen later: a restart must not take the same reads for news.
    for (const { item } of lines) if (item !== -1) items.add(item);
    return { lines, items };
  }

  /** Units on hand that no item stands for; negative means owed sales. */
  unidentifiedAt(row: number): number {
    return this.#positions.onHandAt(row) - (this.#present[row] ?? 0);
  }

  addPresent(location: number, gtin: number, quantity: number): void {
    if (!this.#ownsLocation(location)) return;
    const row = this.#positions.ensureRow(location, gtin);
    if (row >= this.#present.length) {
      const present = new Int32Array(row + Math.max(1024, row >> 4));
      present.set(this.#present);
      this.#present = present;
    }
    this.#present[row] = (this.#present[row] ?? 0) + quantity;
  }

  emit(fact: number, sign: 1 | -1, quantity: number, state: number, item: number): void {
    const reason = this.detailOf(fact).reason;
    this.emitAt(this.#log.location[fact] ?? 0, fact, sign * quantity, state, item, reason);
  }

  emitAt(
    location: number,
    fact: number,
    quantity: number,
    state: number,
    item: number,
    reason: MovementReason,
  ): void {
    // Stock of locations that other ingests serve is theirs to write.
    if (quantity === 0 || !this.#ownsLocation(location)) return;
    const row = this.#positions.ensureRow(location, this.#log.gtin[fact] ?? 0);
    this.#positions.addAt(row, state, quantity);
    if (this.isOwn) {
      const detail = this.#log.details.get(fact) ?? null;
      this.#own.push({ row, state, quantity, reason, item, detail });
      return;
    }
    const cell = row * STOCK_STATES.length + state;
    this.#net.set(cell, (this.#net.get(cell) ?? 0) + quantity);
  }

  detailOf(fact: number): FactDetail {
    const detail = this.#log.details.get(fact);
    if (detail === undefined) throw new Error("a fact of an event has lost its detail");
    return detail;
  }

  /** Notes what is believed of an item before it changes. */
  remember(item: number): void {
    if (!this.#before.has(item)) this.#before.set(item, this.#packed(item));
  }

  #packed(item: number): string {
    const { status, state, location } = this.#items;
    return `${status[item]} ${state[item]} ${location[item]}`;
  }
}
