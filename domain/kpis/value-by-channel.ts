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

/**
 * K1 and K2 of the customers of each channel: those who bought in it in the window, or whose first purchase of all time was in it.
 * `predicted`: values by person. The channel with most customers first.
 */
export function valueByChannel(
  lines: readonly SaleLine[],
  filter: SaleFilter,
  { by, predicted }: { by: "bought" | "first"; predicted: ReadonlyMap<string, number> },
) {
  const firsts = firstChannels(lines, filter.countsFree);
  const customers = [...byPerson(filterSales(lines, filter))].flatMap(([person, own]) => {
    const bought = own.filter((line) => isPurchase(line, filter.countsFree));
    if (bought.length === 0) return [];
    const channels = [...new Set(bought.map(({ channel }) => channel))];
    return [
      {
        channels,
        groups: by === "first" ? [firsts.get(person) ?? ""] : channels,
        brought: unitsOfMoney(sumMicros(own)),
        predicted: predicted.get(person) ?? null,
      },
    ];
  });
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  return [...new Set(customers.flatMap(({ groups }) => groups))]
    .map((channel) => {
      const own = customers.filter(({ groups }) => groups.includes(channel));
      const several = own.filter(({ channels }) => channels.length > 1).length;
      const brought = own.map((one) => one.brought);
      const expected = own.flatMap((one) => one.predicted ?? []);
      return {
        channel,
        customers: own.length,
        several_channels_customers: several,
        several_channels_share: ratioOf(several, own.length),
        mean_revenue: ratioOf(sumOf(brought), own.length),
        median_revenue: quantileOf(brought, 0.5),
        predicted_customers: expected.length,
        mean_predicted: ratioOf(sumOf(expected), expected.length),
      };
    })
    .toSorted((one, other) => other.customers - one.customers || (one.channel < other.channel ? -1 : 1));
}

/** The channel of each person's first purchase of all time; of several at one instant, that of the least order and line. */
function firstChannels(lines: readonly SaleLine[], countsFree: boolean): Map<string, string> {
  const sorted = lines.toSorted(
    (one, other) =>
      one.atMs - other.atMs || (one.orderId === other.orderId ? 0 : one.orderId < other.orderId ? -1 : 1),
  );
  const firsts = new Map<string, string>();
  for (const line of sorted) {
    if (line.personId !== null && isPurchase(line, countsFree) && !firsts.has(line.personId))
      firsts.set(line.personId, line.channel);
  }
  return firsts;
}
