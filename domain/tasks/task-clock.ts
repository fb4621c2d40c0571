import type { Task, TaskKind } from "./task.ts";
import { isLiveTask } from "./task.ts";
import type { TaskChange } from "./task-event.ts";
import type { TaskSettings } from "./task-settings.ts";

const MINUTE_MS = 60_000;
/** Nothing is beyond it: who was told twice has to be told by a person. */
const LAST_LEVEL = 2;

/** Has its time come, and is something left to do? */
export function isOverdue(task: Task, nowMs: number): boolean {
  return isLiveTask(task) && task.dueAt !== null && nowMs >= Date.parse(task.dueAt);
}

/** When a task that starts now has to be done. A promise to a customer goes before the setting. Unix ms, null for never. */
export function dueMs(
  kind: TaskKind,
  facts: { startsMs: number; promisedMs: number | null; isCollected: boolean },
  settings: TaskSettings,
): number | null {
  if (kind === "hand_over" && facts.isCollected) return null;
  const { dueMinutes } = settings.clocks[kind];
  const isPromised = kind === "pick" || kind === "stage";
  if (isPromised && facts.promisedMs !== null && facts.promisedMs > facts.startsMs) return facts.promisedMs;
  return dueMinutes === null ? null : facts.startsMs + dueMinutes * MINUTE_MS;
}

/**
 * Reminders and escalations of a task whose time has come, at most one of each: decided from the times that the task carries,
 * so that asking again, here or after a restart, gives nothing a second time.
 */
export function clockChanges(task: Task, settings: TaskSettings, nowMs: number): TaskChange[] {
  if (!isLiveTask(task) || !isPressing(task)) return [];
  const changes: TaskChange[] = [];
  let current = task;
  const at = new Date(nowMs).toISOString();
  if (nowMs >= nextReminderMs(current, settings)) {
    current = { ...current, reminders: current.reminders + 1, remindedAt: at };
    current = { ...current, changedAt: at, version: current.version + 1 };
    changes.push({ kind: "reminded", task: current });
  }
  if (nowMs >= nextEscalationMs(current, settings)) {
    current = { ...current, escalation: current.escalation + 1, escalatedAt: at };
    current = { ...current, changedAt: at, version: current.version + 1 };
    changes.push({ kind: "escalated", task: current });
  }
  return changes;
}

/** A hand-over that waits for the customer's own time presses nobody. */
function isPressing({ kind, dueAt }: Task): boolean {
  return kind !== "hand_over" || dueAt !== null;
}

function nextReminderMs(task: Task, settings: TaskSettings): number {
  if (task.reminders >= settings.maxReminders) return Number.POSITIVE_INFINITY;
  const { remindAfterMinutes, remindEveryMinutes } = settings.clocks[task.kind];
  const firstMs =
    task.state === "open" ? Date.parse(task.startsAt) + remindAfterMinutes * MINUTE_MS : overdueMs(task);
  if (task.remindedAt === null) return firstMs;
  return Math.max(firstMs, Date.parse(task.remindedAt) + remindEveryMinutes * MINUTE_MS);
}

function nextEscalationMs(task: Task, settings: TaskSettings): number {
  if (task.escalation >= LAST_LEVEL) return Number.POSITIVE_INFINITY;
  const { escalateAfterMinutes, escalateAgainMinutes } = settings.clocks[task.kind];
  const untakenMs =
    task.state === "open"
      ? Date.parse(task.startsAt) + escalateAfterMinutes * MINUTE_MS
      : Number.POSITIVE_INFINITY;
  const firstMs = Math.min(untakenMs, overdueMs(task));
  if (task.escalatedAt === null) return firstMs;
  return Math.max(firstMs, Date.parse(task.escalatedAt) + escalateAgainMinutes * MINUTE_MS);
}

function overdueMs({ dueAt }: Task): number {
  return dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt);
}
