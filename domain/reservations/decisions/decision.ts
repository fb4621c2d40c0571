import type { ReservationBook } from "../reservation-book.ts";
import type { Reservation, ReservationStatus } from "../reservation.ts";
import type { PendingSale, ReservationEvent, ReservationEventKind } from "../reservation-event.ts";
import { type ReservationRecord, reservationAt } from "../reservation-record.ts";
import type { StockUnits } from "../sum-lines.ts";

/**
 * What is available to whoever asks: whole units of one product at one location, holds already taken off. Asked for at the
 * instant of the decision: a millisecond later a hold may have ended that the decision still counts.
 */
export type AvailableOf = (locationId: string, gtin: number, atMs: number) => number;

/** A line that could not be held whole. */
export type Shortfall = StockUnits & { available: number };

/** Why a command was refused. Nothing was changed. */
export type ReservationRefusal =
  | { code: "insufficient_availability"; shortfalls: Shortfall[] }
  | { code: "reservation_state"; status: ReservationStatus; detail: string }
  | { code: "invalid_request"; detail: string };

/** The events of a command, in their order, or why there are none. A refusal is an expected outcome. */
export type Decision =
  | { ok: true; events: [ReservationEvent, ...ReservationEvent[]] }
  | { ok: false; refusal: ReservationRefusal };

/** What a decision is made with: the book, the server's clock (Unix ms), and what is available. */
export type DecisionContext = { book: ReservationBook; nowMs: number; availableOf: AvailableOf };

/** The instant of a decision: the clock's, but never before the latest the book knows. */
export function decisionMs({ book, nowMs }: Pick<DecisionContext, "book" | "nowMs">): number {
  book.advance(nowMs);
  return book.nowMs;
}

export function refuseState(status: ReservationStatus, detail: string): Decision {
  return { ok: false, refusal: { code: "reservation_state", status, detail } };
}

export function refuseRequest(detail: string): Decision {
  return { ok: false, refusal: { code: "invalid_request", detail } };
}

/**
 * The event that changes a reservation this way. `place` may give it a new place in the queue for stock, or a sale. What time alone
 * has ended is told as what it was: it ends by its end, and may still be asked for anew.
 */
export function changeEvent(
  context: Pick<DecisionContext, "book" | "nowMs">,
  record: ReservationRecord,
  kind: ReservationEventKind,
  changes: Partial<Reservation>,
  place: { grantedOrdinal?: number; sales?: number; sale?: PendingSale | null } = {},
): ReservationEvent {
  const atMs = decisionMs(context);
  const reservation = reservationAt(record, atMs, changes);
  const hasLapsed = reservation.status === "expired";
  return {
    ordinal: context.book.lastOrdinal + 1,
    kind,
    atMs,
    grantedOrdinal: record.grantedOrdinal,
    sales: record.sales,
    sale: record.sale,
    ...place,
    reservation: {
      ...reservation,
      status: hasLapsed ? record.told.status : reservation.status,
      changedAt: new Date(atMs).toISOString(),
      version: record.told.version + 1,
    },
  };
}

/** The lines that ask for more than is available, once each; `own` is what the asker holds of it already. */
export function shortfallsOf(
  context: DecisionContext,
  wanted: readonly StockUnits[],
  own: (line: StockUnits) => number = () => 0,
): Shortfall[] {
  const atMs = decisionMs(context);
  return wanted.flatMap((line) => {
    const available = context.availableOf(line.locationId, line.gtin, atMs) + own(line);
    return available < line.quantity ? [{ ...line, available }] : [];
  });
}
