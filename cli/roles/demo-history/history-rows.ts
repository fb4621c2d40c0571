import { dateOfDay } from "../../../domain/time-zone/local-clock.ts";
import type { HistoryBlock } from "../../../simulators/history/create-history.ts";
import type { Cell } from "../../../sql/database.ts";
import { instantText } from "./instant-text.ts";
import { orderTables } from "./order-rows.ts";
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

/** The rows of a block, table by table; a table without rows is left out. */
export function toTables(block: HistoryBlock, deps: RowDeps): TableRows[] {
  const tables = [
    ...orderTables(block.orders, deps),
    returns(block, deps),
    misses(block, deps),
    countLines(block, deps),
    stockDays(block, deps),
    answers(block, deps),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function returns({ orders: all }: HistoryBlock, deps: RowDeps): TableRows {
  return {
    table: "history_returns",
    columns: columnsOf(`
      source return_id order_id line_no customer_id channel way location_id gtin quantity state
      returned_at sellable_at exchange_order_id bought_location_id bought_method`),
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
        locationOf(deps, order.lines[back.lineNo - 1]?.location ?? -1),
        order.lines[back.lineNo - 1]?.method ?? "",
      ]),
    ),
  };
}

function misses({ misses: all }: HistoryBlock, deps: RowDeps): TableRows {
  return {
    table: "history_misses",
    columns: columnsOf("source miss_id location_id gtin at saved_order_id saved_location_id"),
    rows: all.map((miss) => [
      HISTORY_SOURCE,
      miss.missId,
      locationOf(deps, miss.location),
      gtinOf(deps, miss.product),
      at(miss.atMs),
      miss.savedOrderId,
      locationOf(deps, miss.savedLocation ?? -1),
    ]),
  };
}

function countLines({ counts }: HistoryBlock, deps: RowDeps): TableRows {
  return {
    table: "history_count_lines",
    columns: columnsOf("source count_id location_id gtin counted_at book counted items_read unit_cost"),
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
  const dates = new Map<number, string>();
  for (const { day } of all) if (!dates.has(day)) dates.set(day, dateOfDay(day));
  return {
    table: "history_stock_days",
    columns: columnsOf("source day location_id gtin on_hand received sold returned adjusted"),
    rows: all.map((day) => [
      HISTORY_SOURCE,
      dates.get(day.day) ?? "",
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
    columns: columnsOf("source answer_id question score order_id customer_id channel location_id at"),
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
