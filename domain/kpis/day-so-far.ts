import { dateOfDay } from "../time-zone/local-clock.ts";
import { type FulfilmentFact, isPickup } from "./pickup-facts.ts";
import { calendarOf, countDistinct, isPurchase, type SaleLine, sumMicros } from "./sale-line.ts";

const HOUR_MS = 3_600_000;

export type DayQuestion = {
  asOfMs: number;
  timeZone: string;
  currency: string;
  /** Empty lets all through. */
  locations: readonly string[];
  by: "all" | "hour";
};

/**
 * Today until now beside its weekday a week ago, until as long after midnight: one row of each, or one of each hour that has begun.
 * `pickups_waiting` are ready and neither collected nor given up by then.
 */
export function daySoFar(
  facts: { lines: readonly SaleLine[]; fulfilments: readonly FulfilmentFact[] },
  { asOfMs, timeZone, currency, locations, by }: DayQuestion,
) {
  const { dayOf, beginOf } = calendarOf(timeZone);
  const today = dayOf(asOfMs);
  const passedMs = asOfMs - beginOf(today);
  const isPlace = ({ locationId }: { locationId: string }) =>
    locations.length === 0 || locations.includes(locationId);
  const lines = facts.lines.filter((line) => isPlace(line) && line.currency === currency);
  const pickups = facts.fulfilments.filter((part) => isPlace(part) && isPickup(part));
  const hours =
    by === "all" ? [0] : Array.from({ length: 1 + Math.floor(passedMs / HOUR_MS) }, (_, at) => at);
  return [today, today - 7].flatMap((day) => {
    const beginMs = beginOf(day);
    const untilMs = beginMs + passedMs;
    return hours.map((hour) => {
      const fromMs = beginMs + hour * HOUR_MS;
      const toMs = by === "all" ? untilMs : Math.min(untilMs, fromMs + HOUR_MS);
      const isThen = (ms: number | null): boolean => ms !== null && ms >= fromMs && ms < toMs;
      const sold = lines.filter(({ atMs }) => isThen(atMs));
      const bought = sold.filter((line) => isPurchase(line, false));
      const ordersOf = (some: readonly SaleLine[]) => countDistinct(some, ({ orderId }) => orderId);
      const waiting = pickups.filter(({ readyAtMs, collectedAtMs, noShowAtMs, cancelledAtMs }) => {
        const goneMs = collectedAtMs ?? noShowAtMs ?? cancelledAtMs;
        return readyAtMs !== null && readyAtMs < untilMs && (goneMs === null || goneMs >= untilMs);
      });
      return {
        day: dateOfDay(day),
        is_today: day === today ? 1 : 0,
        hour,
        until: new Date(untilMs).toISOString(),
        orders: ordersOf(bought),
        units: bought.reduce((sum, { quantity }) => sum + quantity, 0),
        net_sales: sumMicros(sold),
        online_orders: ordersOf(bought.filter(({ channel }) => channel !== "store")),
        pickups_ordered: pickups.filter(({ placedAtMs }) => isThen(placedAtMs)).length,
        pickups_ready: pickups.filter(({ readyAtMs }) => isThen(readyAtMs)).length,
        pickups_collected: pickups.filter(({ collectedAtMs }) => isThen(collectedAtMs)).length,
        pickups_waiting: by === "hour" ? null : waiting.length,
      };
    });
  });
}
