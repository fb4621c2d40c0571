import type { TaskCaller, Work } from "./decide-task.ts";
import { changedTask, newTask, newTaskLine, type TaskContext } from "./new-task.ts";
import { MAX_TASK_NOTES, type Task, type TaskLine, type TaskNote } from "./task.ts";
import { refuseTask, type TaskDecision } from "./task-decision.ts";
import type { TaskChange } from "./task-event.ts";
import { type LineUnits, unitsOfCommand } from "./units-of-command.ts";

/**
 * Work that was done in the store and came too late to count: the task had ended, or somebody else does it. It is refused with
 * what the task is now, and noted there for a person. Units that were picked for nothing go back to the shelf: those of a task that
 * was cancelled, and items that nobody else scanned.
 */
export function lateWork(
  context: TaskContext,
  task: Task,
  command: Work,
  caller: TaskCaller,
  detail: string,
): TaskDecision {
  const refusal = { code: "task_state", detail } as const;
  if (task.notes.length >= MAX_TASK_NOTES) return refuseTask(refusal);
  const units = unitsNow(task, command);
  const followUp = returnTask(context, task, command, caller, units);
  const occurredMs = command.occurredAt === undefined ? context.nowMs : Date.parse(command.occurredAt);
  const note: TaskNote = {
    kind: "conflict",
    at: new Date(context.nowMs).toISOString(),
    occurredAt: new Date(Math.min(occurredMs, context.nowMs)).toISOString(),
    actor: caller.actor,
    text: wordsOf(command, units).slice(0, 1_000),
    isSettled: false,
    followUp: followUp?.taskId ?? null,
  };
  const noted = changedTask(task, context.nowMs, { notes: [...task.notes, note] });
  const changes: TaskChange[] = [{ kind: "conflicted", task: noted }];
  if (followUp !== null) changes.push({ kind: "created", task: followUp });
  return refuseTask(refusal, changes);
}

/** The units that the command meant: those it names, whatever others did meanwhile, else what was still to do. */
function unitsNow(task: Task, command: Work): LineUnits[] {
  if (command.lines === undefined) {
    const open = unitsOfCommand(task, undefined);
    return open.ok ? open.units : [];
  }
  const untouched = {
    ...task,
    lines: task.lines.map((line) => ({ ...line, done: 0, short: 0, doneEpcs: [] })),
  };
  const found = unitsOfCommand(untouched, command.lines);
  return found.ok ? found.units : [];
}

function returnTask(
  context: TaskContext,
  task: Task,
  command: Work,
  caller: TaskCaller,
  units: readonly LineUnits[],
): Task | null {
  if (task.kind !== "pick" || command.command === "short") return null;
  // All that is open, of a task that is gone: nobody knows how much that was.
  if (command.lines === undefined && task.state !== "cancelled") return null;
  const lines = units.flatMap(({ line, quantity, epcs }): TaskLine[] => {
    const known = task.lines.find((one) => one.lineId === line.lineId)?.doneEpcs ?? [];
    const surplus = epcs.filter((epc) => !known.includes(epc));
    const back = task.state === "cancelled" ? quantity - (epcs.length - surplus.length) : surplus.length;
    if (back <= 0) return [];
    const { lineId, gtin, productName } = line;
    return [newTaskLine({ lineId, gtin, productName, quantity: back, epcs: surplus })];
  });
  if (lines.length === 0) return null;
  return newTask(context, {
    kind: "return_to_shelf",
    cause: `late/${task.taskId}/${caller.commandId}`,
    locationId: task.locationId,
    orderId: task.orderId,
    fulfilmentId: task.fulfilmentId,
    method: task.method,
    channel: task.channel,
    lines,
  });
}

function wordsOf(command: Work, units: readonly LineUnits[]): string {
  const what = units.map(({ line, quantity, epcs }) => {
    const items = epcs.length === 0 ? "" : ` (${epcs.join(", ")})`;
    return `${quantity} × ${line.gtin}${items}`;
  });
  const reason = command.command === "short" ? ` ${command.reason}` : "";
  const said = command.note === undefined ? "" : `: ${command.note}`;
  return `${command.command}${reason} ${what.join(", ")}${said}`.trim();
}
