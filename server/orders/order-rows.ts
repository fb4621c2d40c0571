import type { OrderEvent } from "../../domain/orders/order-event.ts";
import { isOpenOrder } from "../../domain/orders/order-units.ts";
import { secondsText } from "../../sql/seconds-text.ts";
import { escapeText } from "../../sql/tab-separated.ts";
import type { KeyedAnswer } from "../reservations/reservation-rows.ts";

/** Where changes of orders are written; read them in the view `order_events`. */
export const ORDER_LOG = {
  area: "orders",
  table: "order_log",
  columns: [
    "ordinal",
    "epoch",
    "kind",
    "decided_at",
    "order_id",
    "is_open",
    "idempotency_key",
    "order_json",
    "details",
  ],
} as const;

/** A row of `order_log` as TabSeparated, without its last column; and the order's JSON, which is the answer. */
export function orderRow(
  event: OrderEvent,
  epoch: number,
  answer: KeyedAnswer | null,
): { row: string; json: string } {
  const json = JSON.stringify(event.order);
  const details = `{"fulfilmentId":${JSON.stringify(event.fulfilmentId ?? "")}${answerDetails(answer)}}`;
  const row =
    `${event.ordinal}\t${epoch}\t${event.kind}\t${secondsText(event.atMs)}\t${escapeText(event.order.orderId)}\t` +
    `${isOpenOrder(event.order) ? 1 : 0}\t${escapeText(answer?.key ?? "")}\t${escapeText(json)}\t${escapeText(details)}`;
  return { row, json };
}

/** A row that changes no order: an answer to a key, or the start of a writer. */
export function plainOrderRow(
  plain: { ordinal: number; kind: "refused" | "answered" | "started"; atMs: number },
  epoch: number,
  answer: KeyedAnswer | null,
): string {
  const details = `{"fulfilmentId":""${answerDetails(answer)}}`;
  return (
    `${plain.ordinal}\t${epoch}\t${plain.kind}\t${secondsText(plain.atMs)}\t\t0\t` +
    `${escapeText(answer?.key ?? "")}\t\t${escapeText(details)}`
  );
}

function answerDetails(answer: KeyedAnswer | null): string {
  if (answer === null) return "";
  const { scope, requestHash, status, text } = answer;
  const given = text === null ? "" : `,"answer":${JSON.stringify(text)}`;
  return `,"keyScope":${JSON.stringify(scope)},"requestHash":"${requestHash}","answerStatus":${status}${given}`;
}
