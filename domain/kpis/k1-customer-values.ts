import { dateOfDay } from "../time-zone/local-clock.ts";
import type { PersonPrediction } from "./k2-predicted-value.ts";
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
} from "./sale-line.ts";

/** K1, and beside it K2: what each customer with a purchase in the window brought, by id, and what the newest prediction expects. */
export function customerValues(
  lines: readonly SaleLine[],
  filter: SaleFilter,
  predictions: ReadonlyMap<string, PersonPrediction>,
) {
  const { dayOf, monthOf } = calendarOf(filter.timeZone);
  const first = firstPurchases(lines, filter.countsFree);
  return [...byPerson(filterSales(lines, filter))]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([person, own]) => {
      const bought = own.filter((line) => isPurchase(line, filter.countsFree));
      if (bought.length === 0) return [];
      const days = bought.map(({ atMs }) => dayOf(atMs));
      const lastDay = Math.max(...days);
      const firstMs = first.get(person) ?? Number.NaN;
      const sales = sumMicros(own.filter(({ lineType }) => lineType === "sale"));
      const costed = own.filter(({ costMicros }) => costMicros !== null);
      const cost = costed.reduce((sum, { costMicros }) => sum + (costMicros ?? 0n), 0n);
      const channels = [...new Set(bought.map(({ channel }) => channel))].toSorted();
      const predicted = predictions.get(person);
      return {
        person_id: person,
        orders: countDistinct(bought, ({ orderId }) => orderId),
        purchase_days: new Set(days).size,
        first_day: dateOfDay(Math.min(...days)),
        last_day: dateOfDay(lastDay),
        channels: channels.length,
        units: bought.reduce((sum, { quantity }) => sum + quantity, 0),
        sales,
        returns: sales - sumMicros(own),
        net_revenue: sumMicros(own),
        gross_margin: costed.length === 0 ? null : sumMicros(costed) - cost,
        cohort: monthText(monthOf(firstMs)),
        tenure_days: lastDay - dayOf(firstMs),
        channel_names: channels.join(","),
        predicted_value: predicted?.value ?? null,
        predicted_lower: predicted?.lower ?? null,
        predicted_upper: predicted?.upper ?? null,
        predicted_purchases: predicted?.purchases ?? null,
        alive_share: predicted?.alive ?? null,
        predicted_as_of: predicted?.asOf ?? null,
        predicted_model: predicted?.model ?? null,
      };
    });
}
