import {
  byPerson,
  calendarOf,
  filterSales,
  firstDayOf,
  firstPurchases,
  isPurchase,
  ratioOf,
  type SaleFilter,
  type SaleLine,
} from "./sale-line.ts";

/**
 * K4 of one month, counted from 1970-01: (customers at the end − new) ÷ customers at the start. A customer at an instant bought in the
 * `activeDays` before it; new are those of the end whose first purchase of all time was in the month.
 */
export function retentionOfMonth(
  lines: readonly SaleLine[],
  filter: SaleFilter,
  { month, activeDays }: { month: number; activeDays: number },
) {
  const { dayOf } = calendarOf(filter.timeZone);
  const first = firstPurchases(lines, filter.countsFree);
  const counted = filterSales(lines, filter, { window: true, cohort: true }).filter(
    (line) => isPurchase(line, filter.countsFree) && line.atMs < filter.toMs,
  );
  const [begin, end] = [firstDayOf(month), firstDayOf(month + 1)];
  const [atStart, atEnd, isNew, kept] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ];
  for (const [person, own] of byPerson(counted)) {
    const isActive = (before: number) =>
      own.some(({ atMs }) => dayOf(atMs) >= before - activeDays && dayOf(atMs) < before);
    const firstDay = dayOf(first.get(person) ?? Number.NaN);
    if (isActive(begin)) atStart.add(person);
    if (isActive(end)) atEnd.add(person);
    if (isActive(end) && firstDay >= begin && firstDay < end) isNew.add(person);
    if (isActive(begin) && isActive(end)) kept.add(person);
  }
  return {
    customers_at_start: atStart.size,
    customers_at_end: atEnd.size,
    new_customers: isNew.size,
    retention_rate: ratioOf(atEnd.size - isNew.size, atStart.size),
    kept_customers: kept.size,
    kept_share: ratioOf(kept.size, atStart.size),
  };
}
