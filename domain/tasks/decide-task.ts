import type { Actor } from "../orders/order-step.ts";
import { lateWork } from "./late-work.ts";
import { changedTask, endedTask, type TaskContext } from "./new-task.ts";
import { orderStepsOf } from "./order-steps-of.ts";
import { isLiveTask, MAX_SEEN_BY, MAX_TASK_NOTES, openUnits, type Task, type TaskNote } from "./task.ts";
import type { TaskCommand } from "./task-commands.ts";
import { refuseTask, type TaskDecision } from "./task-decision.ts";
import type { TaskChange, TaskEventKind } from "./task-event.ts";
import { stockWritesOf } from "./stock-writes.ts";
import { type LineUnits, unitsOfCommand } from "./units-of-command.ts";

/** Who sends a command: the key's device unless the command says better. `commandId` names what may follow from it. */
export type TaskCaller = { actor: Actor; device: string; commandId: string };

/**
 * What a command does to a task, and asks of its order before. Nothing is changed by asking for what is so already. Work on a task
 * that has ended, or that somebody else does, is refused `task_state`; what was done is noted on it.
 */
export function decideTask(
  context: TaskContext,
  task: Task,
  command: TaskCommand,
  caller: TaskCaller,
): TaskDecision {
  const actor = command.actor ?? caller.actor;
  switch (command.command) {
    case "seen":
      return decideSeen(context, task, command, command.device ?? caller.device);
    case "accept":
      return decideAccept(context, task, command, actor);
    case "release":
      return decideRelease(context, task, actor);
    case "comment":
      return decideComment(context, task, command, actor);
    case "progress":
    case "done":
    case "short":
      return decideWork(context, task, command, { ...caller, actor });
    default:
      return command satisfies never;
  }
}

export type Work = Extract<TaskCommand, { command: "progress" | "done" | "short" }>;

function unchanged(task: Task): TaskDecision {
  return { ok: true, changes: [], task, order: [] };
}

function one(kind: TaskEventKind, task: Task): TaskDecision {
  return { ok: true, changes: [{ kind, task }], task, order: [] };
}

function decideSeen(context: TaskContext, task: Task, command: TaskCommand, device: string): TaskDecision {
  if (!isLiveTask(task) || task.seenBy.some((seen) => seen.device === device)) return unchanged(task);
  if (task.seenBy.length >= MAX_SEEN_BY) return unchanged(task);
  const at = instantOf(context, command.occurredAt);
  const seen = changedTask(task, context.nowMs, { seenBy: [...task.seenBy, { device, at }] });
  const isFirst = task.kind === "pick" && task.seenBy.length === 0 && task.state === "open";
  return {
    ok: true,
    changes: [{ kind: "seen", task: seen }],
    task: seen,
    order: isFirst ? [{ step: "sent", body: { actor: { kind: "device", id: device }, occurredAt: at } }] : [],
  };
}

function decideAccept(
  context: TaskContext,
  task: Task,
  command: Extract<TaskCommand, { command: "accept" }>,
  actor: Actor,
): TaskDecision {
  if (!isLiveTask(task)) return refuseTask({ code: "task_state", detail: `It is ${task.state}.` });
  if (isOwner(task, actor)) return unchanged(task);
  if (task.owner !== null && !command.takeOver) {
    return refuseTask({ code: "task_state", detail: `${task.owner.kind} ${task.owner.id} does it already.` });
  }
  const accepted = acceptedBy(context, task, actor, command.occurredAt);
  const { note } = command;
  const body = {
    actor,
    occurredAt: instantOf(context, command.occurredAt),
    ...(note === undefined ? {} : { note }),
  };
  return {
    ok: true,
    changes: [{ kind: "accepted", task: accepted }],
    task: accepted,
    order: task.kind === "pick" && task.acceptedAt === null ? [{ step: "accept", body }] : [],
  };
}

function acceptedBy(context: TaskContext, task: Task, owner: Actor, occurredAt: string | undefined): Task {
  const acceptedAt = task.acceptedAt ?? instantOf(context, occurredAt);
  return changedTask(task, context.nowMs, { state: "accepted", owner, acceptedAt });
}

function decideRelease(context: TaskContext, task: Task, actor: Actor): TaskDecision {
  if (task.state === "open") return unchanged(task);
  if (!isLiveTask(task)) return refuseTask({ code: "task_state", detail: `It is ${task.state}.` });
  if (!isOwner(task, actor)) {
    return refuseTask({
      code: "task_state",
      detail: `${task.owner?.kind} ${task.owner?.id} does it, not you.`,
    });
  }
  return one("released", changedTask(task, context.nowMs, { state: "open", owner: null }));
}

function decideComment(
  context: TaskContext,
  task: Task,
  command: Extract<TaskCommand, { command: "comment" }>,
  actor: Actor,
): TaskDecision {
  if (task.notes.length >= MAX_TASK_NOTES) {
    return refuseTask({ code: "invalid_request", detail: `A task has ${MAX_TASK_NOTES} notes at most.` });
  }
  const before = command.settles ? task.notes.map((note) => ({ ...note, isSettled: true })) : task.notes;
  const note: TaskNote = {
    kind: "comment",
    at: new Date(context.nowMs).toISOString(),
    occurredAt: instantOf(context, command.occurredAt),
    actor,
    text: command.text,
    isSettled: true,
    followUp: null,
  };
  return one("commented", changedTask(task, context.nowMs, { notes: [...before, note] }));
}

function decideWork(context: TaskContext, task: Task, command: Work, caller: TaskCaller): TaskDecision {
  const { actor } = caller;
  if (!isLiveTask(task)) {
    return lateWork(context, task, command, caller, `It is ${task.state} already.`);
  }
  if (task.owner !== null && !isOwner(task, actor)) {
    return lateWork(context, task, command, caller, `${task.owner.kind} ${task.owner.id} does it.`);
  }
  const found = unitsOfCommand(task, command.lines);
  if (!found.ok) return refuseTask(found.refusal);
  const { units } = found;
  if (command.command === "done" && needsProof(task) && command.code === undefined && !command.staffChecked) {
    const detail =
      "Handing over needs the pickup code, or staffChecked: true when staff made sure who it is.";
    return refuseTask({ code: "invalid_request", detail });
  }
  if (units.length === 0 && command.command !== "done") return unchanged(task);
  const taken = task.owner === null ? acceptedBy(context, task, actor, command.occurredAt) : task;
  const changes: TaskChange[] = taken === task ? [] : [{ kind: "accepted", task: taken }];
  const worked = workedOn(context, taken, command, units);
  changes.push(worked);
  return {
    ok: true,
    changes,
    task: worked.task,
    order: orderStepsOf({
      before: task,
      after: worked.task,
      command,
      units,
      actor,
      occurredAt: instantOf(context, command.occurredAt),
      staging: context.settingsOf(task.locationId).staging,
    }),
  };
}

/** The task with these units done or short: ended when the command says so and nothing is left. */
function workedOn(context: TaskContext, task: Task, command: Work, units: readonly LineUnits[]): TaskChange {
  const isShort = command.command === "short";
  const lines = task.lines.map((line) => {
    const part = units.find((unit) => unit.line.lineId === line.lineId);
    if (part === undefined) return line;
    if (isShort) return { ...line, short: line.short + part.quantity };
    return { ...line, done: line.done + part.quantity, doneEpcs: [...line.doneEpcs, ...part.epcs] };
  });
  const writes = isShort ? stockWritesOf(task, command, units, instantOf(context, command.occurredAt)) : [];
  const patch = {
    lines,
    stockWrites: [...task.stockWrites, ...writes],
    place: (command.command === "done" ? command.place : undefined) ?? task.place,
  };
  const isLeft = lines.some((line) => openUnits(line) > 0);
  if (command.command === "progress" || isLeft) {
    return { kind: "progressed", task: changedTask(task, context.nowMs, patch) };
  }
  const kind = lines.some((line) => line.done > 0) || lines.length === 0 ? "done" : "short";
  const endCause = isShort ? command.reason : null;
  return { kind, task: endedTask(task, context.nowMs, kind, { ...patch, endCause }) };
}

/** A customer takes the goods: it has to be the right one. */
function needsProof({ kind, method, orderId }: Task): boolean {
  const isHandOver = kind === "hand_over" || kind === "curbside_arrival";
  return orderId !== null && isHandOver && (method === "pickup" || method === "curbside");
}

function isOwner(task: Task, actor: Actor): boolean {
  return task.owner !== null && task.owner.kind === actor.kind && task.owner.id === actor.id;
}

/** When it happened: never later than now. */
function instantOf(context: TaskContext, occurredAt: string | undefined): string {
  const ms = occurredAt === undefined ? context.nowMs : Math.min(Date.parse(occurredAt), context.nowMs);
  return new Date(ms).toISOString();
}
