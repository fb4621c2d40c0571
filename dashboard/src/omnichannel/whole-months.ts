const DAYS_AGO = /^(\d+)daysAgo$/;
const DAY = /^(\d{4}-\d{2})-\d{2}$/;

/**
 * The begin of a window, put back to that of a month: a month of which the window has a part has no figure, and a cohort of which
 * it has a part would be smaller than it is. `364daysAgo` is 12 months, and so on; a day is the first of its month.
 */
export function wholeMonths(from: string): string {
  const days = DAYS_AGO.exec(from)?.[1];
  if (days !== undefined) return `${Math.max(1, Math.round(Number(days) / 30.4))}monthsAgo`;
  const month = DAY.exec(from)?.[1];
  return month === undefined ? from : `${month}-01`;
}
