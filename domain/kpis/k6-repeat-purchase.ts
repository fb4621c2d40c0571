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

/** K6: customers with at least two orders in the window ÷ customers with at least one; the same by days with purchases. */
export function repeatPurchase(lines: readonly SaleLine[], filter: SaleFilter) {
  const { dayOf } = calendarOf(filter.timeZone);
  const bought = filterSales(lines, filter).filter((line) => isPurchase(line, filter.countsFree));
  const customers = [...byPerson(bought).values()];
  const orders = customers.map((own) => countDistinct(own, ({ orderId }) => orderId));
  const days = customers.map((own) => countDistinct(own, ({ atMs }) => dayOf(atMs)));
  const [n, total] = [customers.length, orders.reduce((sum, count) => sum + count, 0)];
  const repeaters = orders.filter((count) => count >= 2).length;
  const dayRepeaters = days.filter((count) => count >= 2).length;
  return {
    customers: n,
    repeat_customers: repeaters,
    repeat_rate: ratioOf(repeaters, n),
    repeat_day_customers: dayRepeaters,
    repeat_day_rate: ratioOf(dayRepeaters, n),
    orders: total,
    orders_per_customer: ratioOf(total, n),
  };
}
