import { createLocalClock, dateOfDay, dayOfDate } from "../time-zone/local-clock.ts";

/** A line of the view sales_lines. `netMicros`: what was paid, millionths, negative for what came back. */
export type SaleLine = {
  /** Unique over sources. */
  orderId: string;
  lineType: "sale" | "return" | "cancellation";
  /** Null for a guest. */
  personId: string | null;
  channel: string;
  method: string;
  locationId: string;
  category: string;
  isMerchandise: boolean;
  /** Units, negative for what came back. */
  quantity: number;
  priceMicros: bigint;
  netMicros: bigint;
  /** quantity × cost of the product; null where it has none. */
  costMicros: bigint | null;
  currency: string;
  atMs: number;
};

/** As the parameters of a report; empty lists and null let everything through. */
export type SaleFilter = {
  /** Unix ms; from is in it, to is not. */
  fromMs: number;
  toMs: number;
  timeZone: string;
  currency: string;
  locations: readonly string[];
  channels: readonly string[];
  categories: readonly string[];
  /** Month of the first purchase of all time, such as 2026-03. */
  cohort: string | null;
  isMerchandiseOnly: boolean;
  /** What was given for nothing is a purchase too. */
  countsFree: boolean;
};

/** At least one unit that was sold for a price. */
export function isPurchase(line: SaleLine, countsFree: boolean): boolean {
  return line.lineType === "sale" && line.quantity > 0 && (line.priceMicros > 0n || countsFree);
}

/** Instants of the first purchases of all time, whatever is filtered. */
export function firstPurchases(lines: readonly SaleLine[], countsFree: boolean): Map<string, number> {
  const first = new Map<string, number>();
  for (const line of lines) {
    if (line.personId === null || !isPurchase(line, countsFree)) continue;
    first.set(line.personId, Math.min(line.atMs, first.get(line.personId) ?? line.atMs));
  }
  return first;
}

/** The lines that a filter lets through; `ignoring` leaves parts of it out. */
export function filterSales(
  lines: readonly SaleLine[],
  filter: SaleFilter,
  ignoring: { window?: boolean; cohort?: boolean } = {},
): SaleLine[] {
  const first = firstPurchases(lines, filter.countsFree);
  const { monthOf } = calendarOf(filter.timeZone);
  const has = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);
  return lines.filter((line) => {
    const firstMs = line.personId === null ? undefined : first.get(line.personId);
    const isOfCohort = firstMs !== undefined && monthText(monthOf(firstMs)) === filter.cohort;
    return (
      (ignoring.window === true || (line.atMs >= filter.fromMs && line.atMs < filter.toMs)) &&
      line.currency === filter.currency &&
      has(filter.locations, line.locationId) &&
      has(filter.channels, line.channel) &&
      has(filter.categories, line.category) &&
      (!filter.isMerchandiseOnly || line.isMerchandise) &&
      (ignoring.cohort === true || filter.cohort === null || isOfCohort)
    );
  });
}

/** Days and months of a wall clock, counted from 1970-01. */
export function calendarOf(timeZone: string) {
  const clock = createLocalClock(timeZone);
  const monthOfDay = (day: number): number => {
    const date = dateOfDay(day);
    return (Number(date.slice(0, 4)) - 1970) * 12 + Number(date.slice(5, 7)) - 1;
  };
  return {
    dayOf: (ms: number): number => clock.read(ms).day,
    monthOf: (ms: number): number => monthOfDay(clock.read(ms).day),
    monthOfDay,
    /** The instant at which a day begins. */
    beginOf: (day: number): number => clock.toUnixMs(day, 0),
  };
}

/** A month as 2026-03. */
export function monthText(month: number): string {
  return `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

/** The first day of a month. */
export function firstDayOf(month: number): number {
  return dayOfDate(`${monthText(month)}-01`);
}

export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Lines by person; guests are nobody. */
export function byPerson(lines: readonly SaleLine[]): Map<string, SaleLine[]> {
  const groups = groupBy(lines, (line) => line.personId ?? "");
  groups.delete("");
  return groups;
}

export function countDistinct<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): number {
  return new Set(items.map(keyOf)).size;
}

export function sumMicros(lines: readonly SaleLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.netMicros, 0n);
}

/** null instead of a division by nothing. */
export function ratioOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

export const unitsOfMoney = (micros: bigint): number => Number(micros) / 1e6;

/** Between two values by proportion; null of none. */
export function quantileOf(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
}
