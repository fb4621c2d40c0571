import { formatDay } from "../../../dashboard/src/format/day.ts";
import { formatMoney } from "../../../dashboard/src/format/money.ts";
import { formatInstant, formatProbability, formatWhole } from "../../../dashboard/src/format/number.ts";
import { reasonWords } from "../../../dashboard/src/returns/return-words.ts";
import type { PersonValue } from "../../../domain/api/lifetime-value.ts";
import type { CustomerPurchases } from "../../../domain/customers/customer-purchases.ts";
import type { Return } from "../../../domain/returns/return.ts";
import { english } from "./live-context.ts";
import { type LiveTable, liveTable, orDash, pageOf } from "./live-table.ts";

/** What came back: units with their reason, then its items; and how the units are. */
const returns = liveTable<Return>({
  label: "Returns",
  on: /^\/returns$/,
  asks: pageOf(() => "/v1/returns?limit=50"),
  cells: {
    "What came back": ({ lines }, { product }) =>
      lines
        .map(({ gtin, quantity, reason, items }) => {
          const named = items.slice(0, 3).map(({ epc }) => epc);
          const more = items.length > 3 ? `${items.length - 3} more items` : "";
          const why = reasonWords(english)[reason];
          return `${product(gtin)} ${formatWhole(quantity)} × · ${why}${named.join("")}${more}`;
        })
        .join(""),
    State: null,
    Bought: null,
    "Came back to": ({ locationId }, { place }) => place(locationId),
    Exchange: ({ exchangeOrderId }) => exchangeOrderId ?? "–",
    When: ({ takenAt, createdAt }, { age }) => age(takenAt ?? createdAt),
  },
});

const expected = ({ value, currency }: PersonValue) => (value === null ? "–" : formatMoney(value, currency));
const within = ({ interval, currency }: PersonValue) =>
  interval === null
    ? "–"
    : `${formatMoney(interval.lower, currency)} – ${formatMoney(interval.upper, currency)}`;

const largestExpected = liveTable<PersonValue>({
  label: "Of whom the most is expected",
  on: /^\/customers$/,
  asks: async (context) => (await pageOf<PersonValue>(() => "/v1/lifetime-value")(context, [])).slice(0, 20),
  cells: {
    Customer: null,
    "Expected in 12 months": expected,
    "95 % interval": within,
    "Buys again": ({ alive }) => orDash(alive, formatProbability),
  },
});

const purchases = liveTable<CustomerPurchases["orders"][number]>({
  label: "Orders and returns",
  on: /^\/customers\/([^/]+)$/,
  asks: async ({ ask }, [id]) =>
    (await ask<CustomerPurchases>("GET", `/v1/customers/${id}/purchases`)).orders,
  cells: {
    Order: ({ orderId, source }) => `${orderId}${source}`,
    Channel: null,
    Where: ({ locationIds }, { place }) => locationIds.map(place).join(", ") || "–",
    Units: ({ units }) => formatWhole(units),
    "Came back": ({ unitsBack }) => formatWhole(unitsBack),
    Net: ({ net, currency }) => formatMoney(net, currency),
    When: ({ orderedAt }) => formatInstant(Date.parse(orderedAt)),
  },
});

/** What was brought so far, and what is expected, by currency. */
const customerFacts: LiveTable = {
  label: "Facts",
  on: /^\/customers\/([^/]+)$/,
  heads: ["Fact", "Value"],
  async lines({ ask }, [id]) {
    const { values } = await ask<CustomerPurchases>("GET", `/v1/customers/${id}/purchases`);
    const predicted = await ask<{ items: PersonValue[] }>("GET", `/v1/lifetime-value?personId=${id}`);
    const when = (instant: string | null) => (instant === null ? "–" : formatInstant(Date.parse(instant)));
    return [
      ...values.flatMap((value) => [
        ["Lifetime value, historic", formatMoney(value.net, value.currency)],
        ["Sales", formatMoney(value.sales, value.currency)],
        ["Came back", formatMoney(value.returns, value.currency)],
        ["Orders", formatWhole(value.orders)],
        ["Channels", null],
        ["First bought", when(value.firstAt)],
        ["Last bought", when(value.lastAt)],
      ]),
      ...predicted.items.flatMap((value) => [
        ["Lifetime value, predicted", expected(value)],
        ["95 % interval", within(value)],
        ["Buys again", orDash(value.alive, formatProbability)],
        ["As of", formatDay(value.asOf)],
      ]),
    ];
  },
};

/** The lists of live pages of what customers brought, and brought back. */
export const LIVE_CUSTOMERS: readonly LiveTable[] = [returns, largestExpected, purchases, customerFacts];
