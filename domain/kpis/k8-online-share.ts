import {
  countDistinct,
  filterSales,
  isPurchase,
  ratioOf,
  type SaleFilter,
  type SaleLine,
  sumMicros,
  unitsOfMoney,
} from "./sale-line.ts";

/** K8: orders and net sales of channels that are not of stores ÷ all. A pickup is an online order, once, however it was got. */
export function onlineShare(
  lines: readonly SaleLine[],
  filter: SaleFilter,
  storeChannels: readonly string[],
) {
  const counted = filterSales(lines, filter);
  const online = counted.filter(({ channel }) => !storeChannels.includes(channel));
  const ordersOf = (some: readonly SaleLine[]) =>
    countDistinct(
      some.filter((line) => isPurchase(line, filter.countsFree)),
      ({ orderId }) => orderId,
    );
  const [orders, onlineOrders] = [ordersOf(counted), ordersOf(online)];
  const [net, onlineNet] = [sumMicros(counted), sumMicros(online)];
  return {
    orders,
    online_orders: onlineOrders,
    online_order_share: ratioOf(onlineOrders, orders),
    pickup_orders: ordersOf(online.filter(({ method }) => method === "pickup" || method === "curbside")),
    net_sales: net,
    online_net_sales: onlineNet,
    online_sales_share: ratioOf(unitsOfMoney(onlineNet), unitsOfMoney(net)),
  };
}
