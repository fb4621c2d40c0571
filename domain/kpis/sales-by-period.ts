import { dateOfDay, weekdayOf } from "../time-zone/local-clock.ts";
import {
  calendarOf,
  countDistinct,
  filterSales,
  firstDayOf,
  firstPurchases,
  isPurchase,
  ratioOf,
  type SaleFilter,
  type SaleLine,
  sumMicros,
  unitsOfMoney,
} from "./sale-line.ts";

export type SalesPeriod = "day" | "week" | "month";

/** Periods of a wall clock by their first day; weeks begin on Mondays. */
export function periodsOf(period: SalesPeriod, timeZone: string) {
  const { dayOf, monthOfDay, beginOf } = calendarOf(timeZone);
  const firstOf = (day: number): number => {
    switch (period) {
      case "day":
        return day;
      case "week":
        return day - weekdayOf(day);
      case "month":
        return firstDayOf(monthOfDay(day));
      default:
        return period satisfies never;
    }
  };
  const nextOf = (first: number): number => {
    if (period === "month") return firstDayOf(monthOfDay(first) + 1);
    return first + (period === "week" ? 7 : 1);
  };
  return {
    of: (ms: number): number => firstOf(dayOf(ms)),
    nextOf,
    /** Over by `untilMs`, and all of it since `fromMs`. */
    isWhole: (first: number, fromMs: number, untilMs: number): boolean =>
      beginOf(first) >= fromMs && beginOf(nextOf(first)) <= untilMs,
  };
}

/** What was bought and what came back of some lines. */
function salesOf(lines: readonly SaleLine[], countsFree: boolean) {
  const bought = lines.filter((line) => isPurchase(line, countsFree));
  const sold = lines.filter(({ lineType }) => lineType === "sale");
  const net = sumMicros(lines);
  const orders = countDistinct(bought, ({ orderId }) => orderId);
  return {
    orders,
    units: bought.reduce((sum, { quantity }) => sum + quantity, 0),
    sales: sumMicros(sold),
    returns: sumMicros(sold) - net,
    net_sales: net,
    average_order_value: ratioOf(unitsOfMoney(net), orders),
    customers: countDistinct(
      bought.filter(({ personId }) => personId !== null),
      ({ personId }) => personId,
    ),
  };
}

/** One group's sales, such as those of a channel; `all` are those of all groups. */
export function salesOfGroup(group: readonly SaleLine[], all: readonly SaleLine[], countsFree: boolean) {
  const own = salesOf(group, countsFree);
  return {
    ...own,
    net_sales_share: ratioOf(unitsOfMoney(own.net_sales), unitsOfMoney(sumMicros(all))),
  };
}

/** Every period from the first with a line to the last that has begun by `asOfMs`; what is not whole has nulls. */
export function salesByPeriod(
  lines: readonly SaleLine[],
  filter: SaleFilter,
  {
    period,
    asOfMs,
    storeChannels,
  }: { period: SalesPeriod; asOfMs: number; storeChannels: readonly string[] },
) {
  const periods = periodsOf(period, filter.timeZone);
  const untilMs = Math.min(filter.toMs, asOfMs);
  const first = firstPurchases(lines, filter.countsFree);
  const counted = filterSales(lines, filter);
  const figuresOf = (begin: number) => {
    const own = counted.filter(({ atMs }) => periods.of(atMs) === begin);
    const bought = own.filter((line) => isPurchase(line, filter.countsFree));
    const known = own.filter(({ personId }) => personId !== null);
    const online = own.filter(({ channel }) => !storeChannels.includes(channel));
    const all = salesOf(own, filter.countsFree);
    const onlineSales = salesOf(online, filter.countsFree);
    const newCustomers = countDistinct(
      bought.filter(({ personId }) => personId !== null && periods.of(first.get(personId) ?? 0) === begin),
      ({ personId }) => personId,
    );
    const back = own.filter(({ lineType }) => lineType !== "sale");
    return {
      ...all,
      return_orders: countDistinct(back, ({ orderId }) => orderId),
      returned_units: -back.reduce((sum, { quantity }) => sum + quantity, 0),
      known_orders: salesOf(known, filter.countsFree).orders,
      known_sales: salesOf(known, filter.countsFree).sales,
      new_customers: newCustomers,
      returning_customers: all.customers - newCustomers,
      online_orders: onlineSales.orders,
      online_order_share: ratioOf(onlineSales.orders, all.orders),
      online_net_sales: onlineSales.net_sales,
      online_sales_share: ratioOf(unitsOfMoney(onlineSales.net_sales), unitsOfMoney(all.net_sales)),
    };
  };
  const rows = [];
  if (counted.length === 0) return [];
  const firstBegin = Math.min(...counted.map(({ atMs }) => periods.of(atMs)));
  for (let begin = firstBegin; begin <= periods.of(untilMs - 1); begin = periods.nextOf(begin)) {
    const isWhole = periods.isWhole(begin, filter.fromMs, untilMs);
    const figures = figuresOf(begin);
    const blank = Object.fromEntries(Object.keys(figures).map((name) => [name, null]));
    rows.push({ period: dateOfDay(begin), is_complete: isWhole ? 1 : 0, ...(isWhole ? figures : blank) });
  }
  return rows;
}
