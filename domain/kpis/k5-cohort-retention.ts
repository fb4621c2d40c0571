import {
  byPerson,
  calendarOf,
  filterSales,
  firstDayOf,
  firstPurchases,
  isPurchase,
  monthText,
  type SaleFilter,
  type SaleLine,
  sumMicros,
} from "./sale-line.ts";

/**
 * K5: of the customers whose first purchase of all time was in a month of the window, how many bought in month k, and in month k or
 * later. Months that are not over by `asOfMs`, or not whole before the end of the window, have null.
 */
export function cohortRetention(lines: readonly SaleLine[], filter: SaleFilter, asOfMs: number) {
  const { monthOf, beginOf } = calendarOf(filter.timeZone);
  const untilMs = Math.min(filter.toMs, asOfMs);
  const first = firstPurchases(lines, filter.countsFree);
  const counted = filterSales(lines, filter, { window: true, cohort: true }).filter(
    (line) => isPurchase(line, filter.countsFree) && line.atMs < filter.toMs,
  );
  const cohorts = new Map<number, SaleLine[][]>();
  for (const [person, own] of byPerson(counted)) {
    const firstMs = first.get(person) ?? Number.NaN;
    if (!(firstMs >= filter.fromMs && firstMs < filter.toMs)) continue;
    const month = monthOf(firstMs);
    cohorts.set(month, [...(cohorts.get(month) ?? []), own]);
  }
  const rows = [];
  for (const [cohort, members] of [...cohorts].toSorted(([one], [other]) => one - other)) {
    for (let k = 0; cohort + k <= monthOf(untilMs - 1); k += 1) {
      const isOver = beginOf(firstDayOf(cohort + k + 1)) <= untilMs;
      const monthsOf = (own: readonly SaleLine[]) => own.map(({ atMs }) => monthOf(atMs) - cohort);
      const inMonth = members.flat().filter(({ atMs }) => monthOf(atMs) - cohort === k);
      rows.push({
        cohort: monthText(cohort),
        size: members.length,
        month_no: k,
        is_complete: isOver ? 1 : 0,
        active: isOver ? members.filter((own) => monthsOf(own).includes(k)).length : null,
        active_or_later: isOver ? members.filter((own) => Math.max(...monthsOf(own)) >= k).length : null,
        revenue: isOver ? sumMicros(inMonth) : null,
      });
    }
  }
  return rows;
}
