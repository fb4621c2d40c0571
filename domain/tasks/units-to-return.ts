import type { Fulfilment, Order } from "../orders/order.ts";
import { newTaskLine } from "./new-task.ts";
import { isLiveTask, type Task, type TaskLine } from "./task.ts";

/**
 * Units that were set aside for a customer who does not get them: cancelled, not collected, or moved elsewhere since the newest
 * task of the fulfilment last looked. `own` are its tasks before this change, in the order of their making.
 *
 * Of a line: as many as were cancelled since, and no more than have left what is set aside.
 */
export function unitsToReturn(order: Order, fulfilment: Fulfilment, own: readonly Task[]): TaskLine[] {
  const newest = own.findLast((task) => task.kind !== "return_to_shelf");
  if (newest === undefined || !knowsWhatIsSetAside(newest)) return [];
  // Of what has ended without a next task, what goes back was said once.
  if (!isLiveTask(newest) && own.at(-1) !== newest) return [];
  return newest.lines.flatMap((line): TaskLine[] => {
    const ordered = order.lines.find(
      (one) => one.lineId === line.lineId && one.fulfilmentId === fulfilment.fulfilmentId,
    );
    const before = setAside(newest, line);
    const cancelled = ordered === undefined ? before : Math.max(0, ordered.cancelled - line.cancelled);
    const quantity = Math.min(cancelled, before - (ordered?.picked ?? 0));
    if (quantity <= 0) return [];
    const epcs = newest.kind === "pick" ? line.doneEpcs : line.epcs;
    const named = epcs.length === quantity ? [...epcs] : [];
    const { lineId, gtin, productName } = line;
    return [newTaskLine({ lineId, gtin, productName, quantity, epcs: named })];
  });
}

/** What ended otherwise was looked at when it ended. */
function knowsWhatIsSetAside(task: Task): boolean {
  return isLiveTask(task) || (task.state === "done" && (task.kind === "pick" || task.kind === "stage"));
}

function setAside({ kind, state }: Task, line: TaskLine): number {
  if (kind === "pick") return line.done;
  // A stage task that is done has laid ready what it was for.
  if (kind === "stage" && state === "done") return line.quantity - line.short;
  return line.quantity - line.done - line.short;
}
