import { type SaleLine, isPurchase } from "./sale-line.ts";

/** A row of the view all_fulfilments: what one location fulfils of an order in one way. Instants are Unix ms, null where not reached. */
export type FulfilmentFact = {
  orderId: string;
  fulfilmentId: string;
  channel: string;
  /** Null for a guest. */
  personId: string | null;
  locationId: string;
  method: string;
  status: string;
  placedAtMs: number;
  promisedReadyAtMs: number | null;
  acceptedAtMs: number | null;
  pickingAtMs: number | null;
  readyAtMs: number | null;
  arrivedAtMs: number | null;
  collectedAtMs: number | null;
  cancelledAtMs: number | null;
  noShowAtMs: number | null;
};

/** A line of an order that somebody fulfils; `insteadOf` is the number of the line that it came in place of, 0 for none. */
export type OrderUnitsFact = {
  orderId: string;
  lineNo: number;
  fulfilmentId: string;
  channel: string;
  locationId: string;
  method: string;
  category: string;
  placedAtMs: number;
  quantity: number;
  short: number;
  cancelled: number;
  handedOver: number;
  insteadOf: number;
};

/** A step of an order; `lineNo` 0: of all lines of its fulfilment. */
export type OrderStepFact = {
  orderId: string;
  stepNo: number;
  kind: string;
  cause: string;
  actorKind: string;
  fulfilmentId: string;
  lineNo: number;
};

export type ReturnFact = {
  locationId: string;
  way: string;
  channel: string;
  personId: string | null;
  exchangeOrderId: string;
  returnedAtMs: number;
  sellableAtMs: number | null;
};

/** `from` is in it, `to` is not; empty lists let everything through. */
export type PickupFilter = {
  fromMs: number;
  toMs: number;
  locations: readonly string[];
  channels: readonly string[];
};

/** Statuses after which nothing is left to do. */
export const CLOSED: ReadonlySet<string> = new Set([
  "collected",
  "delivered",
  "returned",
  "short",
  "cancelled",
  "no_show",
]);

export const isPickup = ({ method }: { method: string }): boolean =>
  method === "pickup" || method === "curbside";

export function letsThrough(
  filter: PickupFilter,
  atMs: number,
  { locationId, channel }: { locationId?: string; channel?: string },
): boolean {
  const has = (list: readonly string[], value: string | undefined) =>
    list.length === 0 || value === undefined || list.includes(value);
  return (
    atMs >= filter.fromMs &&
    atMs < filter.toMs &&
    has(filter.locations, locationId) &&
    has(filter.channels, channel)
  );
}

/** Of orders that were placed in the window. */
export function filterPlaced<Fact extends { placedAtMs: number; locationId: string; channel: string }>(
  facts: readonly Fact[],
  filter: PickupFilter,
): Fact[] {
  return facts.filter((fact) => letsThrough(filter, fact.placedAtMs, fact));
}

/** 1 kept, 0 broken; null: nothing was promised, or it may still be kept, or it was cancelled before anybody took it up. */
export function isReadyOnTime(fact: FulfilmentFact, nowMs: number): boolean | null {
  if (fact.promisedReadyAtMs === null) return null;
  if (fact.cancelledAtMs !== null && fact.acceptedAtMs === null) return null;
  if (fact.readyAtMs !== null) return fact.readyAtMs <= fact.promisedReadyAtMs;
  return fact.promisedReadyAtMs < nowMs ? false : null;
}

/** Whether the person carried something out of the same store in the minutes after an instant, bought with another order than one. */
export function boughtAfter(
  lines: readonly SaleLine[],
  at: { personId: string; locationId: string; atMs: number; exceptOrderId?: string },
  withinMinutes: number,
): boolean {
  return lines.some(
    (line) =>
      line.personId === at.personId &&
      line.locationId === at.locationId &&
      line.method === "carry_out" &&
      isPurchase(line, false) &&
      line.orderId !== at.exceptOrderId &&
      line.atMs > at.atMs &&
      line.atMs <= at.atMs + withinMinutes * 60_000,
  );
}
