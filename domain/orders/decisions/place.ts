import { gtinFromNumber } from "../../gtin.ts";
import type { Shortfall } from "../../reservations/decisions/decision.ts";
import { finishOrder } from "../finish-order.ts";
import { type Fulfilment, isBrought, type Order, type OrderLine, type OrderWish } from "../order.ts";
import { openStock, sumUnits } from "../order-units.ts";
import type { StockStep } from "../stock-steps.ts";
import { type OrderContext, type OrderDecision, refuseWish } from "./order-decision.ts";

const DAY_MS = 86_400_000;
/** Until its goods lie ready they are kept so long; a store that has not begun by then will not. */
export const UNREADY_HOLD_MS = 30 * DAY_MS;

export type PlaceFacts = {
  orderId: string;
  source: string;
  /** Units that are available of each line, in their order, for a `partial` wish. */
  availableOf(locationId: string, gtin: number): number;
};

/**
 * A new order: its lines, one fulfilment for each place and method, and what it asks of reservations. Of a `partial` wish only as
 * much is ordered of each line as there is. Whether all units can be held is decided by the steps.
 */
export function decidePlace(context: OrderContext, wish: OrderWish, facts: PlaceFacts): OrderDecision {
  const ids = wish.lines.map((line, index) => line.lineId ?? String(index + 1));
  if (new Set(ids).size < ids.length) return refuseWish("Two lines have the same lineId.");
  const placedMs = Math.min(
    context.nowMs,
    wish.placedAt === undefined ? context.nowMs : Date.parse(wish.placedAt),
  );
  const order = newOrder(context, wish, facts, placedMs);
  const granted = wish.partial ? grantPart(wish, facts) : wish.lines.map((line) => line.quantity);
  wish.lines.forEach((wished, index) => {
    const fulfilment = fulfilmentFor(context, order, wished, placedMs);
    promiseDelivery(fulfilment, wished.promisedDeliveredAt ?? null);
    order.lines.push(newLine(wished, fulfilment, ids[index] ?? "", granted[index] ?? 0));
  });
  if (order.lines.every((line) => line.quantity === 0)) return noneThere(wish, facts);
  const stock = order.fulfilments.flatMap((one) => stepsFor(order, one, wish));
  const words = { at: order.placedAt, recordedAt: order.changedAt, actor: context.actor } as const;
  order.timeline = [{ kind: "placed", ...words }];
  finishOrder(order, order.changedAt);
  const allocated: Order = {
    ...order,
    version: 2,
    timeline: [...order.timeline, { kind: "allocated", ...words, at: order.changedAt }],
  };
  return {
    ok: true,
    changes: [
      { kind: "placed", fulfilmentId: null, order, stock },
      { kind: "allocated", fulfilmentId: null, order: allocated, stock: [] },
    ],
  };
}

function newOrder(context: OrderContext, wish: OrderWish, facts: PlaceFacts, placedMs: number): Order {
  return {
    orderId: facts.orderId,
    channel: wish.channel,
    source: facts.source,
    customerId: wish.customerId ?? null,
    origin: wish.origin ?? null,
    placedAt: new Date(placedMs).toISOString(),
    changedAt: new Date(context.nowMs).toISOString(),
    currency: wish.currency,
    status: "allocated",
    mustTell: false,
    mustTellSince: null,
    fulfilments: [],
    lines: [],
    notices: [],
    timeline: [],
    version: 1,
  };
}

/** As much of each line as is left when those before it have theirs; what a reservation holds is there already. */
function grantPart(wish: OrderWish, facts: PlaceFacts): number[] {
  const left = new Map<string, number>();
  return wish.lines.map(({ locationId, gtin, quantity, reservationId }) => {
    if (reservationId !== undefined) return quantity;
    const key = `${locationId} ${Number(gtin)}`;
    const available = left.get(key) ?? Math.max(0, facts.availableOf(locationId, Number(gtin)));
    const granted = Math.min(available, quantity);
    left.set(key, available - granted);
    return granted;
  });
}

function noneThere(wish: OrderWish, facts: PlaceFacts): OrderDecision {
  const shortfalls = wish.lines.map((line): Shortfall => {
    const gtin = Number(line.gtin);
    return { ...line, gtin, available: facts.availableOf(line.locationId, gtin) };
  });
  return { ok: false, refusal: { code: "insufficient_availability", shortfalls } };
}

type WishedLine = OrderWish["lines"][number];

function newLine(wished: WishedLine, fulfilment: Fulfilment, lineId: string, granted: number): OrderLine {
  return {
    lineId,
    fulfilmentId: fulfilment.fulfilmentId,
    gtin: gtinFromNumber(Number(wished.gtin)),
    method: wished.method,
    locationId: wished.locationId,
    requested: wished.quantity,
    quantity: granted,
    picked: 0,
    short: 0,
    cancelled: 0,
    handedOver: 0,
    returned: 0,
    unitPrice: wished.unitPrice ?? null,
    discount: wished.discount ?? "0",
    offerId: wished.offerId ?? null,
    reservationId: fulfilment.reservationId,
    status: "allocated",
    promisedReadyAt: fulfilment.promisedReadyAt,
    insteadOf: null,
    epcs: [],
  };
}

/** The fulfilment of this place and method that the order is making, or a new one. */
function fulfilmentFor(
  context: OrderContext,
  order: Order,
  place: Pick<WishedLine, "locationId" | "method">,
  placedMs: number,
): Fulfilment {
  const known = order.fulfilments.find(
    (one) => one.locationId === place.locationId && one.method === place.method,
  );
  return known ?? addFulfilment(context, order, place, placedMs);
}

/** A new fulfilment of an order, `allocated`, with a reservation id that is not used yet. */
export function addFulfilment(
  context: OrderContext,
  order: Order,
  { locationId, method }: Pick<WishedLine, "locationId" | "method">,
  placedMs: number,
): Fulfilment {
  const fulfilment: Fulfilment = {
    fulfilmentId: `f${order.fulfilments.length + 1}`,
    locationId,
    method,
    status: "allocated",
    reservationId: context.newReservationId(),
    promisedReadyAt: context.promiseOf(locationId, method, placedMs).readyAt,
    promisedDeliveredAt: null,
    holdUntil: new Date(context.nowMs + UNREADY_HOLD_MS).toISOString(),
    times: {},
    arrival: null,
    handOver: null,
    codeAttempts: 0,
    carrier: null,
    trackingNumber: null,
  };
  order.fulfilments.push(fulfilment);
  return fulfilment;
}

/** What comes in one parcel was promised by the earliest of its dates. */
export function promiseDelivery(fulfilment: Fulfilment, promisedAt: string | null): void {
  const known = fulfilment.promisedDeliveredAt;
  if (promisedAt === null || !isBrought(fulfilment.method)) return;
  if (known !== null && Date.parse(known) <= Date.parse(promisedAt)) return;
  fulfilment.promisedDeliveredAt = promisedAt;
}

/**
 * What the fulfilments of a new order ask of reservations. A reservation that all lines of one fulfilment name, and no other, is
 * adopted and keeps its id; units of others become the fulfilment's own; what no line names is held anew.
 */
function stepsFor(order: Order, fulfilment: Fulfilment, wish: OrderWish): StockStep[] {
  const { reservationId, holdUntil } = fulfilment;
  const lines = openStock(order, fulfilment);
  if (reservationId === null || holdUntil === null || lines.length === 0) return [];
  const isHere = (line: WishedLine) =>
    line.locationId === fulfilment.locationId && line.method === fulfilment.method;
  const here = wish.lines.filter(isHere);
  const holder = { orderId: order.orderId, channel: order.channel, customerId: order.customerId };
  const only = here[0]?.reservationId;
  const isOnlyHere = wish.lines.every((line) => (line.reservationId === only) === isHere(line));
  if (only !== undefined && isOnlyHere) {
    rename(order, fulfilment, only);
    return [{ kind: "adopt", reservationId: only, lines, holdUntil, holder }];
  }
  const from = [...new Set(here.flatMap((line) => line.reservationId ?? []))].map((named) => ({
    reservationId: named,
    lines: sumUnits(
      here.flatMap((line) => (line.reservationId === named ? [{ line, units: line.quantity }] : [])),
      fulfilment.locationId,
    ),
  }));
  return [{ kind: "hold", reservationId, lines, from, holdUntil, holder }];
}

function rename(order: Order, fulfilment: Fulfilment, reservationId: string): void {
  fulfilment.reservationId = reservationId;
  for (const line of order.lines) {
    if (line.fulfilmentId === fulfilment.fulfilmentId) line.reservationId = reservationId;
  }
}
