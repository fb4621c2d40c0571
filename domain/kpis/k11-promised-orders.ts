import type { PromisedOrder } from "../comparison/broken-promise-churn.ts";
import { disappointmentOf } from "./p7-disappointment.ts";
import {
  type FulfilmentFact,
  isReadyOnTime,
  letsThrough,
  type OrderStepFact,
  type OrderUnitsFact,
  type PickupFilter,
} from "./pickup-facts.ts";
import { calendarOf, groupBy, isPurchase, monthText, type SaleLine } from "./sale-line.ts";

const DAY_MS = 86_400_000;

/**
 * K11: the orders that `brokenPromiseChurn` compares: of known customers, promised for a time that is `churnDays` ago. Broken is what was
 * late, or not whole by no wish of the customer's, in any of its parts; the month is that of the promised time.
 */
export function promisedOrders(
  facts: {
    fulfilments: readonly FulfilmentFact[];
    lines: readonly OrderUnitsFact[];
    steps: readonly OrderStepFact[];
    sales: readonly SaleLine[];
  },
  filter: PickupFilter & { timeZone: string },
  { asOfMs, churnDays }: { asOfMs: number; churnDays: number },
): PromisedOrder[] {
  const { monthOf } = calendarOf(filter.timeZone);
  const orders: PromisedOrder[] = [];
  for (const [orderId, parts] of groupBy(facts.fulfilments, (part) => part.orderId)) {
    const [first] = parts;
    const dueMs = Math.max(
      ...parts.map(({ promisedReadyAtMs }) => promisedReadyAtMs ?? Number.NEGATIVE_INFINITY),
    );
    if (first === undefined || first.personId === null || !Number.isFinite(dueMs)) continue;
    if (!parts.some((part) => letsThrough(filter, part.placedAtMs, part))) continue;
    if (dueMs + churnDays * DAY_MS > asOfMs) continue;
    const purchases = facts.sales.filter(
      (line) => line.personId === first.personId && isPurchase(line, false),
    );
    const isLate = parts.some((part) => isReadyOnTime(part, asOfMs) === false);
    const isNotWhole = facts.lines.some(
      (line) =>
        line.orderId === orderId && line.insteadOf === 0 && disappointmentOf(line, facts.steps) !== null,
    );
    orders.push({
      isBroken: isLate || isNotWhole,
      isChurned: !purchases.some(({ atMs }) => atMs > dueMs && atMs <= dueMs + churnDays * DAY_MS),
      month: monthText(monthOf(dueMs)),
      ordersBefore: new Set(
        purchases.filter(({ atMs }) => atMs < first.placedAtMs).map((line) => line.orderId),
      ).size,
    });
  }
  return orders;
}
