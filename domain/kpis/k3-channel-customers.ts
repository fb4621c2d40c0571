import type { ChannelCustomer } from "../comparison/omnichannel-value.ts";
import {
  byPerson,
  calendarOf,
  countDistinct,
  filterSales,
  firstPurchases,
  isPurchase,
  monthText,
  type SaleFilter,
  type SaleLine,
  sumMicros,
  unitsOfMoney,
} from "./sale-line.ts";

/** K3: the customers that `omnichannelValue` compares. Tenure is from the first purchase of all time to the last one in the window. */
export function channelCustomers(lines: readonly SaleLine[], filter: SaleFilter): ChannelCustomer[] {
  const { dayOf, monthOf } = calendarOf(filter.timeZone);
  const first = firstPurchases(lines, filter.countsFree);
  return [...byPerson(filterSales(lines, filter))].flatMap(([person, own]) => {
    const bought = own.filter((line) => isPurchase(line, filter.countsFree));
    if (bought.length === 0) return [];
    const firstMs = first.get(person) ?? Number.NaN;
    return {
      channels: countDistinct(bought, ({ channel }) => channel),
      cohort: monthText(monthOf(firstMs)),
      tenureDays: Math.max(...bought.map(({ atMs }) => dayOf(atMs))) - dayOf(firstMs),
      value: unitsOfMoney(sumMicros(own)),
    };
  });
}
