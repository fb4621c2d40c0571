import type { ProblemEntry } from "./problem-entry.ts";

/** Of work for the staff of stores. */
export const TASK_PROBLEMS = {
  task_not_found: {
    status: 404,
    title: "There is no such task",
    remedy: "List what is to do with GET /v1/tasks.",
  },
  task_state: {
    status: 409,
    title: "The task has ended, or somebody else does it",
    remedy:
      "See `task` for what it is now, and do not send this again. What was done in the store is noted on it for a person; units picked for nothing come as a task to put them back.",
  },
  wrong_item: {
    status: 422,
    title: "This unit is not wanted by the task",
    remedy: "See `detail`. Put it back and scan another. Nothing was changed.",
  },
} as const satisfies Record<string, ProblemEntry>;
