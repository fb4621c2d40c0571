import { HABITS } from "./habits.ts";
import type { PastContext } from "./past-context.ts";
import type { PastOrder, PastReturn } from "./past-order.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Perhaps some of an order comes back, within five weeks: to a store, or online purchases by post. The visit to a store, if
 * there was one, is given back with the return: what is bought there next is for others to say.
 */
export function bringBack(context: PastContext, order: PastOrder, homeStore: number): PastReturn[] {
  const { random, calendar } = context;
  const isOnline = order.channel !== "store" || order.fulfilments.length > 0;
  const chance = isOnline ? HABITS.returnOfOnlinePurchase : HABITS.returnOfStorePurchase;
  const returns: PastReturn[] = [];
  for (const line of order.lines) {
    if (line.handedOver === 0 || !random.chance(chance)) continue;
    const inStore = !isOnline || random.chance(HABITS.returnInStore);
    const location = inStore
      ? random.chance(0.8)
        ? homeStore
        : (random.pick(context.stores) ?? 0)
      : context.warehouse;
    const fulfilment = order.fulfilments[line.fulfilmentNo - 1];
    const hadMs = fulfilment?.times.collected ?? fulfilment?.times.delivered ?? order.placedAtMs;
    const day = calendar.localDay(location, hadMs) + 1 + Math.floor(random.exponential(8));
    // Who finds the store closed comes the day after.
    const returnedAtMs =
      calendar.atTheTill(random, location, day) ?? calendar.atTheTill(random, location, day + 1);
    if (returnedAtMs === null || returnedAtMs >= calendar.endMs || returnedAtMs > hadMs + 35 * DAY_MS)
      continue;
    const quantity = 1 + random.int(line.handedOver);
    const isDamaged = random.chance(HABITS.damagedReturn);
    const minutes = inStore ? random.exponential(90) : random.exponential(900);
    const sellableAtMs = calendar.afterOpenMinutes(location, returnedAtMs, 1 + minutes);
    const pastReturn: PastReturn = {
      returnId: `b-${String(context.nextNumber()).padStart(7, "0")}`,
      lineNo: line.lineNo,
      way: inStore ? "in_store" : "by_post",
      location,
      quantity,
      state: isDamaged ? "damaged" : "sellable",
      returnedAtMs,
      sellableAtMs: isDamaged || sellableAtMs >= calendar.endMs ? null : sellableAtMs,
      exchangeOrderId: "",
    };
    line.returned = quantity;
    if (line.returned === line.handedOver) line.status = "returned";
    returns.push(pastReturn);
    if (fulfilment === undefined) continue;
    order.steps.push({
      kind: "returned",
      atMs: returnedAtMs,
      actor: "staff",
      actorId: "staff-1",
      fulfilmentNo: fulfilment.no,
      lineNo: line.lineNo,
      quantity,
      cause: null,
    });
  }
  order.steps.sort((a, b) => a.atMs - b.atMs);
  order.returns = returns;
  markAllReturned(order);
  return returns;
}

/** Minutes after a return at which something else is bought, within the hour. */
export function soonAfter(context: PastContext, atMs: number): number {
  return atMs + Math.round(context.random.between(2, 50) * MINUTE_MS);
}

function markAllReturned(order: PastOrder): void {
  for (const fulfilment of order.fulfilments) {
    const lines = order.lines.filter((line) => line.fulfilmentNo === fulfilment.no);
    const handedOver = lines.reduce((sum, line) => sum + line.handedOver, 0);
    const returned = lines.reduce((sum, line) => sum + line.returned, 0);
    if (handedOver === 0 || returned < handedOver) continue;
    fulfilment.status = "returned";
    fulfilment.times.returned = Math.max(...order.returns.map(({ returnedAtMs }) => returnedAtMs));
  }
  const left = order.lines.some((line) => line.handedOver > line.returned);
  if (order.returns.length > 0 && !left) order.status = "returned";
}
