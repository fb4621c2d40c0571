import { formatDuration } from "../../../dashboard/src/format/duration.ts";
import { formatMoney } from "../../../dashboard/src/format/money.ts";
import { formatInstant, formatWhole } from "../../../dashboard/src/format/number.ts";
import { attentionWords, causesText } from "../../../dashboard/src/home/attention-words.ts";
import { taskKindWords } from "../../../dashboard/src/tasks/task-words.ts";
import type { AttentionItem } from "../../../domain/api/attention.ts";
import type { Order, OrderLine } from "../../../domain/orders/order.ts";
import type { Reservation } from "../../../domain/reservations/reservation.ts";
import type { TaskAnswer } from "../../../domain/tasks/task.ts";
import { type LiveContext, english } from "./live-context.ts";
import { type LiveTable, liveTable, pageOf } from "./live-table.ts";

type Amounts = readonly { amount: string; currency: string }[];

const money = (amounts: Amounts) =>
  amounts.map(({ amount, currency }) => formatMoney(amount, currency)).join(" + ");

const unitsOf = (lines: readonly { quantity: number }[]) =>
  formatWhole(lines.reduce((units, { quantity }) => units + quantity, 0));

const untilOf = ({ expiresAt, holdUntil }: Reservation, { left }: LiveContext) =>
  left(expiresAt ?? holdUntil);

const namesOf = (lines: Reservation["lines"], { product }: LiveContext) =>
  `${product(lines[0]?.gtin ?? "")}${lines.length > 1 ? ` and ${formatWhole(lines.length - 1)} more` : ""}`;

const needs = liveTable<AttentionItem>({
  label: "What needs you",
  on: /^\/$/,
  asks: async (context) => (await pageOf<AttentionItem>(() => "/v1/attention")(context, [])).slice(0, 8),
  cells: {
    Count: ({ count }) => formatWhole(count),
    What: ({ kind }) => attentionWords(english, kind).title,
    Where: (item, { place }) => {
      const causes = causesText(english, item);
      const where = item.locationId === null ? "Everywhere" : place(item.locationId);
      return causes === "" ? where : `${where} · ${causes}`;
    },
    Money: ({ atStake }) => money(atStake),
    Since: ({ since }, { age }) => (since === null ? "" : age(since)),
  },
});

const holds = liveTable<Reservation>({
  label: "Holds",
  on: /^\/holds$/,
  asks: pageOf(() => "/v1/reservations?limit=50"),
  cells: {
    Products: ({ lines }, context) =>
      `${namesOf(lines, context)}${[...new Set(lines.map(({ locationId }) => context.place(locationId)))].join(", ")}`,
    Units: ({ lines }) => unitsOf(lines),
    State: null,
    Channel: ({ channel }) => channel,
    Granted: ({ createdAt }, { age }) => age(createdAt),
    "Time left": untilOf,
    Look: null,
  },
});

type Held = { hold: Reservation; line: Reservation["lines"][number] | undefined };

const productHolds = liveTable<Held>({
  label: "Holds",
  on: /^\/products\/([^/]+)$/,
  asks: async (context, [gtin]) => {
    const found = await pageOf<Reservation>(() => `/v1/reservations?gtin=${gtin}&limit=10`)(context, []);
    return found.map((hold) => ({ hold, line: hold.lines.find((line) => line.gtin === gtin) }));
  },
  cells: {
    Location: ({ line }, { place }) => place(line?.locationId ?? ""),
    Units: ({ line }) => formatWhole(line?.quantity ?? 0),
    State: null,
    Channel: ({ hold }) => hold.channel,
    "Time left": ({ hold }, context) => untilOf(hold, context),
  },
});

const orders = liveTable<Order>({
  label: "Orders",
  on: /^\/orders$/,
  asks: pageOf(() => "/v1/orders?limit=50"),
  cells: {
    Order: ({ orderId, lines }, { product }) =>
      `${orderId}${product(lines[0]?.gtin ?? "")}${lines.length > 1 ? ` and ${lines.length - 1} more` : ""}`,
    State: null,
    Where: null,
    Channel: ({ channel }) => channel,
    Units: ({ lines }) => unitsOf(lines),
    Placed: ({ placedAt }, { age }) => age(placedAt),
  },
});

const orderLines = liveTable<OrderLine & { currency: string }>({
  label: "Lines",
  on: /^\/orders\/([^/]+)$/,
  asks: async ({ ask }, [orderId]) => {
    const { lines, currency } = await ask<Order>("GET", `/v1/orders/${orderId}`);
    return lines.map((line) => Object.assign(line, { currency }));
  },
  cells: {
    Product: ({ gtin }, { product }) => `${product(gtin)}${gtin}`,
    Ordered: ({ quantity }) => formatWhole(quantity),
    Picked: ({ picked }) => formatWhole(picked),
    Short: ({ short }) => formatWhole(short),
    Cancelled: ({ cancelled }) => formatWhole(cancelled),
    "Handed over": ({ handedOver }) => formatWhole(handedOver),
    Returned: ({ returned }) => formatWhole(returned),
    Price: ({ unitPrice, currency }) => (unitPrice === null ? "–" : formatMoney(unitPrice, currency)),
  },
});

const orderFacts: LiveTable = {
  label: "Facts",
  on: /^\/orders\/([^/]+)$/,
  heads: ["Fact", "Value"],
  async lines({ ask }, [id]) {
    const order = await ask<Order>("GET", `/v1/orders/${id}`);
    return [
      ["State", null],
      ["Placed", formatInstant(Date.parse(order.placedAt))],
      ["Channel", order.channel],
      ["Told by", order.source],
      ["Customer", order.customerId ?? "Not known"],
      ...(order.origin === null ? [] : [["Came from", null]]),
    ];
  },
};

const tasks = liveTable<TaskAnswer>({
  label: "Store tasks",
  on: /^\/tasks$/,
  asks: pageOf(() => "/v1/tasks?limit=50"),
  cells: {
    Task: ({ kind, arrival, lines, orderId }) => {
      const [first] = lines;
      const name = first?.productName === "" ? first.gtin : first?.productName;
      const goods =
        lines.length === 1
          ? `${unitsOf(lines)} × ${name}`
          : `${name} and ${formatWhole(lines.length - 1)} more`;
      const bay = arrival?.bay == null ? "" : ` · bay ${arrival.bay}`;
      return `${taskKindWords(english, kind)}${bay}${goods}${orderId === null ? "" : ` · ${orderId}`}`;
    },
    Place: ({ locationId }, { place }) => place(locationId),
    State: null,
    By: ({ owner }) => owner?.id ?? "–",
    Age: ({ createdAt }, { age }) => age(createdAt),
    Due: ({ dueAt, endedAt, isOverdue }, { nowMs }) => {
      if (dueAt === null || (endedAt !== null && !isOverdue)) return "–";
      const duration = formatDuration(Math.abs(Math.round((Date.parse(dueAt) - nowMs) / 1000)));
      return isOverdue ? `${duration} overdue` : `in ${duration}`;
    },
    "Open it": null,
  },
});

const openTasks = liveTable<TaskAnswer>({
  label: "Open tasks",
  on: /^\/locations\/([^/]+)$/,
  asks: pageOf(([id]) => `/v1/tasks?location=${id}&limit=10`),
  cells: { Task: null, State: null, Waiting: ({ startsAt }, { age }) => age(startsAt) },
});

/** The lists of live pages of what is promised, and of who has to do something. */
export const LIVE_PROMISES: readonly LiveTable[] = [
  needs,
  holds,
  productHolds,
  orders,
  orderLines,
  orderFacts,
  tasks,
  openTasks,
];
