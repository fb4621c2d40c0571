import { nextDueMs } from "./decisions/due.ts";
import type { Order } from "./order.ts";
import type { OrderEvent } from "./order-event.ts";
import { isOpenOrder } from "./order-units.ts";

/** One order as the book keeps it. `placedOrdinal` is of its first event that the book knows, `dueMs` when its next hold ends. */
export type OrderRecord = { order: Order; ordinal: number; placedOrdinal: number; dueMs: number };

/**
 * Orders in memory: a fold of their events, each of which carries the whole order. Pure: no clock, no I/O. A change costs
 * O(fulfilments).
 */
export class OrderBook {
  readonly #records = new Map<string, OrderRecord>();
  readonly #open = new Set<string>();
  readonly #byReservation = new Map<string, string>();
  #lastOrdinal = 0;

  /** Of the last event that was applied. */
  get lastOrdinal(): number {
    return this.#lastOrdinal;
  }
  get size(): number {
    return this.#records.size;
  }
  /** Orders with something left to do. */
  get openCount(): number {
    return this.#open.size;
  }

  /** An ordinal was given to what changes no order. */
  noteOrdinal(ordinal: number): void {
    if (ordinal > this.#lastOrdinal) this.#lastOrdinal = ordinal;
  }

  record(orderId: string): OrderRecord | undefined {
    return this.#records.get(orderId);
  }

  /** The order that a reservation is of, undefined for none that is known. */
  orderOf(reservationId: string): OrderRecord | undefined {
    const orderId = this.#byReservation.get(reservationId);
    return orderId === undefined ? undefined : this.#records.get(orderId);
  }

  /** All it remembers, in the order in which they came to be known. */
  records(): IterableIterator<OrderRecord> {
    return this.#records.values();
  }

  /** Ids of the orders with something left to do. */
  openIds(): IterableIterator<string> {
    return this.#open.values();
  }

  /** Takes in one event: the only way in which an order changes. */
  apply({ ordinal, order }: OrderEvent): void {
    const { orderId } = order;
    this.noteOrdinal(ordinal);
    const known = this.#records.get(orderId);
    const placedOrdinal = known?.placedOrdinal ?? ordinal;
    this.#records.set(orderId, { order, ordinal, placedOrdinal, dueMs: nextDueMs(order) });
    if (isOpenOrder(order)) this.#open.add(orderId);
    else this.#open.delete(orderId);
    for (const { reservationId } of order.fulfilments) {
      if (reservationId !== null) this.#byReservation.set(reservationId, orderId);
    }
  }

  /** Orders of which a hold has ended at an instant. O(open orders), for a look now and then. */
  dueAt(nowMs: number): string[] {
    return [...this.#open].filter((orderId) => (this.#records.get(orderId)?.dueMs ?? Infinity) <= nowMs);
  }

  /** Forgets what has ended, and was last changed before an instant. O(orders). */
  forgetEndedBefore(atMs: number): void {
    for (const [orderId, { order }] of this.#records) {
      if (this.#open.has(orderId) || Date.parse(order.changedAt) >= atMs) continue;
      this.#records.delete(orderId);
      for (const { reservationId } of order.fulfilments) {
        if (reservationId !== null) this.#byReservation.delete(reservationId);
      }
    }
  }
}
