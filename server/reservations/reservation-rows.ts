import type { ReservationEvent } from "../../domain/reservations/reservation-event.ts";
import { countsUntilMs } from "../../domain/reservations/reservation-record.ts";
import { secondsText } from "../../sql/seconds-text.ts";
import { escapeText } from "../../sql/tab-separated.ts";

/** Where changes of reservations are written; read them in the view `reservation_events`. */
export const RESERVATION_LOG = {
  area: "reservations",
  table: "reservation_log",
  columns: [
    "ordinal",
    "epoch",
    "kind",
    "decided_at",
    "reservation_id",
    "counts_until",
    "idempotency_key",
    "reservation",
    "details",
  ],
} as const;

/** The key of a command and the first answer to it; `status` 0 while there is none yet. `text` null: the reservation itself. */
export type KeyedAnswer = {
  scope: string;
  key: string;
  requestHash: string;
  status: number;
  text: string | null;
};

/** A row of `reservation_log` as TabSeparated, without its last column; and the reservation's JSON, which is the answer. */
export function eventRow(
  event: ReservationEvent,
  epoch: number,
  answer: KeyedAnswer | null,
): { row: string; json: string } {
  const { reservation } = event;
  const json = JSON.stringify(reservation);
  const endsMs = countsUntilMs(reservation, event.sale);
  const sale = event.sale === null ? "" : `,"sale":${JSON.stringify(event.sale)}`;
  const details = `{"grantedOrdinal":${event.grantedOrdinal},"sales":${event.sales}${sale}${answerDetails(answer)}}`;
  const row =
    `${event.ordinal}\t${epoch}\t${event.kind}\t${secondsText(event.atMs)}\t${escapeText(reservation.reservationId)}\t` +
    `${secondsText(endsMs)}\t${escapeText(answer?.key ?? "")}\t${escapeText(json)}\t${escapeText(details)}`;
  return { row, json };
}

/** A row that changes no reservation: an answer to a key, or the start of a writer. */
export function plainRow(
  plain: { ordinal: number; kind: "refused" | "answered" | "started"; atMs: number },
  epoch: number,
  answer: KeyedAnswer | null,
): string {
  const details = `{"grantedOrdinal":0,"sales":0${answerDetails(answer)}}`;
  return (
    `${plain.ordinal}\t${epoch}\t${plain.kind}\t${secondsText(plain.atMs)}\t\t${secondsText(0)}\t` +
    `${escapeText(answer?.key ?? "")}\t\t${escapeText(details)}`
  );
}

function answerDetails(answer: KeyedAnswer | null): string {
  if (answer === null) return "";
  const { scope, requestHash, status, text } = answer;
  const given = text === null ? "" : `,"answer":${JSON.stringify(text)}`;
  return `,"keyScope":${JSON.stringify(scope)},"requestHash":"${requestHash}","answerStatus":${status}${given}`;
}
