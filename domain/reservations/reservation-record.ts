import { gtinFromNumber } from "../gtin.ts";
import { LIVE_STATUSES, type Reservation, type ReservationStatus } from "./reservation.ts";
import type { PendingSale, ReservationEvent } from "./reservation-event.ts";

/** One line as the book keeps it. Linked into the queue of its stock while it holds units. */
export type HeldLine = {
  readonly record: ReservationRecord;
  readonly locationId: string;
  readonly gtin: number;
  readonly requested: number;
  quantity: number;
  /** Units that movements naming the reservation took; may be more than `quantity`. */
  consumed: number;
  atRisk: number;
  /** What the last event says of it. */
  toldAtRisk: number;
  /** Units that it counts for in its stock now. */
  counted: number;
  isLinked: boolean;
  older: HeldLine | null;
  newer: HeldLine | null;
};

/** One reservation as the book keeps it. `told` is what the last event says; its lines are told by `lines`. */
export type ReservationRecord = {
  told: Reservation;
  ordinal: number;
  grantedOrdinal: number;
  sales: number;
  sale: PendingSale | null;
  /** From this instant on it holds nothing, Unix ms; 0 when it has ended. */
  countsUntilMs: number;
  lines: HeldLine[];
};

export function isLiveStatus(status: ReservationStatus): boolean {
  return LIVE_STATUSES.includes(status);
}

/** Units that are still to be handed over, whether its time has come or not. */
export function openUnits(line: HeldLine): number {
  return Math.max(0, line.quantity - line.consumed);
}

/** Every unit was handed over, and it was for some. */
export function isComplete(record: ReservationRecord): boolean {
  return (
    record.lines.every((line) => openUnits(line) === 0) && record.lines.some((line) => line.consumed > 0)
  );
}

/** The ledger has the sale that was on its way. */
export function isSaleTaken({ sale, lines }: ReservationRecord): boolean {
  if (sale === null) return false;
  const consumed = lines.reduce((units, line) => units + line.consumed, 0);
  return consumed >= sale.lines.reduce((units, line) => units + line.quantity, sale.fulfilledBefore);
}

/** The instant from which a reservation in this state holds nothing; 0 when it does not hold at all. */
export function countsUntilMs(reservation: Reservation, sale: PendingSale | null): number {
  if (!isLiveStatus(reservation.status)) return 0;
  const end = reservation.status === "held" ? reservation.expiresAt : reservation.holdUntil;
  const endMs = end === null ? 0 : Date.parse(end);
  return sale === null ? endMs : Math.max(endMs, Date.parse(sale.keptUntil));
}

/** Its status at an instant: the ledger fulfils and the clock ends what no event has ended. */
export function statusAt(record: ReservationRecord, atMs: number): ReservationStatus {
  const { status } = record.told;
  if (!isLiveStatus(status)) return status;
  if (isComplete(record)) return "fulfilled";
  return record.countsUntilMs <= atMs ? "expired" : status;
}

/** The reservation as it is at an instant, as the API gives it, with some of it changed. */
export function reservationAt(
  record: ReservationRecord,
  atMs: number,
  changes: Partial<Reservation> = {},
): Reservation {
  const status = changes.status ?? statusAt(record, atMs);
  const isLive = isLiveStatus(status);
  const lines = record.lines.map((line) => ({
    gtin: gtinFromNumber(line.gtin),
    locationId: line.locationId,
    requested: line.requested,
    quantity: line.quantity,
    fulfilled: Math.min(line.quantity, line.consumed),
    atRisk: isLive ? line.atRisk : 0,
  }));
  return { ...record.told, status, isAtRisk: lines.some((line) => line.atRisk > 0), lines, ...changes };
}

/** The ledger took what no event has told yet. */
export function isTakenUntold(record: ReservationRecord): boolean {
  return isLiveStatus(record.told.status) && (isComplete(record) || isSaleTaken(record));
}

/** The record of a reservation that is heard of for the first time. */
export function newRecord(event: ReservationEvent): ReservationRecord {
  const record: ReservationRecord = {
    told: event.reservation,
    ordinal: event.ordinal,
    grantedOrdinal: event.grantedOrdinal,
    sales: event.sales,
    sale: event.sale,
    countsUntilMs: 0,
    lines: [],
  };
  record.lines = event.reservation.lines.map(
    (line): HeldLine => ({
      record,
      locationId: line.locationId,
      gtin: Number(line.gtin),
      requested: line.requested,
      quantity: line.quantity,
      consumed: 0,
      atRisk: 0,
      toldAtRisk: line.atRisk,
      counted: 0,
      isLinked: false,
      older: null,
      newer: null,
    }),
  );
  return record;
}
