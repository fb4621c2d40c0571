import {
  byPerson,
  calendarOf,
  countDistinct,
  filterSales,
  isPurchase,
  ratioOf,
  type SaleFilter,
  type SaleLine,
} from "./sale-line.ts";

/**
 * K9: of the customers at the begin of the window, how many are customers at its end, for those who had bought in two or more channels
 * until then and those who had bought in one. What happens in the window does not move anybody from one group to the other.
 */
export function retentionByChannels(lines: readonly SaleLine[], filter: SaleFilter, activeDays: number) {
  const { dayOf } = calendarOf(filter.timeZone);
  const [begin, end] = [dayOf(filter.fromMs), dayOf(filter.toMs)];
  const counted = filterSales(lines, filter, { window: true, cohort: true }).filter(
    (line) => isPurchase(line, filter.countsFree) && line.atMs < filter.toMs,
  );
  const groups = { one: { n: 0, kept: 0 }, several: { n: 0, kept: 0 } };
  for (const own of byPerson(counted).values()) {
    const isActive = (before: number) =>
      own.some(({ atMs }) => dayOf(atMs) >= before - activeDays && dayOf(atMs) < before);
    if (!isActive(begin)) continue;
    const before = own.filter(({ atMs }) => dayOf(atMs) < begin);
    const group = groups[countDistinct(before, ({ channel }) => channel) > 1 ? "several" : "one"];
    group.n += 1;
    if (isActive(end)) group.kept += 1;
  }
  const { one, several } = groups;
  return {
    one_channel_customers: one.n,
    one_channel_kept: one.kept,
    one_channel_retention: ratioOf(one.kept, one.n),
    several_channels_customers: several.n,
    several_channels_kept: several.kept,
    several_channels_retention: ratioOf(several.kept, several.n),
  };
}
