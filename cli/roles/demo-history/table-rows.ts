import type { PastContext } from "../../../simulators/history/past-context.ts";
import type { PastOrder } from "../../../simulators/history/past-order.ts";
import type { Cell } from "../../../sql/database.ts";

/** The name of the demo's past in the columns `source`. */
export const HISTORY_SOURCE = "history";

export type TableRows = { table: string; columns: readonly string[]; rows: Cell[][] };

/** What the rows are made with. `version` is that of imported rows: Unix µs of this writing. */
export type RowDeps = { context: PastContext; version: number };

/** Names of columns, with blanks between them. */
export function columnsOf(names: string): string[] {
  return names.trim().split(/\s+/);
}

export function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

export function locationOf({ context }: RowDeps, location: number): string {
  return context.options.locations[location]?.locationId ?? "";
}

/** As a number, which has no zeros before it. */
export function gtinOf({ context }: RowDeps, product: number): number {
  return Number(context.products[product]?.gtin ?? "0");
}

/** The record in `customer_events`; empty for a guest. */
export function recordOf(order: PastOrder): string {
  return order.customer?.customerId ?? "";
}
