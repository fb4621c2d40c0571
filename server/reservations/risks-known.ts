import type { ReservationBook } from "../../domain/reservations/reservation-book.ts";
import type { ReservationEvent } from "../../domain/reservations/reservation-event.ts";

/** At a start those at risk are told again: whoever was to be told may not have been. */
export function risksKnown(book: ReservationBook): ReservationEvent[] {
  return [...book.records()].flatMap((record) =>
    book.isLive(record) && record.told.isAtRisk
      ? [
          {
            ordinal: record.ordinal,
            kind: "at_risk" as const,
            atMs: Date.parse(record.told.changedAt),
            grantedOrdinal: record.grantedOrdinal,
            sales: record.sales,
            sale: record.sale,
            reservation: record.told,
          },
        ]
      : [],
  );
}
