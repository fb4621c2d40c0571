import type { ReservationRefusal } from "../../domain/reservations/decisions/decision.ts";
import {
  decideFulfil,
  decideSaleRefused,
  type FulfilledUnits,
} from "../../domain/reservations/decisions/store.ts";
import type { ReservationBook } from "../../domain/reservations/reservation-book.ts";
import type { PendingSale } from "../../domain/reservations/reservation-event.ts";
import type { ReservationRecord } from "../../domain/reservations/reservation-record.ts";
import type { EventToPublish, PublishEvent } from "../events/event-publisher.ts";
import { HttpProblem } from "../problems.ts";
import {
  BEGUN,
  type CommandKey,
  type GrantingWriter,
  problemAnswer,
  type StoredAnswer,
} from "./granting-writer.ts";

/** The till that hand-overs come from, as the ledger names it. */
const TERMINAL_ID = "fulfil";

export type FulfilRequest = {
  writer: GrantingWriter;
  book: ReservationBook;
  record: ReservationRecord;
  command: FulfilledUnits;
  key: CommandKey | null;
  toProblem(refusal: ReservationRefusal): HttpProblem;
};

/**
 * Hands goods over: makes durable that a sale is about to be published, publishes it, and answers after its receipt. The same
 * sale, with the same ids and time, is published again when nobody knows what became of it, so it never counts twice: after
 * a lost answer, a restart, or by another who asks at the same time. The hold counts until the ledger's movement.
 */
export function createFulfilment(deps: { publishEvent: PublishEvent }) {
  return async (request: FulfilRequest): Promise<StoredAnswer> => {
    const { writer, record, command, key, toProblem } = request;
    const isKnown = key !== null && writer.keys.get(key.scope, key.key) !== undefined;
    if (record.sale === null || isKnown) {
      const begun = await writer.run({
        key,
        status: 200,
        isBegunOnly: true,
        toProblem,
        decide: (context) => decideFulfil({ ...context, availableOf: () => 0 }, record, command),
      });
      if (begun.status !== BEGUN) return begun;
    } else if (!isSameSale(record.sale, command)) {
      throw new HttpProblem("reservation_state", "Another sale of it is on its way to the ledger.", {
        state: record.told.status,
      });
    }
    const answer = record.sale === null ? finished(request) : await publish(request, record.sale);
    return key === null ? answer : await writer.answer(key, answer, record.told.reservationId);
  };

  async function publish(request: FulfilRequest, sale: PendingSale): Promise<StoredAnswer> {
    const { record } = request;
    for (const event of salesOf(record.told.reservationId, sale)) {
      const receipt = await deps.publishEvent(event);
      if (!receipt.ok) {
        const code = receipt.code === "broker_unavailable" ? "broker_unavailable" : "outcome_unknown";
        throw new HttpProblem(code, receipt.detail, {}, { "retry-after": "2" });
      }
      if (receipt.value.status !== "rejected") continue;
      const reason = receipt.value.detail ?? receipt.value.code ?? "rejected";
      await takeBack(request, sale, reason);
      const detail = `The ledger refused it: ${reason}.`;
      return problemAnswer(new HttpProblem("sale_rejected", detail, { receipt: receipt.value }));
    }
    return finished(request);
  }

  async function takeBack(
    { writer, book, record }: FulfilRequest,
    sale: PendingSale,
    reason: string,
  ): Promise<void> {
    if (record.sale?.number !== sale.number) return;
    const context = { book, nowMs: book.nowMs, availableOf: () => 0 };
    const decision = decideSaleRefused(context, record, reason);
    if (decision.ok) await writer.log.durable(writer.record(decision.events[0]));
  }
}

/** What it is after the receipt: fulfilled as soon as the movements of the sale are applied, which may be a moment later. */
function finished({ book, record }: FulfilRequest): StoredAnswer {
  return { status: 200, text: JSON.stringify(book.get(record.told.reservationId) ?? record.told) };
}

function isSameSale(sale: PendingSale, { lines }: FulfilledUnits): boolean {
  return (
    lines === undefined ||
    (lines.length === sale.lines.length &&
      lines.every((line) =>
        sale.lines.some(
          (sold) =>
            Number(sold.gtin) === Number(line.gtin) &&
            sold.locationId === line.locationId &&
            sold.quantity === line.quantity,
        ),
      ))
  );
}

/** One sale for each location, since a till stands at one. */
function salesOf(reservationId: string, sale: PendingSale): EventToPublish[] {
  const order = sale.orderId === null ? {} : { orderId: sale.orderId };
  const locationIds = [...new Set(sale.lines.map((line) => line.locationId))];
  return locationIds.map((locationId) => ({
    kind: "till",
    locationId,
    event: {
      type: "sale",
      terminalId: TERMINAL_ID,
      transactionId: `${reservationId}.${sale.number}`,
      occurredAt: sale.occurredAt,
      lines: sale.lines
        .filter((line) => line.locationId === locationId)
        .flatMap(tillLines)
        .map((line, index) => Object.assign({ lineNo: index + 1, ...line, reservationId }, order)),
    },
  }));
}

/** A line for each known item, and one for the units of which nobody said which they are. */
function tillLines({ gtin, quantity, epcs = [] }: PendingSale["lines"][number]) {
  const items = epcs.map((epc) => ({ gtin, quantity: 1, epc }));
  const others = quantity - items.length;
  return others > 0 ? [...items, { gtin, quantity: others }] : items;
}
