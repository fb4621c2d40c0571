import type { Logger } from "pino";
import type { Task } from "../../domain/tasks/task.ts";
import type { TaskChange, TaskEventKind } from "../../domain/tasks/task-event.ts";
import type { WebhookEventType } from "../../domain/webhooks/webhook-event-types.ts";
import type { TellWebhooks, ToldEvent } from "../webhooks/tell-webhooks.ts";
import { toTaskAnswer } from "./task-answer.ts";
import type { TaskRole } from "./task-role.ts";

const TYPES: Partial<Record<TaskEventKind, WebhookEventType>> = {
  created: "task.created",
  accepted: "task.accepted",
  done: "task.done",
  short: "task.short",
  cancelled: "task.cancelled",
  reminded: "task.reminded",
  escalated: "task.escalated",
  conflicted: "task.conflicted",
};
/** Of what changed so shortly before a stop nobody knows whether it was told. */
const TOLD_AGAIN_MS = 60_000;

/** Tells webhooks of tasks as they change; what a stop may have cut off is told again, under the same ids. */
export function tellWebhooksOfTasks(deps: {
  role: TaskRole;
  tell: TellWebhooks;
  logger: Logger;
  nowMs(): number;
}): void {
  function tell(changes: readonly TaskChange[]): void {
    const events = changes.flatMap((change) => eventOf(change) ?? []);
    if (events.length === 0) return;
    deps.tell(events).catch((error: unknown) => {
      deps.logger.warn({ err: error, events: events.length }, "webhooks were not told of tasks");
    });
  }

  deps.role.onChanged(tell);
  deps.role.onSession(async (session) => {
    const sinceMs = deps.nowMs() - TOLD_AGAIN_MS;
    const recent = [...session.book.all()].filter((task) => Date.parse(task.changedAt) >= sinceMs);
    tell(recent.map((task) => ({ kind: lastKindOf(task), task })));
  });
}

function eventOf({ kind, task }: TaskChange): ToldEvent | null {
  const type = TYPES[kind];
  if (type === undefined) return null;
  const { taskId, version, changedAt, locationId, channel, lines } = task;
  return {
    eventId: `task ${taskId} ${version}`,
    type,
    at: changedAt,
    data: { task: toTaskAnswer(task, Date.parse(changedAt), null) },
    locationId,
    channel,
    gtins: lines.map((line) => line.gtin),
  };
}

/** What happened to a task last, as far as it shows. */
function lastKindOf(task: Task): TaskEventKind {
  const { changedAt, state } = task;
  if (task.version === 1) return "created";
  if (task.notes.at(-1)?.kind === "conflict" && task.notes.at(-1)?.at === changedAt) return "conflicted";
  if (task.endedAt === changedAt && (state === "done" || state === "short" || state === "cancelled"))
    return state;
  if (task.escalatedAt === changedAt) return "escalated";
  if (task.remindedAt === changedAt) return "reminded";
  return state === "accepted" && task.acceptedAt === changedAt ? "accepted" : "changed";
}
