import type { ReservationEvent } from "../reservation-event.ts";
import { isComplete } from "../reservation-record.ts";
import { changeEvent, type DecisionContext } from "./decision.ts";

/**
 * What follows from movements and from time, as events, each applied to the book before the next is made: reservations that
 * the ledger fulfilled, then those whose risk is another than was told last; the oldest grant first.
 */
export function applyConsequences(context: Omit<DecisionContext, "availableOf">): ReservationEvent[] {
  const { book } = context;
  const { taken, risks } = book.takeConsequences();
  const events: ReservationEvent[] = [];
  for (const record of taken) {
    const kind = isComplete(record) ? "fulfilled" : "handed_over";
    const changes = kind === "fulfilled" ? ({ status: kind, expiresAt: null } as const) : {};
    const event = changeEvent(context, record, kind, changes, { sale: null });
    book.apply(event);
    events.push(event);
  }
  for (const record of risks) {
    // An event before may have ended it.
    if (!book.isLive(record)) continue;
    const isAtRisk = record.lines.some((line) => line.atRisk > 0);
    const event = changeEvent(context, record, isAtRisk ? "at_risk" : "covered", {});
    book.apply(event);
    events.push(event);
  }
  return events;
}
