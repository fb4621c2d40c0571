import {
  byPerson,
  countDistinct,
  filterSales,
  isPurchase,
  ratioOf,
  type SaleFilter,
  type SaleLine,
  sumMicros,
  unitsOfMoney,
} from "./sale-line.ts";

/** K3, plain: mean value of customers who bought in two or more channels ÷ that of those who bought in exactly one. */
export function plainOmnichannelValue(lines: readonly SaleLine[], filter: SaleFilter) {
  const groups = { one: [] as number[], several: [] as number[] };
  for (const own of byPerson(filterSales(lines, filter)).values()) {
    const bought = own.filter((line) => isPurchase(line, filter.countsFree));
    const channels = countDistinct(bought, ({ channel }) => channel);
    if (channels > 0) groups[channels === 1 ? "one" : "several"].push(unitsOfMoney(sumMicros(own)));
  }
  const mean = (values: readonly number[]) =>
    ratioOf(
      values.reduce((sum, value) => sum + value, 0),
      values.length,
    );
  const [one, several] = [mean(groups.one), mean(groups.several)];
  return {
    one_channel_customers: groups.one.length,
    several_channels_customers: groups.several.length,
    one_channel_mean: one,
    several_channels_mean: several,
  };
}
