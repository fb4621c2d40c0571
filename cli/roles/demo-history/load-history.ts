import { setImmediate as breathe } from "node:timers/promises";
import type { History } from "../../../simulators/history/create-history.ts";
import type { Database } from "../../../sql/database.ts";
import { formatRows } from "../../../sql/tab-separated.ts";
import { offerTable, toCustomerTables } from "./customer-rows-of-history.ts";
import { toTables } from "./history-rows.ts";
import type { TableRows } from "./table-rows.ts";

export type HistoryProgress = { share: number; orders: number; lines: number };

/** Rows of one table that are written at once. */
const ROWS_PER_INSERT = 30_000;

/**
 * Writes the past into tables that no stock follows from. It gives way to others every few milliseconds, so that it may run
 * beside a system that answers. Rejects where ClickHouse does, or when the signal is aborted; what was written by then stays.
 */
export async function loadHistory(deps: {
  db: Database;
  history: History;
  nowMs: number;
  signal: AbortSignal;
  onProgress?(progress: HistoryProgress): void;
}): Promise<HistoryProgress> {
  const { history, signal } = deps;
  const { context } = history;
  const version = deps.nowMs * 1000;
  const writer = createBulkWriter(deps.db);
  await writer.add(offerTable({ context }));
  let progress: HistoryProgress = { share: 0, orders: 0, lines: 0 };
  for (const { block, share } of history.blocks()) {
    await breathe();
    signal.throwIfAborted();
    for (const table of toCustomerTables(block)) await writer.add(table);
    for (const table of toTables(block, { context, version })) await writer.add(table);
    progress = {
      share,
      orders: progress.orders + block.orders.length,
      lines: progress.lines + block.orders.reduce((sum, order) => sum + order.lines.length, 0),
    };
    deps.onProgress?.(progress);
  }
  await writer.end();
  return progress;
}

/** Collects rows by table: ClickHouse takes few large inserts far better than many small ones. */
function createBulkWriter(db: Database) {
  // Bytes, not texts: a text that is put together piece by piece keeps all of its pieces alive until it is read.
  const waiting = new Map<string, { columns: readonly string[]; pieces: Buffer[]; rows: number }>();

  async function flush(table: string): Promise<void> {
    const found = waiting.get(table);
    if (found === undefined || found.rows === 0) return;
    waiting.delete(table);
    const rows = Buffer.concat(found.pieces).toString("utf8");
    await db.insert({ name: `demo-history/${table}`, table, columns: found.columns, rows });
  }

  return {
    async add({ table, columns, rows }: TableRows): Promise<void> {
      const found = waiting.get(table) ?? { columns, pieces: [], rows: 0 };
      waiting.set(table, found);
      found.pieces.push(Buffer.from(formatRows(rows), "utf8"));
      found.rows += rows.length;
      if (found.rows >= ROWS_PER_INSERT) await flush(table);
    },
    async end(): Promise<void> {
      for (const table of waiting.keys()) await flush(table);
    },
  };
}
