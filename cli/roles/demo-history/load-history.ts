import { setImmediate as breathe } from "node:timers/promises";
import type { History } from "../../../simulators/history/create-history.ts";
import type { Database } from "../../../sql/database.ts";
import { offerTable, toCustomerTables } from "./customer-rows-of-history.ts";
import { type TableRows, toTables } from "./history-rows.ts";

export type HistoryProgress = { share: number; orders: number; lines: number };

/**
 * Writes the past into tables that no stock follows from, block by block. Others take their turn in between: it may run
 * beside a system that answers. Rejects where ClickHouse does; what was written by then stays, which the demo throws away.
 */
export async function loadHistory(deps: {
  db: Database;
  history: History;
  nowMs: number;
  signal: AbortSignal;
  onProgress?(progress: HistoryProgress): void;
}): Promise<HistoryProgress> {
  const { db, history, signal } = deps;
  const { context } = history;
  const version = deps.nowMs * 1000;
  const write = async ({ table, columns, rows }: TableRows) =>
    await db.insert({ name: `demo-history/${table}`, table, columns, rows });
  await write(offerTable({ context }));
  let orders = 0;
  let lines = 0;
  let share = 0;
  for (const step of history.blocks()) {
    signal.throwIfAborted();
    await breathe();
    for (const table of [...toCustomerTables(step.block), ...toTables(step.block, { context, version })]) {
      await write(table);
      await breathe();
    }
    orders += step.block.orders.length;
    lines += step.block.orders.reduce((sum, order) => sum + order.lines.length, 0);
    share = step.share;
    deps.onProgress?.({ share, orders, lines });
  }
  return { share, orders, lines };
}
