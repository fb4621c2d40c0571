import type { FulfilCommand, ShortCommand } from "../reservation-commands.ts";
import type { PendingSale } from "../reservation-event.ts";
import { gtinFromNumber } from "../../gtin.ts";
import { isLiveStatus, openUnits, type ReservationRecord, statusAt } from "../reservation-record.ts";
import { type StockUnits, sumLines } from "../sum-lines.ts";
import {
  changeEvent,
  type Decision,
  type DecisionContext,
  decisionMs,
  refuseRequest,
  refuseState,
} from "./decision.ts";
import { SALE_PENDING } from "./life.ts";

/** Units that are handed over; `epcs` are the items among them that are known. */
export type FulfilledUnits = {
  lines?: (NonNullable<FulfilCommand["lines"]>[number] & { epcs?: readonly string[] })[] | undefined;
};

/** While a sale is on its way its hold does not expire: this long at most, so that a lost sale does not hold for ever. */
const KEEP_FOR_SALE_MS = 15 * 60_000;

/** `confirmed` → `picked`: the goods were taken from the shelf for the customer. */
export function decidePick(context: DecisionContext, record: ReservationRecord): Decision {
  const status = statusAt(record, decisionMs(context));
  if (status !== "confirmed") return refuseState(status, "Only what is confirmed can be picked.");
  return { ok: true, events: [changeEvent(context, record, "picked", { status: "picked" })] };
}

/** Units that could not be found are not held any longer. When nothing is left to hand over, it ends as `short`. */
export function decideShort(
  context: DecisionContext,
  record: ReservationRecord,
  command: ShortCommand,
): Decision {
  const status = statusAt(record, decisionMs(context));
  if (!isLiveStatus(status)) return refuseState(status, "It holds nothing any more.");
  if (record.sale !== null) return refuseState(status, SALE_PENDING);
  const part = partOf(record, command.lines);
  if (part === null) return refuseRequest(tooMuch);
  const words = { kind: "shorted", endsAs: "short", reason: command.reason ?? null } as const;
  return withoutUnits(context, record, part, words);
}

/**
 * Units that an order does not need any more (`released`), or that cannot be had (`short`): they are not held any longer. With
 * nothing left it ends so.
 */
export function decideReduce(
  context: DecisionContext,
  record: ReservationRecord,
  command: { lines: readonly StockUnits[]; as: "short" | "released"; reason: string },
): Decision {
  const status = statusAt(record, decisionMs(context));
  if (!isLiveStatus(status)) return refuseState(status, "It holds nothing any more.");
  if (record.sale !== null) return refuseState(status, SALE_PENDING);
  if (!holdsUnits(record, command.lines)) return refuseRequest(tooMuch);
  const kind = command.as === "short" ? "shorted" : "reduced";
  return withoutUnits(context, record, command.lines, { kind, endsAs: command.as, reason: command.reason });
}

/** The event after which these units are not held any more. */
function withoutUnits(
  context: DecisionContext,
  record: ReservationRecord,
  part: readonly StockUnits[],
  words: { kind: "shorted" | "reduced"; endsAs: "short" | "released"; reason: string | null },
): Decision {
  const event = changeEvent(context, record, words.kind, { reason: words.reason });
  const { reservation } = event;
  record.lines.forEach((line, index) => {
    const told = reservation.lines[index];
    if (told !== undefined) told.quantity = line.quantity - unitsIn(part, line);
  });
  const isLeft = record.lines.some((line) => openUnits(line) > unitsIn(part, line));
  if (isLeft) {
    // Why an order needs fewer says nothing of what it still has.
    if (words.kind === "reduced") reservation.reason = record.told.reason;
    return { ok: true, events: [event] };
  }
  // What was handed over before stays so; what is missing now ends it.
  for (const line of reservation.lines) line.atRisk = 0;
  const ended = { ...reservation, status: words.endsAs, isAtRisk: false, expiresAt: null };
  return { ok: true, events: [{ ...event, reservation: ended }] };
}

const tooMuch = "These are not lines of the reservation, or more units than it still holds.";

/**
 * Begins a sale of what is handed over: it has to be published, unchanged, until its outcome is known. The hold counts until
 * the ledger's movement that names it. While a sale is pending the same one is given again, and no other begins.
 */
export function decideFulfil(
  context: DecisionContext,
  record: ReservationRecord,
  command: FulfilledUnits,
): Decision {
  const atMs = decisionMs(context);
  const status = statusAt(record, atMs);
  if (!isLiveStatus(status)) return refuseState(status, "There is nothing left to hand over.");
  if (record.sale !== null) return refuseState(status, SALE_PENDING);
  const part = partOf(record, command.lines);
  if (part === null) return refuseRequest(tooMuch);
  const sales = record.sales + 1;
  const sale: PendingSale = {
    number: sales,
    occurredAt: new Date(atMs).toISOString(),
    keptUntil: new Date(atMs + KEEP_FOR_SALE_MS).toISOString(),
    orderId: record.told.orderId,
    fulfilledBefore: record.lines.reduce((units, line) => units + line.consumed, 0),
    lines: part.map((stock) => {
      const { locationId, quantity } = stock;
      const gtin = gtinFromNumber(stock.gtin);
      const epcs = itemsIn(command, stock);
      return epcs.length === 0 ? { locationId, gtin, quantity } : { locationId, gtin, quantity, epcs };
    }),
  };
  return { ok: true, events: [changeEvent(context, record, "fulfilling", {}, { sales, sale })] };
}

/** The pending sale was not taken: the hold is as it was before it, with its own end. */
export function decideSaleRefused(
  context: DecisionContext,
  record: ReservationRecord,
  reason: string,
): Decision {
  const status = statusAt(record, decisionMs(context));
  if (record.sale === null) return refuseState(status, "No sale of it is on its way.");
  return { ok: true, events: [changeEvent(context, record, "sale_refused", { reason }, { sale: null })] };
}

/** The lines that are meant, summed; all that is still held when none are named. Null when it does not hold them. */
function partOf(record: ReservationRecord, lines: ShortCommand["lines"]): StockUnits[] | null {
  if (lines === undefined) {
    return record.lines.flatMap((line) => {
      const quantity = openUnits(line);
      return quantity === 0 ? [] : [{ locationId: line.locationId, gtin: line.gtin, quantity }];
    });
  }
  const part = sumLines(lines);
  return holdsUnits(record, part) ? part : null;
}

/** True when so many units of each are still to be handed over. */
export function holdsUnits(record: ReservationRecord, part: readonly StockUnits[]): boolean {
  return part.every((wanted) =>
    record.lines.some((line) => isSameStock(line, wanted) && openUnits(line) >= wanted.quantity),
  );
}

function itemsIn({ lines = [] }: FulfilledUnits, stock: StockUnits): string[] {
  return lines.flatMap((line) =>
    isSameStock({ locationId: line.locationId, gtin: Number(line.gtin) }, stock) ? (line.epcs ?? []) : [],
  );
}

function unitsIn(part: readonly StockUnits[], line: { locationId: string; gtin: number }): number {
  return part.find((each) => isSameStock(each, line))?.quantity ?? 0;
}

function isSameStock(
  one: { locationId: string; gtin: number },
  other: { locationId: string; gtin: number },
): boolean {
  return one.gtin === other.gtin && one.locationId === other.locationId;
}
