import { dateOfDay } from "../../../domain/time-zone/local-clock.ts";
import type { HistoryBlock } from "../../../simulators/history/create-history.ts";
import type { PastContext } from "../../../simulators/history/past-context.ts";
import type { PastLine, PastOrder } from "../../../simulators/history/past-order.ts";
import type { Cell } from "../../../sql/database.ts";

/** The name of the demo's past in the columns `source`. */
export const HISTORY_SOURCE = "history";

export type TableRows = { table: string; columns: readonly string[]; rows: Cell[][] };

/** What the rows are made with. `version` is that of imported rows: Unix µs of this writing. */
export type RowDeps = {
  context: PastContext;
  version: number;
};

const at = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString();
const money = (cents: number): string => (cents / 100).toFixed(2);
const fulfilmentId = (no: number): string => (no === 0 ? "" : `f${no}`);

/** The rows of a block, table by table; a table without rows is left out. */
export function toTables(block: HistoryBlock, deps: RowDeps): TableRows[] {
  const lived = block.orders.filter(({ fulfilments }) => fulfilments.length > 0);
  const tables = [
    orderLines(block.orders, deps),
    orders(lived, deps),
    fulfilments(lived, deps),
    orderUnits(lived, deps),
    orderSteps(lived),
    returns(block.orders, deps),
    misses(block, deps),
    countLines(block, deps),
    stockDays(block, deps),
    answers(block, deps),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function locationOf({ context }: RowDeps, location: number): string {
  return context.options.locations[location]?.locationId ?? "";
}

/** As a number, which has no zeros before it. */
function gtinOf({ context }: RowDeps, product: number): number {
  return Number(context.products[product]?.gtin ?? "0");
}

const currencyOf = ({ context }: RowDeps): string => context.options.locations[0]?.currency ?? "EUR";
const recordOf = (order: PastOrder): string => order.customer?.customerId ?? "";

/** As an import would have it: what was handed over, at the price that was paid, and what came back as lines of their own. */
function orderLines(all: readonly PastOrder[], deps: RowDeps): TableRows {
  const rows: Cell[][] = [];
  const add = (
    order: PastOrder,
    line: PastLine,
    part: { lineNo: number; units: number; ms: number; where: number },
  ) =>
    rows.push([
      HISTORY_SOURCE,
      order.orderId,
      part.lineNo,
      part.units < 0 ? "return" : "sale",
      order.channel,
      line.method,
      locationOf(deps, part.where),
      order.customer?.externalId ?? "",
      "",
      "",
      gtinOf(deps, line.product),
      "",
      part.units,
      money(line.unitPriceCents - line.unitDiscountCents),
      currencyOf(deps),
      at(part.ms),
      deps.version,
    ]);
  for (const order of all) {
    for (const line of order.lines) {
      if (line.handedOver === 0) continue;
      add(order, line, {
        lineNo: line.lineNo,
        units: line.handedOver,
        ms: order.placedAtMs,
        where: line.location,
      });
    }
    for (const back of order.returns) {
      const line = order.lines[back.lineNo - 1];
      if (line === undefined) continue;
      const lineNo = order.lines.length + back.lineNo;
      add(order, line, { lineNo, units: -back.quantity, ms: back.returnedAtMs, where: back.location });
    }
  }
  const columns = [
    ...["source", "order_id", "line_no", "line_type", "channel", "method", "location_id", "customer_id"],
    ...[
      "country",
      "code",
      "gtin",
      "description",
      "quantity",
      "unit_price",
      "currency",
      "ordered_at",
      "version",
    ],
  ];
  return { table: "order_lines", columns, rows };
}

function orders(lived: readonly PastOrder[], deps: RowDeps): TableRows {
  return {
    table: "history_orders",
    columns: [
      ...["source", "order_id", "status", "channel", "customer_id", "currency", "origin_kind", "origin_id"],
      ...["placed_at", "changed_at"],
    ],
    rows: lived.map((order) => [
      HISTORY_SOURCE,
      order.orderId,
      order.status,
      order.channel,
      recordOf(order),
      currencyOf(deps),
      order.origin?.kind ?? "",
      order.origin?.id ?? "",
      at(order.placedAtMs),
      at(order.steps.at(-1)?.atMs ?? order.placedAtMs),
    ]),
  };
}

const TIMES = [
  ...(["allocated", "sent_to_store", "accepted", "picking", "ready", "arrived", "collected"] as const),
  ...(["shipped", "delivered", "short", "cancelled", "no_show"] as const),
];

function fulfilments(lived: readonly PastOrder[], deps: RowDeps): TableRows {
  return {
    table: "history_fulfilments",
    columns: [
      ...["source", "order_id", "fulfilment_id", "channel", "customer_id", "placed_at", "location_id"],
      ...["method", "status", "promised_ready_at", "hold_until"],
      ...TIMES.map((status) => `${status}_at`),
    ],
    rows: lived.flatMap((order) =>
      order.fulfilments.map((one): Cell[] => [
        HISTORY_SOURCE,
        order.orderId,
        fulfilmentId(one.no),
        order.channel,
        recordOf(order),
        at(order.placedAtMs),
        locationOf(deps, one.location),
        one.method,
        one.status,
        at(one.promisedReadyAtMs),
        at(one.holdUntilMs),
        ...TIMES.map((status) => at(one.times[status])),
      ]),
    ),
  };
}

function orderUnits(lived: readonly PastOrder[], deps: RowDeps): TableRows {
  return {
    table: "history_order_units",
    columns: [
      ...["source", "order_id", "line_no", "fulfilment_id", "channel", "customer_id", "placed_at", "status"],
      ...["method", "location_id", "gtin", "requested", "quantity", "picked", "short", "cancelled"],
      ...["handed_over", "returned", "unit_price", "discount", "currency", "offer_id", "instead_of"],
      "promised_ready_at",
    ],
    rows: lived.flatMap((order) =>
      order.lines.map((line): Cell[] => [
        HISTORY_SOURCE,
        order.orderId,
        line.lineNo,
        fulfilmentId(line.fulfilmentNo),
        order.channel,
        recordOf(order),
        at(order.placedAtMs),
        line.status,
        line.method,
        locationOf(deps, line.location),
        gtinOf(deps, line.product),
        line.quantity,
        line.quantity,
        line.picked,
        line.short,
        line.cancelled,
        line.handedOver,
        line.returned,
        money(line.unitPriceCents),
        money(line.unitDiscountCents * line.quantity),
        currencyOf(deps),
        line.offerId,
        line.insteadOf,
        at(line.promisedReadyAtMs),
      ]),
    ),
  };
}

function orderSteps(lived: readonly PastOrder[]): TableRows {
  return {
    table: "history_order_steps",
    columns: [
      ...["source", "order_id", "step_no", "channel", "kind", "at", "actor_kind", "actor_id"],
      ...["fulfilment_id", "line_no", "quantity", "cause"],
    ],
    rows: lived.flatMap((order) =>
      order.steps.map((step, index): Cell[] => [
        HISTORY_SOURCE,
        order.orderId,
        index + 1,
        order.channel,
        step.kind,
        at(step.atMs),
        step.actor,
        step.actorId,
        fulfilmentId(step.fulfilmentNo),
        step.lineNo,
        step.quantity,
        step.cause ?? "",
      ]),
    ),
  };
}

function returns(all: readonly PastOrder[], deps: RowDeps): TableRows {
  return {
    table: "history_returns",
    columns: [
      ...["source", "return_id", "order_id", "line_no", "customer_id", "channel", "way", "location_id"],
      ...["gtin", "quantity", "state", "returned_at", "sellable_at", "exchange_order_id"],
    ],
    rows: all.flatMap((order) =>
      order.returns.map((back): Cell[] => [
        HISTORY_SOURCE,
        back.returnId,
        order.orderId,
        back.lineNo,
        recordOf(order),
        order.channel,
        back.way,
        locationOf(deps, back.location),
        gtinOf(deps, order.lines[back.lineNo - 1]?.product ?? -1),
        back.quantity,
        back.state,
        at(back.returnedAtMs),
        at(back.sellableAtMs),
        back.exchangeOrderId,
      ]),
    ),
  };
}

function misses({ misses: all }: HistoryBlock, deps: RowDeps): TableRows {
  return {
    table: "history_misses",
    columns: ["source", "miss_id", "location_id", "gtin", "at", "saved_order_id"],
    rows: all.map((miss) => [
      HISTORY_SOURCE,
      miss.missId,
      locationOf(deps, miss.location),
      gtinOf(deps, miss.product),
      at(miss.atMs),
      miss.savedOrderId,
    ]),
  };
}

function countLines({ counts }: HistoryBlock, deps: RowDeps): TableRows {
  return {
    table: "history_count_lines",
    columns: [
      ...["source", "count_id", "location_id", "gtin", "counted_at", "book", "counted", "items_read"],
      "unit_cost",
    ],
    rows: counts.map((line) => [
      HISTORY_SOURCE,
      line.countId,
      locationOf(deps, line.location),
      gtinOf(deps, line.product),
      at(line.countedAtMs),
      line.book,
      line.counted,
      line.itemsRead,
      money(deps.context.products[line.product]?.costCents ?? 0),
    ]),
  };
}

function stockDays({ stockDays: all }: HistoryBlock, deps: RowDeps): TableRows {
  return {
    table: "history_stock_days",
    columns: [
      ...["source", "day", "location_id", "gtin", "on_hand", "received", "sold", "returned", "adjusted"],
    ],
    rows: all.map((day) => [
      HISTORY_SOURCE,
      dateOfDay(day.day),
      locationOf(deps, day.location),
      gtinOf(deps, day.product),
      day.onHand,
      day.received,
      day.sold,
      day.returned,
      day.adjusted,
    ]),
  };
}

function answers({ answers: all }: HistoryBlock, deps: RowDeps): TableRows {
  return {
    table: "survey_answers",
    columns: [
      ...["source", "answer_id", "question", "score", "order_id", "customer_id", "channel", "location_id"],
      "at",
    ],
    rows: all.map((answer) => [
      HISTORY_SOURCE,
      answer.answerId,
      answer.question,
      answer.score,
      answer.order.orderId,
      recordOf(answer.order),
      answer.order.channel,
      locationOf(deps, answer.location),
      at(answer.atMs),
    ]),
  };
}
