import type { PastLine, PastOrder } from "../../../simulators/history/past-order.ts";
import type { Cell } from "../../../sql/database.ts";
import { instantText } from "./instant-text.ts";
import {
  columnsOf,
  gtinOf,
  HISTORY_SOURCE,
  locationOf,
  money,
  recordOf,
  type RowDeps,
  type TableRows,
} from "./table-rows.ts";

const at = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : instantText(ms);

const fulfilmentId = (no: number): string => (no === 0 ? "" : `f${no}`);
const currencyOf = ({ context }: RowDeps): string => context.options.locations[0]?.currency ?? "EUR";

/** The rows of orders: all that were bought as lines, those that somebody had to fulfil with their lives. */
export function orderTables(all: readonly PastOrder[], deps: RowDeps): TableRows[] {
  const lived = all.filter(({ fulfilments: parts }) => parts.length > 0);
  return [
    orderLines(all, deps),
    orders(lived, deps),
    fulfilments(lived, deps),
    orderUnits(lived, deps),
    orderSteps(lived),
  ];
}

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
  const columns = columnsOf(`
      source order_id line_no line_type channel method location_id customer_id country code gtin
      description quantity unit_price currency ordered_at version`);
  return { table: "order_lines", columns, rows };
}

function orders(lived: readonly PastOrder[], deps: RowDeps): TableRows {
  return {
    table: "history_orders",
    columns: columnsOf(`
      source order_id status channel customer_id currency origin_kind origin_id placed_at
      changed_at`),
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
      ...columnsOf(
        "source order_id fulfilment_id channel customer_id placed_at location_id method status promised_ready_at hold_until",
      ),
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
    columns: columnsOf(`
      source order_id line_no fulfilment_id channel customer_id placed_at status method
      location_id gtin requested quantity picked short cancelled handed_over returned unit_price
      discount currency offer_id instead_of promised_ready_at`),
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
    columns: columnsOf(`
      source order_id step_no channel kind at actor_kind actor_id fulfilment_id line_no quantity
      cause`),
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
