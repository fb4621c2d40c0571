import type { z } from "zod";
import { pageSchema } from "../domain/api/paging.ts";
import { taskAnswerSchema, type TaskKind, type TaskState } from "../domain/tasks/task.ts";
import type {
  acceptSchema,
  commentSchema,
  doneSchema,
  progressSchema,
  releaseTaskSchema,
  seenSchema,
  shortTaskSchema,
  taskWishSchema,
} from "../domain/tasks/task-commands.ts";
import type { Call } from "./http.ts";
import { createIdempotencyKey } from "./idempotency-key.ts";
import type { CommandOptions } from "./reservation-calls.ts";

/** Without `state` what is open or accepted. `owner` is the id of an actor; `needsPerson`: with conflicts that nobody has settled. */
export type TaskQuery = {
  location?: string;
  kind?: TaskKind;
  state?: TaskState;
  owner?: string;
  orderId?: string;
  needsPerson?: boolean;
  /** What should have been done. */
  overdue?: boolean;
};

/**
 * Work for a store's staff. A device that was offline keeps the key, the body and `occurredAt` of each command and sends them
 * again in their order: the same key gets the same answer. What came too late rejects with an `ApiProblem` of code `task_state`,
 * whose `task` is as it is now; what was done meanwhile is noted there, so the device may drop the command.
 */
export function createTaskCalls(call: Call) {
  const step =
    <Body extends z.ZodType>(name: string) =>
    (taskId: string, body: z.input<Body>, { idempotencyKey, signal }: CommandOptions = {}) =>
      call("POST", `/v1/tasks/${encodeURIComponent(taskId)}/${name}`, taskAnswerSchema, {
        body,
        idempotencyKey: idempotencyKey ?? createIdempotencyKey(),
        ...(signal === undefined ? {} : { signal }),
      });

  return {
    /** What waits longest first, in pages. */
    list: ({
      needsPerson,
      overdue,
      signal,
      ...query
    }: TaskQuery & { cursor?: string; limit?: number; signal?: AbortSignal } = {}) =>
      call("GET", "/v1/tasks", pageSchema(taskAnswerSchema), {
        query: {
          ...query,
          ...(needsPerson === undefined ? {} : { needsPerson: String(needsPerson) }),
          ...(overdue === undefined ? {} : { overdue: String(overdue) }),
        },
        ...(signal === undefined ? {} : { signal }),
      }),
    get: (taskId: string, signal?: AbortSignal) =>
      call(
        "GET",
        `/v1/tasks/${encodeURIComponent(taskId)}`,
        taskAnswerSchema,
        signal === undefined ? {} : { signal },
      ),
    /** Asks for a look at units that may not be there. */
    ask: (wish: z.input<typeof taskWishSchema>, { idempotencyKey, signal }: CommandOptions = {}) =>
      call("POST", "/v1/tasks", taskAnswerSchema, {
        body: wish,
        idempotencyKey: idempotencyKey ?? createIdempotencyKey(),
        ...(signal === undefined ? {} : { signal }),
      }),
    /** This device shows it: who asked sees that it arrived. */
    seen: step<typeof seenSchema>("seen"),
    accept: step<typeof acceptSchema>("accept"),
    release: step<typeof releaseTaskSchema>("release"),
    progress: step<typeof progressSchema>("progress"),
    done: step<typeof doneSchema>("done"),
    short: step<typeof shortTaskSchema>("short"),
    comment: step<typeof commentSchema>("comment"),
  };
}
