import { ApiProblem } from "../../../client/api-problem.ts";
import type { OnhandClient } from "../../../client/onhand-client.ts";
import { type TaskAnswer, taskAnswerSchema } from "../../../domain/tasks/task.ts";
import {
  acceptSchema,
  commentSchema,
  doneSchema,
  progressSchema,
  releaseTaskSchema,
  shortTaskSchema,
} from "../../../domain/tasks/task-commands.ts";
import type { OutboxEntry, Target } from "../outbox/outbox-entry.ts";

const MOST_TASKS = 1_000;
const PAGE = 200;
const LOOK_EVERY_MS = 500;
const MOST_LOOKS = 10;

/** What the store has to do, and what this device still has something to say of, by `wanted`. */
export async function readTasks(
  client: OnhandClient,
  location: string,
  wanted: readonly string[],
): Promise<TaskAnswer[]> {
  const found = new Map<string, TaskAnswer>();
  for (const filter of [{}, { needsPerson: true }]) {
    let cursor: string | null | undefined;
    do {
      const page = await client.tasks.list({
        location,
        limit: PAGE,
        ...filter,
        ...(typeof cursor === "string" ? { cursor } : {}),
      });
      for (const task of page.items) found.set(task.taskId, task);
      cursor = page.nextCursor;
    } while (typeof cursor === "string" && found.size < MOST_TASKS);
  }
  for (const taskId of new Set(wanted)) {
    if (!found.has(taskId)) await readOne(client, taskId, found);
  }
  return [...found.values()];
}

async function readOne(client: OnhandClient, taskId: string, found: Map<string, TaskAnswer>): Promise<void> {
  try {
    found.set(taskId, await client.tasks.get(taskId));
  } catch (error) {
    // A task that the server forgot is no reason to show none.
    if (!(error instanceof ApiProblem && error.status === 404)) throw error;
  }
}

/** One attempt. Bodies were made by this page; one that an older page made is held to the form of now. */
export async function sendAction(
  client: OnhandClient,
  { command, body, key }: OutboxEntry,
  taskId: string,
): Promise<TaskAnswer> {
  const options = { idempotencyKey: key };
  switch (command) {
    case "accept":
      return await client.tasks.accept(taskId, acceptSchema.parse(body), options);
    case "release":
      return await client.tasks.release(taskId, releaseTaskSchema.parse(body), options);
    case "progress":
      return await client.tasks.progress(taskId, progressSchema.parse(body), options);
    case "done":
      return await client.tasks.done(taskId, doneSchema.parse(body), options);
    case "short":
      return await client.tasks.short(taskId, shortTaskSchema.parse(body), options);
    case "comment":
      return await client.tasks.comment(taskId, commentSchema.parse(body), options);
    default:
      return command satisfies never;
  }
}

/**
 * The task that an action is for; null when what it was to do has been done by what came before. The server makes a task that
 * follows from another a moment after it has answered: it is waited for.
 */
export async function resolveTarget(client: OnhandClient, { target }: OutboxEntry): Promise<string | null> {
  if (target.by === "id") return target.taskId;
  for (let asked = 1; asked < MOST_LOOKS; asked += 1) {
    const found = await findTarget(client, target);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  const found = await findTarget(client, target);
  if (found !== undefined) return found;
  throw new ApiProblem({
    type: "about:blank",
    title: "The next task is not there",
    status: 500,
    detail:
      "The server has no such task of this order. The order may have been changed or cancelled meanwhile: ask before the goods leave the store.",
    code: "next_task_missing",
    members: {},
  });
}

/** Its id; null when it needs none any more; undefined when it is not there (yet). */
async function findTarget(
  client: OnhandClient,
  target: Extract<Target, { by: "fulfilment" }>,
): Promise<string | null | undefined> {
  const { items } = await client.tasks.list({ orderId: target.orderId });
  const mine = items.filter((task) => task.fulfilmentId === target.fulfilmentId);
  const found = mine.find(({ kind }) => kind === target.kind || isSameHandOver(target.kind, kind));
  if (found !== undefined) return found.taskId;
  // A store that lays ready with the pick has no task for it.
  if (
    target.kind === "stage" &&
    mine.some(({ kind }) => kind === "hand_over" || kind === "curbside_arrival")
  ) {
    return null;
  }
  return undefined;
}

/** A customer who has come meanwhile is handed the goods by another kind of task. */
function isSameHandOver(wanted: string, kind: string): boolean {
  return wanted === "hand_over" && kind === "curbside_arrival";
}

/** What a refusal says of the task as it is now. */
export function taskOfProblem(error: unknown): TaskAnswer | null {
  if (!(error instanceof ApiProblem)) return null;
  return taskAnswerSchema.safeParse(error.members["task"]).data ?? null;
}
