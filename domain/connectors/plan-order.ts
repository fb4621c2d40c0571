import type { FulfilmentMethod, Order, OrderLine } from "../orders/order.ts";
import { isShipped } from "../orders/finish-order.ts";
import { isHolding, openUnitsOf } from "../orders/order-units.ts";
import type { ShopLine } from "./shop-message.ts";

/** One thing to do, so that our orders are as the shop system's order. */
export type OrderTask =
  /** Units of lines that are in none of our orders. `number`: of the order that is to be made of them, from 1. */
  | { kind: "place"; number: number; lines: { line: ShopLine; units: number }[] }
  | { kind: "cancel"; orderId: string; lines: { lineId: string; quantity: number }[] }
  /** Units that have left by the shop system; `isReady` false: they do not lie ready yet by ours. */
  | {
      kind: "hand_over";
      orderId: string;
      fulfilmentId: string;
      isShipped: boolean;
      isReady: boolean;
      lines: { lineId: string; quantity: number }[];
    };

/**
 * The next thing to do, null when our orders agree with the shop system's. `orders` are all that were made of it. Units of a line of the
 * shop system are those of our lines with its id, and of lines that came in their place. In this order: what is wanted no more is
 * cancelled; what has left is handed over; what is wanted and in no order, or was never found, is placed. Units that a store could not
 * find (`short`) are known to somebody who tells the customer, and are not ordered anew.
 */
export function planOrder(lines: readonly ShopLine[], orders: readonly Order[]): OrderTask | null {
  return planCancel(lines, orders) ?? planHandOver(lines, orders) ?? planPlace(lines, orders);
}

type Owned = { order: Order; line: OrderLine };

function planCancel(lines: readonly ShopLine[], orders: readonly Order[]): OrderTask | null {
  for (const shopLine of lines) {
    const owned = ownedBy(shopLine.lineId, orders);
    const alive = sum(owned, ({ line }) => openUnitsOf(line) + line.handedOver);
    let left = alive - Math.max(shopLine.wanted, shopLine.gone);
    // The newest order gives first.
    for (const { order, line } of owned.toReversed()) {
      const units = Math.min(left, isTouchable(order, line) ? openUnitsOf(line) : 0);
      if (units <= 0) continue;
      left -= units;
      return { kind: "cancel", orderId: order.orderId, lines: [{ lineId: line.lineId, quantity: units }] };
    }
  }
  return null;
}

function planHandOver(lines: readonly ShopLine[], orders: readonly Order[]): OrderTask | null {
  const left = new Map(
    lines.map(({ lineId, gone }) => [
      lineId,
      gone - sum(ownedBy(lineId, orders), ({ line }) => line.handedOver),
    ]),
  );
  for (const order of orders) {
    for (const fulfilment of order.fulfilments) {
      if (!isHolding(fulfilment) || fulfilment.handOver !== null) continue;
      const parts = order.lines.flatMap((line) => {
        const root = rootOf(order, line);
        const units = Math.min(left.get(root) ?? 0, openUnitsOf(line));
        if (line.fulfilmentId !== fulfilment.fulfilmentId || units <= 0) return [];
        left.set(root, (left.get(root) ?? 0) - units);
        return [{ lineId: line.lineId, quantity: units }];
      });
      if (parts.length === 0) continue;
      const isReady = fulfilment.status === "ready" || fulfilment.status === "arrived";
      const { fulfilmentId } = fulfilment;
      return {
        kind: "hand_over",
        orderId: order.orderId,
        fulfilmentId,
        isShipped: isShipped(fulfilment),
        isReady: isReady || fulfilment.method === "carry_out",
        lines: parts,
      };
    }
  }
  return null;
}

function planPlace(lines: readonly ShopLine[], orders: readonly Order[]): OrderTask | null {
  const missing = lines.flatMap((line) => {
    if (line.codes.length === 0) return [];
    const known = sum(ownedBy(line.lineId, orders), (own) => {
      const isReplaced = own.order.notices.some(
        (notice) => notice.lineId === own.line.lineId && notice.replacedBy !== null,
      );
      return openUnitsOf(own.line) + own.line.handedOver + (isReplaced ? 0 : lostUnits(own));
    });
    const units = Math.max(line.wanted, line.gone) - known;
    return units > 0 ? [{ line, units }] : [];
  });
  return missing.length === 0 ? null : { kind: "place", number: orders.length + 1, lines: missing };
}

/** Units that ended here by our own doing: somebody has to tell the customer, or nobody came for them. */
function lostUnits({ order, line }: Owned): number {
  const ended = line.status === "no_show" ? line.cancelled : 0;
  const told = sum(
    order.notices.filter((notice) => notice.lineId === line.lineId && notice.kind === "cancelled"),
    (notice) => notice.quantity,
  );
  return line.short + Math.max(ended, told);
}

function isTouchable(order: Order, line: OrderLine): boolean {
  const fulfilment = order.fulfilments.find((one) => one.fulfilmentId === line.fulfilmentId);
  return fulfilment !== undefined && isHolding(fulfilment) && fulfilment.handOver === null;
}

function ownedBy(lineId: string, orders: readonly Order[]): Owned[] {
  return orders.flatMap((order) =>
    order.lines.filter((line) => rootOf(order, line) === lineId).map((line) => ({ order, line })),
  );
}

/** The line of the shop system: our line has its id, or came in place of one that has. */
function rootOf(order: Order, line: OrderLine): string {
  let root = line;
  for (let steps = 0; root.insteadOf !== null && steps < order.lines.length; steps += 1) {
    const before = order.lines.find((one) => one.lineId === root.insteadOf);
    if (before === undefined) break;
    root = before;
  }
  return root.lineId;
}

function sum<Item>(items: readonly Item[], unitsOf: (item: Item) => number): number {
  return items.reduce((units, item) => units + unitsOf(item), 0);
}

/** A place that may fulfil lines. */
export type Candidate = { locationId: string; method: FulfilmentMethod };

/**
 * Where each line comes from: the first candidate that has all of all lines; else of each line the first that has all of it; else the
 * one that has most of it. Units that one line takes are not there for the next. `unitsAt`: what is available there.
 */
export function routeLines(
  lines: readonly { gtin: number; units: number }[],
  candidates: readonly Candidate[],
  unitsAt: (locationId: string, gtin: number) => number,
): Candidate[] {
  const taken = new Map<string, number>();
  const keyOf = (place: Candidate, gtin: number) => `${place.locationId} ${gtin}`;
  const leftAt = (place: Candidate, gtin: number) =>
    unitsAt(place.locationId, gtin) - (taken.get(keyOf(place, gtin)) ?? 0);
  const wanted = new Map<number, number>();
  for (const { gtin, units } of lines) wanted.set(gtin, (wanted.get(gtin) ?? 0) + units);
  const whole = candidates.find((place) =>
    [...wanted].every(([gtin, units]) => unitsAt(place.locationId, gtin) >= units),
  );
  return lines.flatMap(({ gtin, units }) => {
    const most = candidates.reduce<Candidate | undefined>(
      (best, place) => (best === undefined || leftAt(place, gtin) > leftAt(best, gtin) ? place : best),
      undefined,
    );
    const place = whole ?? candidates.find((one) => leftAt(one, gtin) >= units) ?? most;
    if (place === undefined) return [];
    taken.set(keyOf(place, gtin), (taken.get(keyOf(place, gtin)) ?? 0) + units);
    return [place];
  });
}
