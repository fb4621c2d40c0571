import { ExpiryHeap } from "./expiry-heap.ts";
import { HeldStock } from "./held-stock.ts";
import type { Reservation } from "./reservation.ts";
import type { ReservationEvent } from "./reservation-event.ts";
import {
  countsUntilMs,
  type HeldLine,
  isComplete,
  isLiveStatus,
  isTakenUntold,
  newRecord,
  openUnits,
  type ReservationRecord,
  reservationAt,
} from "./reservation-record.ts";

/** Sales that name a reservation which is not known here (yet): the newest so many are remembered. */
const MAX_UNMATCHED = 10_000;

export type UnitsTaken = { reservationId: string; locationId: string; gtin: number; units: number };

/**
 * All reservations in memory: a fold of their events, of the ledger's movements that name them, and of time. Given the same,
 * a book that was rebuilt equals the one that lived through it. Pure: no clock, no I/O.
 *
 * Its time never goes back: an expired hold stays expired when the clock is set back. So it answers for now and later, not
 * for earlier instants; those are asked of the stored events.
 *
 * Costs: a change O(lines · log reservations); `unitsAt` O(1) plus O(log reservations) for each hold that ended since the
 * last question.
 */
export class ReservationBook {
  readonly #sellableOf: (locationId: string, gtin: number) => number;
  readonly #records = new Map<string, ReservationRecord>();
  readonly #stocks = new Map<string, Map<number, HeldStock>>();
  readonly #expiries = new ExpiryHeap<ReservationRecord>();
  readonly #unmatched = new Map<string, UnitsTaken[]>();
  /** Stock whose held units changed since it was last asked for. */
  #changedStocks = new Set<HeldStock>();
  #riskChanges = new Set<ReservationRecord>();
  #takenFrom = new Set<ReservationRecord>();
  #nowMs = 0;
  #lastOrdinal = 0;
  #liveCount = 0;

  /** `sellableOf`: sellable units on hand now, by the ledger. */
  constructor(sellableOf: (locationId: string, gtin: number) => number) {
    this.#sellableOf = sellableOf;
  }

  /** The latest instant it knows of, Unix ms. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Of the last event that was applied. */
  get lastOrdinal(): number {
    return this.#lastOrdinal;
  }

  /** Reservations that hold stock now. */
  get liveCount(): number {
    return this.#liveCount;
  }

  /** Unix ms of the next end of a hold; Infinity when none will end. It may be of one that has ended otherwise. */
  get nextExpiryMs(): number {
    return this.#expiries.firstAtMs;
  }

  /** Another ordinal was given to what changes no reservation. */
  noteOrdinal(ordinal: number): void {
    if (ordinal > this.#lastOrdinal) this.#lastOrdinal = ordinal;
  }

  /** Reservations that it remembers, live or not. */
  get size(): number {
    return this.#records.size;
  }

  /** Time has come to here: what ended until then holds nothing any more. */
  advance(nowMs: number): void {
    if (nowMs > this.#nowMs) this.#nowMs = nowMs;
    while (this.#expiries.firstAtMs <= this.#nowMs) {
      const ended = this.#expiries.pop();
      // A later end of the same reservation has an entry of its own.
      if (ended !== undefined && ended.value.countsUntilMs <= this.#nowMs) this.#count(ended.value);
    }
  }

  /** Units of one product that are held at one location at an instant, Unix ms. */
  unitsAt(locationId: string, gtin: number, atMs: number): number {
    if (this.#expiries.firstAtMs <= atMs) this.advance(atMs);
    return this.#stocks.get(locationId)?.get(gtin)?.units ?? 0;
  }

  /** Held units of every product at one location. O(products that were held there). */
  unitsByProduct(locationId: string, atMs: number): Map<number, number> {
    this.advance(atMs);
    const units = new Map<number, number>();
    for (const [gtin, stock] of this.#stocks.get(locationId) ?? []) {
      if (stock.units > 0) units.set(gtin, stock.units);
    }
    return units;
  }

  /** The same, of one channel's reservations alone. */
  unitsOfChannel(locationId: string, gtin: number, channel: string, atMs: number): number {
    if (this.#expiries.firstAtMs <= atMs) this.advance(atMs);
    return this.#stocks.get(locationId)?.get(gtin)?.unitsOf(channel) ?? 0;
  }

  record(reservationId: string): ReservationRecord | undefined {
    return this.#records.get(reservationId);
  }

  /** The reservation as it is at the book's instant. */
  get(reservationId: string): Reservation | undefined {
    const record = this.#records.get(reservationId);
    return record === undefined ? undefined : reservationAt(record, this.#nowMs);
  }

  /** All it remembers, in the order in which they came to be known. */
  records(): IterableIterator<ReservationRecord> {
    return this.#records.values();
  }

  /** True while it holds stock. */
  isLive(record: ReservationRecord): boolean {
    return record.countsUntilMs > this.#nowMs && isLiveStatus(record.told.status) && !isComplete(record);
  }

  /** Live reservations that stock does not cover. O(reservations): for a look now and then. */
  atRiskCount(): number {
    let count = 0;
    for (const record of this.#records.values()) if (record.lines.some((line) => line.atRisk > 0)) count += 1;
    return count;
  }

  /** Takes in one event: the only way in which a reservation changes, but for the ledger and time. */
  apply(event: ReservationEvent): void {
    this.advance(event.atMs);
    this.#lastOrdinal = Math.max(this.#lastOrdinal, event.ordinal);
    const { reservation } = event;
    let record = this.#records.get(reservation.reservationId);
    if (record === undefined) {
      record = newRecord(event);
      this.#records.set(reservation.reservationId, record);
      this.#takeUnmatched(record);
    }
    if (record.grantedOrdinal !== event.grantedOrdinal) this.#unlink(record);
    record.told = reservation;
    record.ordinal = event.ordinal;
    record.grantedOrdinal = event.grantedOrdinal;
    record.sales = event.sales;
    record.sale = event.sale;
    reservation.lines.forEach((told, index) => {
      const line = record.lines[index];
      if (line === undefined) return;
      line.quantity = told.quantity;
      line.toldAtRisk = told.atRisk;
    });
    const endMs = countsUntilMs(reservation, event.sale);
    if (endMs !== record.countsUntilMs) {
      record.countsUntilMs = endMs;
      if (endMs > this.#nowMs) this.#expiries.push({ atMs: endMs, value: record });
    }
    this.#count(record);
    this.#noteTaken(record);
  }

  /** Units that left the location in the name of a reservation: its hold falls by as many, never below nothing. */
  take(taken: UnitsTaken): void {
    const record = this.#records.get(taken.reservationId);
    if (record === undefined) return this.#keepUnmatched(taken);
    this.#consume(record, taken);
    this.#count(record);
    this.#noteTaken(record);
  }

  /** Sellable units changed: says anew what is at risk there. */
  stockChanged(locationId: string, gtin: number): void {
    const stock = this.#stocks.get(locationId)?.get(gtin);
    if (stock !== undefined) this.#settle(stock);
  }

  /** Says of all stock anew what is at risk: after a load. */
  settleAll(): void {
    for (const products of this.#stocks.values()) for (const stock of products.values()) this.#settle(stock);
  }

  /** Stock on which the held units changed since the last call, for those who tell what is available. */
  takeChangedStocks(): Iterable<{ locationId: string; gtin: number }> {
    if (this.#changedStocks.size === 0) return [];
    const changed = this.#changedStocks;
    this.#changedStocks = new Set();
    for (const stock of changed) if (stock.isEmpty) this.#stocks.get(stock.locationId)?.delete(stock.gtin);
    return changed;
  }

  /**
   * Records of which the ledger took the last unit or the sale on its way (`taken`), and those whose risk is another than was
   * told, each since the last call; the oldest grant first.
   */
  takeConsequences(): { taken: ReservationRecord[]; risks: ReservationRecord[] } {
    if (this.#takenFrom.size === 0 && this.#riskChanges.size === 0) return NO_CONSEQUENCES;
    const taken = byGrant(this.#takenFrom).filter(isTakenUntold);
    const risks = byGrant(this.#riskChanges).filter(
      (record) => this.isLive(record) && record.lines.some((line) => line.atRisk !== line.toldAtRisk),
    );
    this.#takenFrom = new Set();
    this.#riskChanges = new Set();
    return { taken, risks };
  }

  /** Forgets what ended before an instant. O(reservations). */
  forgetEndedBefore(atMs: number): void {
    for (const [reservationId, record] of this.#records) {
      if (this.isLive(record)) continue;
      const endedMs = Math.max(Date.parse(record.told.changedAt), record.countsUntilMs);
      if (endedMs < atMs) this.#records.delete(reservationId);
    }
  }

  #takeUnmatched(record: ReservationRecord): void {
    const { reservationId } = record.told;
    for (const taken of this.#unmatched.get(reservationId) ?? []) this.#consume(record, taken);
    this.#unmatched.delete(reservationId);
  }

  #keepUnmatched(taken: UnitsTaken): void {
    const known = this.#unmatched.get(taken.reservationId);
    if (known === undefined) this.#unmatched.set(taken.reservationId, [taken]);
    else known.push(taken);
    if (this.#unmatched.size <= MAX_UNMATCHED) return;
    const oldest = this.#unmatched.keys().next();
    if (oldest.done === false) this.#unmatched.delete(oldest.value);
  }

  #consume(record: ReservationRecord, { locationId, gtin, units }: UnitsTaken): void {
    const line = record.lines.find((each) => each.locationId === locationId && each.gtin === gtin);
    if (line !== undefined) line.consumed += units;
  }

  /** Makes its lines count for what they hold now, in or out of the queue of their stock. */
  #count(record: ReservationRecord): void {
    const wasLive = record.lines.some((line) => line.isLinked);
    const isLive = this.isLive(record);
    if (isLive !== wasLive) this.#liveCount += isLive ? 1 : -1;
    for (const line of record.lines) {
      const units = isLive ? openUnits(line) : 0;
      if (isLive === line.isLinked && units === line.counted) continue;
      const stock = this.#stockOf(line);
      if (isLive) {
        if (!line.isLinked) stock.link(line);
        stock.count(line, units);
      } else stock.unlink(line);
      this.#changedStocks.add(stock);
      this.#settle(stock);
    }
  }

  #unlink(record: ReservationRecord): void {
    if (record.lines.some((line) => line.isLinked)) this.#liveCount -= 1;
    for (const line of record.lines) if (line.isLinked) this.#stockOf(line).unlink(line);
  }

  #settle(stock: HeldStock): void {
    if (stock.units === 0 && stock.atRisk === 0) return;
    const sellable = this.#sellableOf(stock.locationId, stock.gtin);
    stock.settle(sellable, (line) => this.#riskChanges.add(line.record));
  }

  #noteTaken(record: ReservationRecord): void {
    if (isTakenUntold(record)) this.#takenFrom.add(record);
  }

  #stockOf({ locationId, gtin }: HeldLine): HeldStock {
    let products = this.#stocks.get(locationId);
    if (products === undefined) {
      products = new Map();
      this.#stocks.set(locationId, products);
    }
    let stock = products.get(gtin);
    if (stock === undefined) {
      stock = new HeldStock(locationId, gtin);
      products.set(gtin, stock);
    }
    return stock;
  }
}

const NO_CONSEQUENCES = { taken: [], risks: [] };

function byGrant(records: ReadonlySet<ReservationRecord>): ReservationRecord[] {
  return [...records].sort((one, other) => one.grantedOrdinal - other.grantedOrdinal);
}
