import { byPerson, calendarOf, groupBy, isPurchase, type SaleLine } from "./sale-line.ts";

const DAYS_PER_WEEK = 7;

export type PersonHistory = {
  personId: string;
  repeats: number;
  lastWeeks: number;
  ageWeeks: number;
  meanRevenue: number;
  /** Null where a cost is not known. */
  meanMargin: number | null;
};

/**
 * K2: when and for how much each person bought until the end of `asOfDay`, by id. An order counts on the day of its first line that was
 * bought at a price, with what came back of it by then; what an invoice of its own cancelled lessens nothing.
 */
export function purchaseHistories(
  lines: readonly SaleLine[],
  { asOfDay, timeZone }: { asOfDay: number; timeZone: string },
): PersonHistory[] {
  const { dayOf } = calendarOf(timeZone);
  const counted = lines.filter(({ lineType, atMs }) => lineType !== "cancellation" && dayOf(atMs) <= asOfDay);
  return [...byPerson(counted)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([personId, own]) => {
      const orders = [...groupBy(own, ({ orderId }) => orderId).values()].flatMap((ofOrder) => {
        const bought = ofOrder.filter((line) => isPurchase(line, false));
        if (bought.length === 0) return [];
        return [{ day: Math.min(...bought.map(({ atMs }) => dayOf(atMs))), ...worthOf(ofOrder) }];
      });
      if (orders.length === 0) return [];
      const first = Math.min(...orders.map(({ day }) => day));
      const days = new Set(orders.map(({ day }) => day));
      const repeats = days.size - 1;
      const later = orders.filter(({ day }) => day !== first);
      const isCostKnown = orders.every(({ margin }) => margin !== null);
      const meanOf = (valueOf: (order: (typeof orders)[number]) => bigint): number =>
        repeats === 0 ? 0 : Number(later.reduce((sum, order) => sum + valueOf(order), 0n)) / 1e6 / repeats;
      return [
        {
          personId,
          repeats,
          lastWeeks: (Math.max(...days) - first) / DAYS_PER_WEEK,
          ageWeeks: (asOfDay - first) / DAYS_PER_WEEK,
          meanRevenue: meanOf(({ net }) => net),
          meanMargin: repeats === 0 || isCostKnown ? meanOf(({ margin }) => margin ?? 0n) : null,
        },
      ];
    });
}

function worthOf(lines: readonly SaleLine[]): { net: bigint; margin: bigint | null } {
  const net = lines.reduce((sum, line) => sum + line.netMicros, 0n);
  const cost = lines.reduce<bigint | null>(
    (sum, { costMicros }) => (sum === null || costMicros === null ? null : sum + costMicros),
    0n,
  );
  return { net, margin: cost === null ? null : net - cost };
}
