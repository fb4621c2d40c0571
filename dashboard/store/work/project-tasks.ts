import type { Actor } from "../../../domain/orders/order-step.ts";
import { decideTask } from "../../../domain/tasks/decide-task.ts";
import { newTask, newTaskLine, type TaskContext } from "../../../domain/tasks/new-task.ts";
import { isLiveTask, type TaskAnswer } from "../../../domain/tasks/task.ts";
import { taskMessageSchema } from "../../../domain/tasks/task-commands.ts";
import type { TaskDecision } from "../../../domain/tasks/task-decision.ts";
import { taskSettingsSchema } from "../../../domain/tasks/task-settings.ts";
import type { Action, OutboxEntry } from "../outbox/outbox-entry.ts";
import type { KnownTask } from "./known-task.ts";

/**
 * A task with what this device did to it and the server has not answered yet. `waiting`: actions on their way; `refused`: actions
 * that were not taken, to be read. `isForeseen`: the server has not made it yet, it follows from what waits.
 */
export type BoardTask = {
  task: TaskAnswer;
  heardAtMs: number;
  waiting: number;
  refused: OutboxEntry[];
  isForeseen: boolean;
};

const SETTINGS = taskSettingsSchema.parse({});
const NEXT = { pick: "stage", stage: "hand_over" } as const;

/** The address of the task that a fulfilment will have: it has no id before the server makes it. */
export function foreseenId(orderId: string, fulfilmentId: string, kind: string): string {
  return `next~${orderId}~${fulfilmentId}~${kind}`;
}

/** What an action does to a task, decided as the server will: by the same function. Only clocks and settings are the device's own. */
export function decideHere(task: TaskAnswer, action: Action, self: Actor): TaskDecision {
  const command = taskMessageSchema.parse({ ...action.body, command: action.command, eventId: action.key });
  const { eventId: commandId, ...wish } = command;
  return decideTask(contextAt(action.pressedAtMs), task, wish, { actor: self, device: self.id, commandId });
}

function contextAt(nowMs: number): TaskContext {
  return { nowMs, settingsOf: () => SETTINGS, startOf: () => nowMs, taskIdOf: (cause) => cause };
}

/** What people see: the tasks last heard of, with the actions that wait applied in their order, and the tasks that follow from them. */
export function projectTasks(
  known: readonly KnownTask[],
  entries: readonly OutboxEntry[],
  self: Actor,
): BoardTask[] {
  const board = new Map<string, BoardTask>();
  const keys = new Map<string, string | null>();
  for (const { task, heardAtMs, lastKey } of known) {
    board.set(task.taskId, { task, heardAtMs, waiting: 0, refused: [], isForeseen: false });
    keys.set(task.taskId, lastKey);
  }
  const foreseeAll = () => {
    for (const one of board.values()) {
      const isOwn = one.waiting > 0 || (keys.get(one.task.taskId) ?? null) !== null;
      const next = isOwn ? foresee(one) : null;
      if (next !== null && !hasAny(board, next.task)) board.set(next.task.taskId, next);
    }
  };
  for (const entry of entries) {
    const at = find(board, entry);
    if (at === undefined) continue;
    if (entry.refusal !== null) {
      at.refused.push(entry);
      continue;
    }
    at.waiting += 1;
    // What is known may be the answer to this very action.
    const decision = keys.get(at.task.taskId) === entry.key ? null : decideHere(at.task, entry, self);
    if (decision?.ok === true) at.task = { ...at.task, ...decision.task };
    foreseeAll();
  }
  foreseeAll();
  return [...board.values()];
}

function find(board: ReadonlyMap<string, BoardTask>, { target, sentTo }: OutboxEntry): BoardTask | undefined {
  if (sentTo !== null && board.has(sentTo)) return board.get(sentTo);
  if (target.by === "id") return board.get(target.taskId);
  return findNext([...board.values()], target);
}

/** The task of this kind of a fulfilment: the one that is there, else the one that is foreseen. */
export function findNext(
  board: readonly BoardTask[],
  wanted: { orderId: string; fulfilmentId: string; kind: string },
): BoardTask | undefined {
  const fits = board.filter(
    ({ task }) =>
      task.orderId === wanted.orderId &&
      task.fulfilmentId === wanted.fulfilmentId &&
      task.kind === wanted.kind,
  );
  return fits.find(({ task, isForeseen }) => isLiveTask(task) && !isForeseen) ?? fits.at(-1);
}

function hasAny(board: ReadonlyMap<string, BoardTask>, { orderId, fulfilmentId, kind }: TaskAnswer): boolean {
  return [...board.values()].some(
    ({ task }) => task.orderId === orderId && task.fulfilmentId === fulfilmentId && task.kind === kind,
  );
}

/** What comes after a task that was done here and is not known to be done there: goods that were picked are laid ready, and then handed over. */
function foresee({ task, heardAtMs }: BoardTask): BoardTask | null {
  const { kind, orderId, fulfilmentId } = task;
  if (kind !== "pick" && kind !== "stage") return null;
  if (task.state !== "done" || orderId === null || fulfilmentId === null) return null;
  const next = NEXT[kind];
  const lines = task.lines.flatMap(({ lineId, gtin, productName, done, doneEpcs }) =>
    done > 0 ? [newTaskLine({ lineId, gtin, productName, quantity: done, epcs: doneEpcs })] : [],
  );
  const made = newTask(contextAt(Date.parse(task.changedAt)), {
    kind: next,
    cause: foreseenId(orderId, fulfilmentId, next),
    locationId: task.locationId,
    orderId,
    fulfilmentId,
    method: task.method,
    channel: task.channel,
    place: task.place,
    arrival: task.arrival,
    lines,
  });
  const { ageSeconds: _age, ...rest } = task;
  const answer: TaskAnswer = { ...rest, ...made, ageSeconds: 0, isOverdue: false, needsPerson: false };
  return { task: answer, heardAtMs, waiting: 0, refused: [], isForeseen: true };
}
