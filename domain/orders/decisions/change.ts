import { isHolding, openStock, openUnitsOf } from "../order-units.ts";
import type { ChangeCommand } from "../order-commands.ts";
import type { Fulfilment, Order, OrderLine } from "../order.ts";
import type { Part } from "../parts-of.ts";
import type { StockStep } from "../stock-steps.ts";
import { releaseSteps } from "./cancel.ts";
import {
  draftOf,
  fulfilmentOf,
  lineOf,
  type OrderContext,
  type OrderDecision,
  refuseOrder,
  refuseWish,
} from "./order-decision.ts";
import { addFulfilment, promiseDelivery } from "./place.ts";

type WishedChange = ChangeCommand["lines"][number];

/**
 * Fewer units of lines, or another place or method for what is open of them. Lines that move together to one place and method
 * become one new fulfilment; their units change their holder where the place stays, and are held anew elsewhere, or nothing changes.
 */
export function decideChange(context: OrderContext, order: Order, command: ChangeCommand): OrderDecision {
  for (const wished of command.lines) {
    const refused = whyNot(order, wished);
    if (refused !== null) return refused;
  }
  if (new Set(command.lines.map((line) => line.lineId)).size < command.lines.length) {
    return refuseWish("A line is named twice.");
  }
  const change = draftOf(context, order, command);
  const given: Part[] = [];
  for (const wished of command.lines) {
    const line = lineOf(change.draft, wished.lineId);
    if (line === undefined || wished.quantity === undefined) continue;
    const quantity = line.quantity - line.short - line.cancelled - wished.quantity;
    if (quantity <= 0) continue;
    line.cancelled += quantity;
    line.picked = Math.min(line.picked, openUnitsOf(line));
    given.push({ line: { ...line }, quantity, epcs: [] });
    change.note({
      kind: "changed",
      fulfilmentId: line.fulfilmentId,
      lineId: line.lineId,
      quantity: wished.quantity,
      cause: command.cause,
    });
  }
  const moved = moveLines(context, change.draft, command, (line) =>
    change.note({
      kind: "changed",
      fulfilmentId: line.fulfilmentId,
      lineId: line.lineId,
      quantity: openUnitsOf(line),
      cause: command.cause,
    }),
  );
  if (given.length === 0 && moved.length === 0) return { ok: true, changes: [] };
  return change.finish("changed", null, stockSteps(order, change.draft, given, moved, command.cause));
}

function whyNot(order: Order, wished: WishedChange): OrderDecision | null {
  const line = lineOf(order, wished.lineId);
  const fulfilment = line === undefined ? undefined : fulfilmentOf(order, line.fulfilmentId);
  if (line === undefined || fulfilment === undefined) {
    return refuseWish(`Order ${order.orderId} has no line ${wished.lineId}.`);
  }
  if (!isHolding(fulfilment) || fulfilment.handOver !== null || openUnitsOf(line) === 0) {
    return refuseOrder(line.status, `Line ${line.lineId} cannot be changed any more.`);
  }
  const wanted = line.quantity - line.short - line.cancelled;
  if (wished.quantity !== undefined && wished.quantity > wanted) {
    return refuseWish(`Line ${line.lineId} is of ${wanted} units; more of it are another order.`);
  }
  if (wished.quantity !== undefined && wished.quantity < line.handedOver) {
    return refuseWish(
      `${line.handedOver} units of line ${line.lineId} were handed over: they can be returned.`,
    );
  }
  if (isMove(line, wished) && line.handedOver > 0) {
    return refuseWish(`A part of line ${line.lineId} was handed over: cancel the rest and order it anew.`);
  }
  return null;
}

function isMove(line: OrderLine, { method, locationId }: WishedChange): boolean {
  return (
    (method !== undefined && method !== line.method) ||
    (locationId !== undefined && locationId !== line.locationId)
  );
}

type MovedLine = { line: OrderLine; from: string };

/** Puts the lines that move into new fulfilments of the draft. */
function moveLines(
  context: OrderContext,
  draft: Order,
  command: ChangeCommand,
  note: (line: OrderLine) => void,
): MovedLine[] {
  const made = new Map<string, Fulfilment>();
  const moved: MovedLine[] = [];
  for (const wished of command.lines) {
    const line = lineOf(draft, wished.lineId);
    if (line === undefined || !isMove(line, wished) || openUnitsOf(line) === 0) continue;
    const locationId = wished.locationId ?? line.locationId;
    const method = wished.method ?? line.method;
    const key = `${locationId} ${method}`;
    const fulfilment = made.get(key) ?? addFulfilment(context, draft, { locationId, method }, context.nowMs);
    made.set(key, fulfilment);
    // Whoever sends it, the customer was promised the same day.
    promiseDelivery(fulfilment, fulfilmentOf(draft, line.fulfilmentId)?.promisedDeliveredAt ?? null);
    moved.push({ line, from: line.fulfilmentId });
    note(line);
    line.fulfilmentId = fulfilment.fulfilmentId;
    line.locationId = locationId;
    line.method = method;
    line.reservationId = fulfilment.reservationId;
    line.promisedReadyAt = fulfilment.promisedReadyAt;
    line.picked = 0;
    line.epcs = [];
  }
  return moved;
}

/**
 * First what is held anew, then what is given up. What moves within a location goes from one reservation to the other; those
 * that it leaves give up the rest in one step.
 */
function stockSteps(
  before: Order,
  draft: Order,
  given: readonly Part[],
  moved: readonly MovedLine[],
  reason: string,
): StockStep[] {
  const holder = { orderId: draft.orderId, channel: draft.channel, customerId: draft.customerId };
  const steps: StockStep[] = [];
  const left: Part[] = [...given];
  for (const fulfilment of draft.fulfilments.slice(before.fulfilments.length)) {
    const { reservationId, holdUntil } = fulfilment;
    if (reservationId === null || holdUntil === null) continue;
    const from = new Map<string, Part[]>();
    for (const { line, from: sourceId } of moved) {
      if (line.fulfilmentId !== fulfilment.fulfilmentId) continue;
      const part: Part = { line: { ...line, fulfilmentId: sourceId }, quantity: openUnitsOf(line), epcs: [] };
      const source = fulfilmentOf(before, sourceId);
      if (source?.locationId !== fulfilment.locationId) left.push(part);
      else from.set(sourceId, [...(from.get(sourceId) ?? []), part]);
    }
    const sources = [...from.values()].flatMap((parts) => releaseSteps(before, parts, reason));
    steps.push({
      kind: "hold",
      reservationId,
      lines: openStock(draft, fulfilment),
      from: sources.flatMap((step) => (step.kind === "reduce" ? [step] : [])),
      holdUntil,
      holder,
    });
  }
  return [...steps, ...releaseSteps(before, left, reason)];
}
