import { calendarOf, groupBy } from "./sale-line.ts";

/** What one movement did to stock, as a row of the view stock_changes. */
export type StockChangeLine = {
  locationId: string;
  gtin: number;
  atMs: number;
  onHand: number;
  sellable: number;
  sold: number;
  returned: number;
  received: number;
  lost: number;
};

/** A day of the past that was told, as a row of history_stock_days. */
export type ToldStockDay = {
  locationId: string;
  gtin: number;
  /** From 1970-01-01. */
  day: number;
  onHand: number;
  sold: number;
  returned: number;
  received: number;
};

/** A product at a location on one day: what stood there when it ended, and what had come and gone. */
export type StockDay = ToldStockDay & { sellable: number };

export type StockWindow = { fromDay: number; untilDay: number; timeZone: string };

/** The first day of each location that was not told: the ledger counts from then on. */
export function liveFrom(told: readonly ToldStockDay[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { locationId, day } of told)
    first.set(locationId, Math.max(first.get(locationId) ?? 0, day + 1));
  return first;
}

/** Every day of the window on which a location carried a product: from the first that it had of it. */
export function stockDays(
  changes: readonly StockChangeLine[],
  told: readonly ToldStockDay[],
  { fromDay, untilDay, timeZone }: StockWindow,
): StockDay[] {
  const { dayOf } = calendarOf(timeZone);
  const lives = liveFrom(told);
  const days: StockDay[] = told
    .filter(({ day }) => day >= fromDay && day < untilDay)
    .map((day) => Object.assign({ sellable: day.onHand }, day));
  for (const ofPosition of groupBy(changes, (line) => `${line.locationId}/${line.gtin}`).values()) {
    const [one] = ofPosition;
    if (one === undefined) continue;
    const { locationId, gtin } = one;
    const live = lives.get(locationId) ?? 0;
    const first = Math.max(live, Math.min(...ofPosition.map((line) => dayOf(line.atMs))));
    for (let day = Math.max(first, fromDay); day < untilDay; day += 1) {
      const until = ofPosition.filter((line) => dayOf(line.atMs) <= day);
      const today = until.filter((line) => dayOf(line.atMs) === day);
      days.push({
        locationId,
        gtin,
        day,
        onHand: sumOf(until, (line) => line.onHand),
        sellable: sumOf(until, (line) => line.sellable),
        sold: sumOf(today, (line) => line.sold),
        returned: sumOf(today, (line) => line.returned),
        received: sumOf(today, (line) => line.received),
      });
    }
  }
  return days;
}

export function sumOf<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}
