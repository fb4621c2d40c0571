import {
  countDistinct,
  filterSales,
  groupBy,
  isPurchase,
  type SaleFilter,
  type SaleLine,
  sumMicros,
} from "./sale-line.ts";

/** A store has a hand in what is carried out of it, collected there or sent from it. */
const METHODS_OF_STORES = new Set(["carry_out", "pickup", "curbside", "ship_from_store"]);

/**
 * What stores and online sold, with credit for both. `askedAt`: by order, the store that had none left of what was then ordered
 * elsewhere. Groups are `all`, or each location that had a part: where it was fulfilled and where it was asked for. By group.
 */
export function sharedCredit(
  lines: readonly SaleLine[],
  filter: SaleFilter,
  how: { storeChannels: readonly string[]; askedAt: ReadonlyMap<string, string>; by: "all" | "location" },
) {
  const isOnline = ({ channel }: SaleLine) => !how.storeChannels.includes(channel);
  const isSaved = ({ orderId }: SaleLine) => how.askedAt.has(orderId);
  const isOfStore = (line: SaleLine) =>
    !isOnline(line) || isSaved(line) || METHODS_OF_STORES.has(line.method);
  const groupsOf = ({ locationId, orderId }: SaleLine): string[] =>
    how.by === "all" ? ["all"] : [...new Set([locationId, how.askedAt.get(orderId) ?? ""])].filter(Boolean);
  const credited = filterSales(lines, filter).flatMap((line) =>
    groupsOf(line).map((group) => ({ group, line })),
  );
  return [...groupBy(credited, ({ group }) => group)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([group, ofGroup]) => {
      const own = ofGroup.map(({ line }) => line);
      const shared = own.filter((line) => isOfStore(line) && isOnline(line));
      const ordersOf = (some: readonly SaleLine[]) =>
        countDistinct(
          some.filter((line) => isPurchase(line, filter.countsFree)),
          ({ orderId }) => orderId,
        );
      return {
        group,
        orders: ordersOf(own),
        net_sales: sumMicros(own),
        store_net_sales: sumMicros(own.filter(isOfStore)),
        online_net_sales: sumMicros(own.filter(isOnline)),
        shared_net_sales: sumMicros(shared),
        shared_orders: ordersOf(shared),
        saved_orders: ordersOf(own.filter(isSaved)),
        saved_net_sales: sumMicros(own.filter(isSaved)),
      };
    });
}
