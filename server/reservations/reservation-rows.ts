import type { ReservationEvent } from "../../domain/reservations/reservation-event.ts";
import { countsUntilMs } from "../../domain/reservations/reservation-record.ts";
import { escapeText, quoteText } from "../../sql/tab-separated.ts";

const NEVER = "1970-01-01 00:00:00";

/** The columns of a row, but for `recorded_at`, which the commit adds. */
export const RESERVATION_COLUMNS = [
  "ordinal",
  "epoch",
  "kind",
  "decided_at",
  "reservation_id",
  "version",
  "status",
  "granted_ordinal",
  "counts_until",
  "channel",
  "order_id",
  "lines.location_id",
  "lines.gtin",
  "lines.quantity",
  "lines.at_risk",
  "reservation",
  "sales",
  "sale",
  "key_scope",
  "idempotency_key",
  "request_hash",
  "answer_status",
  "answer",
  "recorded_at",
] as const;

/** The key of a command and the first answer to it; `status` 0 while there is none yet. `text` null: the reservation itself. */
export type KeyedAnswer = {
  scope: string;
  key: string;
  requestHash: string;
  status: number;
  text: string | null;
};

/** A row of `reservation_events` as TabSeparated, without its last column; and the reservation's JSON, which is the answer. */
export function eventRow(
  event: ReservationEvent,
  epoch: number,
  answer: KeyedAnswer | null,
): { row: string; json: string } {
  const { reservation } = event;
  const json = JSON.stringify(reservation);
  let locations = "";
  let gtins = "";
  let quantities = "";
  let risks = "";
  let comma = "";
  for (const line of reservation.lines) {
    locations += comma + quoteText(line.locationId);
    gtins += comma + Number(line.gtin);
    quantities += comma + line.quantity;
    risks += comma + line.atRisk;
    comma = ",";
  }
  const endsMs = countsUntilMs(reservation, event.sale);
  const sale = event.sale === null ? "" : escapeText(JSON.stringify(event.sale));
  const row =
    `${event.ordinal}\t${epoch}\t${event.kind}\t${secondsText(event.atMs)}\t${escapeText(reservation.reservationId)}\t` +
    `${reservation.version}\t${reservation.status}\t${event.grantedOrdinal}\t${secondsText(endsMs)}\t` +
    `${escapeText(reservation.channel)}\t${escapeText(reservation.orderId ?? "")}\t` +
    `[${locations}]\t[${gtins}]\t[${quantities}]\t[${risks}]\t${escapeText(json)}\t${event.sales}\t${sale}\t` +
    answerCells(answer);
  return { row, json };
}

/** A row that changes no reservation: an answer to a key, or the start of a writer. */
export function plainRow(
  plain: { ordinal: number; kind: "refused" | "answered" | "started"; atMs: number },
  epoch: number,
  answer: KeyedAnswer | null,
): string {
  return (
    `${plain.ordinal}\t${epoch}\t${plain.kind}\t${secondsText(plain.atMs)}\t\t0\t\t0\t${NEVER}\t\t\t[]\t[]\t[]\t[]\t\t0\t\t` +
    answerCells(answer)
  );
}

function answerCells(answer: KeyedAnswer | null): string {
  if (answer === null) return "\t\t\t0\t";
  const { scope, key, requestHash, status, text } = answer;
  return `${escapeText(scope)}\t${escapeText(key)}\t${requestHash}\t${status}\t${text === null ? "" : escapeText(text)}`;
}

/** An instant as ClickHouse reads it fastest; it does not take a plain 0 for one. */
export function secondsText(ms: number): string {
  return ms === 0 ? NEVER : (ms / 1000).toFixed(3);
}
