import {
  byPerson,
  calendarOf,
  countDistinct,
  filterSales,
  isPurchase,
  quantileOf,
  ratioOf,
  type SaleFilter,
  type SaleLine,
  sumMicros,
  unitsOfMoney,
} from "./sale-line.ts";

/** K7: orders, what they are worth, units, and the days between the purchase days of a customer. */
export function purchaseFrequency(lines: readonly SaleLine[], filter: SaleFilter) {
  const { dayOf } = calendarOf(filter.timeZone);
  const counted = filterSales(lines, filter);
  const bought = counted.filter((line) => isPurchase(line, filter.countsFree));
  const known = bought.filter(({ personId }) => personId !== null);
  const sales = sumMicros(counted.filter(({ lineType }) => lineType === "sale"));
  const net = sumMicros(counted);
  const orders = countDistinct(bought, ({ orderId }) => orderId);
  const customers = countDistinct(known, ({ personId }) => personId);
  const units = bought.reduce((sum, { quantity }) => sum + quantity, 0);
  const back = counted.filter(({ lineType }) => lineType !== "sale");
  const gaps = [...byPerson(known).values()].flatMap((own) => {
    const days = [...new Set(own.map(({ atMs }) => dayOf(atMs)))].toSorted((one, other) => one - other);
    return days.slice(1).map((day, index) => day - (days[index] ?? day));
  });
  return {
    orders,
    lines: bought.length,
    customers,
    orders_per_customer: ratioOf(
      countDistinct(known, ({ orderId }) => orderId),
      customers,
    ),
    sales,
    returns: sales - net,
    net_sales: net,
    average_order_value: ratioOf(unitsOfMoney(net), orders),
    sales_per_order: ratioOf(unitsOfMoney(sales), orders),
    units,
    net_units: units + back.reduce((sum, { quantity }) => sum + quantity, 0),
    units_per_order: ratioOf(units, orders),
    lines_per_order: ratioOf(bought.length, orders),
    days_between_purchases: quantileOf(gaps, 0.5),
  };
}
