import { dueMs } from "./task-clock.ts";
import type { Task, TaskKind, TaskLine } from "./task.ts";
import type { TaskSettings } from "./task-settings.ts";

/** What decisions about tasks are made with. `nowMs` is the writer's clock; the others belong to a location. */
export type TaskContext = {
  nowMs: number;
  settingsOf(locationId: string): TaskSettings;
  /** When work that comes up now can begin: at once, or when the location opens next. Unix ms. */
  startOf(locationId: string): number;
  /** The id of the task of a cause: always the same. */
  taskIdOf(cause: string): string;
};

export type TaskFacts = Pick<Task, "kind" | "locationId" | "cause"> &
  Partial<Pick<Task, "orderId" | "fulfilmentId" | "method" | "channel" | "arrival" | "place" | "notes">> & {
    lines: TaskLine[];
    promisedReadyAt?: string | null;
  };

/** A task that is open from now on; its clock runs from when its location is open. */
export function newTask(context: TaskContext, facts: TaskFacts): Task {
  const { promisedReadyAt = null, ...own } = facts;
  const at = new Date(context.nowMs).toISOString();
  const startsMs = waitsForNobody(facts.kind) ? context.nowMs : context.startOf(facts.locationId);
  const due = dueMs(
    facts.kind,
    {
      startsMs,
      promisedMs: promisedReadyAt === null ? null : Date.parse(promisedReadyAt),
      isCollected: facts.method === "pickup" || facts.method === "curbside",
    },
    context.settingsOf(facts.locationId),
  );
  return {
    taskId: context.taskIdOf(facts.cause),
    state: "open",
    orderId: null,
    fulfilmentId: null,
    method: null,
    channel: null,
    createdAt: at,
    startsAt: new Date(startsMs).toISOString(),
    dueAt: due === null ? null : new Date(due).toISOString(),
    changedAt: at,
    acceptedAt: null,
    endedAt: null,
    owner: null,
    reminders: 0,
    remindedAt: null,
    escalation: 0,
    escalatedAt: null,
    arrival: null,
    place: null,
    seenBy: [],
    notes: [],
    stockWrites: [],
    endCause: null,
    version: 1,
    ...own,
  };
}

/** A line of which nothing is done yet. */
export function newTaskLine(
  facts: Pick<TaskLine, "lineId" | "gtin" | "quantity"> & Partial<TaskLine>,
): TaskLine {
  return { productName: "", done: 0, short: 0, cancelled: 0, epcs: [], doneEpcs: [], lastSeen: [], ...facts };
}

/** The task after a change. */
export function changedTask(task: Task, nowMs: number, patch: Partial<Task>): Task {
  return { ...task, ...patch, changedAt: new Date(nowMs).toISOString(), version: task.version + 1 };
}

/** The task at its end. */
export function endedTask(
  task: Task,
  nowMs: number,
  state: "done" | "short" | "cancelled",
  patch: Partial<Task> = {},
): Task {
  return changedTask(task, nowMs, { ...patch, state, endedAt: new Date(nowMs).toISOString() });
}

/** A customer who stands outside waits whatever the hours say. */
function waitsForNobody(kind: TaskKind): boolean {
  return kind === "curbside_arrival";
}
