import type { Logger } from "pino";
import type { Alert } from "../../domain/alert.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Task } from "../../domain/tasks/task.ts";
import type { TaskChange } from "../../domain/tasks/task-event.ts";
import type { TaskChangeMessage } from "../../domain/tasks/task-frames.ts";
import { toTaskAnswer } from "./task-answer.ts";
import type { TaskRole } from "./task-role.ts";

const ALERTS = {
  reminded: "task_reminder",
  escalated: "task_escalated",
  conflicted: "task_conflict",
} as const;

/**
 * Tells each location over MQTT of its tasks: every change when it is durable, and all that is open when this server begins. A
 * message that is lost is made up for by the list, or the next change.
 */
export function tellTasks(deps: {
  role: TaskRole;
  bus: MessageBus;
  root: string;
  logger: Logger;
  nowMs(): number;
}): void {
  const { role, bus, root, logger } = deps;

  function publish(topic: string, message: TaskChangeMessage | Alert): void {
    bus.publish(topic, JSON.stringify(message)).catch((error: unknown) => {
      logger.warn({ err: error, topic }, "a change of a task was not told; its list has it");
    });
  }

  function tell(change: TaskChangeMessage["change"], task: Task): void {
    publish(`${root}/${task.locationId}/tasks`, { change, task: toTaskAnswer(task, deps.nowMs(), null) });
  }

  role.onChanged((changes) => {
    for (const { kind, task } of changes) {
      tell(kind, task);
      const alert = alertOf({ kind, task });
      if (alert !== null) publish(`${root}/${task.locationId}/alerts`, alert);
    }
  });
  role.onSession(async (session) => {
    for (const task of session.book.live()) tell("known", task);
  });
}

function alertOf({ kind, task }: TaskChange): Alert | null {
  if (kind !== "reminded" && kind !== "escalated" && kind !== "conflicted") return null;
  const { taskId, kind: taskKind, orderId, dueAt, owner, escalation: level, locationId, version } = task;
  const at = task.changedAt;
  return {
    kind: ALERTS[kind],
    locationId,
    at,
    eventId: `${taskId}.${version}`,
    taskId,
    taskKind,
    orderId,
    dueAt,
    owner,
    level,
  };
}
