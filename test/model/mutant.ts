import type { Decision, DecisionContext } from "../../domain/reservations/decisions/decision.ts";
import { ReservationBook } from "../../domain/reservations/reservation-book.ts";
import type { ReservationEvent } from "../../domain/reservations/reservation-event.ts";
import type { Rules } from "./real-reservations.ts";

export const PLENTY = 1_000_000;

/** One rule of the product, and the product with that rule broken. */
export type Mutant = { rule: string; mistake: string; rules: Partial<Rules> };

/** A book that differs in one method. */
export function bookWith(change: (book: ReservationBook) => Partial<ReservationBook>): Partial<Rules> {
  return {
    createBook(sellableOf) {
      const book = new ReservationBook(sellableOf);
      return Object.assign(book, change(book));
    },
  };
}

/** Every event is another one when it is applied. */
export function bookThatReads(change: (event: ReservationEvent) => ReservationEvent): Partial<Rules> {
  return bookWith((book) => {
    const apply = book.apply.bind(book);
    return { apply: (event) => apply(change(event)) };
  });
}

export function plentiful(context: DecisionContext): DecisionContext {
  return { ...context, availableOf: () => PLENTY };
}

export function inEvents(
  decision: Decision,
  change: (event: ReservationEvent) => ReservationEvent,
): Decision {
  if (!decision.ok) return decision;
  const [first, ...rest] = decision.events;
  return { ok: true, events: [change(first), ...rest.map(change)] };
}
