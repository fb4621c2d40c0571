import type { StockEvent } from "../events/stock-event.ts";
import type { StockWrite, Task } from "./task.ts";
import type { TaskCommand } from "./task-commands.ts";
import type { LineUnits } from "./units-of-command.ts";

/** What units that could not be had say of stock; nothing when a till sold them: its sale says it. */
export function stockWritesOf(
  task: Task,
  command: Extract<TaskCommand, { command: "short" }>,
  units: readonly LineUnits[],
  occurredAt: string,
): StockWrite[] {
  const { reason } = command;
  if (reason === "sold_in_store") return [];
  return units.map(({ line, quantity, epcs }, index) => ({
    eventId: `${task.taskId}.short.${task.stockWrites.length + index + 1}`,
    gtin: line.gtin,
    quantity,
    reason,
    // Of items that the task is about, all of which are short, the items are known.
    epcs: epcs.length === 0 && line.epcs.length === quantity ? [...line.epcs] : epcs,
    occurredAt,
    status: "pending",
    detail: "",
  }));
}

/** The same as the event that the ledger takes. */
export function stockEventOf(task: Pick<Task, "taskId" | "orderId">, write: StockWrite): StockEvent {
  const { eventId, gtin, quantity, epcs, occurredAt } = write;
  const order = task.orderId === null ? "" : ` of order ${task.orderId}`;
  const base = { eventId, occurredAt, note: `${write.reason}: task ${task.taskId}${order}` };
  // An adjustment is about quantities: which item it was is left to the readers, which hear it no more. The write keeps the names.
  if (write.reason === "not_found") {
    return { type: "adjustment", ...base, lines: [{ gtin, quantity: -quantity, state: "sellable" }] };
  }
  const state = { from: "sellable", to: "damaged" } as const;
  const lines = epcs.map((epc) => ({ gtin, epc, quantity: 1, ...state }));
  const unnamed = quantity - epcs.length;
  if (unnamed > 0)
    return { type: "state_change", ...base, lines: [...lines, { gtin, quantity: unnamed, ...state }] };
  return { type: "state_change", ...base, lines };
}
