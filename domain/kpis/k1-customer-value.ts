import {
  byPerson,
  filterSales,
  isPurchase,
  quantileOf,
  ratioOf,
  type SaleFilter,
  type SaleLine,
  sumMicros,
  unitsOfMoney,
} from "./sale-line.ts";

/** K1: what each customer with a purchase in the window brought, net of what came back; margin where the cost is known. */
export function customerValue(lines: readonly SaleLine[], filter: SaleFilter) {
  const customers = [...byPerson(filterSales(lines, filter)).values()].filter((own) =>
    own.some((line) => isPurchase(line, filter.countsFree)),
  );
  const net = customers.map(sumMicros);
  const sales = customers.map((own) => sumMicros(own.filter(({ lineType }) => lineType === "sale")));
  const costed = customers.flat().filter(({ costMicros }) => costMicros !== null);
  const cost = costed.reduce((sum, { costMicros }) => sum + (costMicros ?? 0n), 0n);
  const total = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);
  const n = customers.length;
  return {
    customers: n,
    sales: total(sales),
    returns: total(sales) - total(net),
    net_revenue: total(net),
    mean_revenue: ratioOf(unitsOfMoney(total(net)), n),
    median_revenue: quantileOf(net.map(unitsOfMoney), 0.5),
    p90_revenue: quantileOf(net.map(unitsOfMoney), 0.9),
    mean_sales: ratioOf(unitsOfMoney(total(sales)), n),
    median_sales: quantileOf(sales.map(unitsOfMoney), 0.5),
    gross_margin: sumMicros(costed) - cost,
  };
}
