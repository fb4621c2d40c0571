import type { Task } from "./task.ts";

/**
 * What can happen to a task. `changed`: its order wants something else of it. `progressed`: units were scanned. `conflicted`: work
 * came too late to count and was noted. `stock_written`: what it said of stock is in the ledger, or was refused there.
 */
export const TASK_EVENT_KINDS = [
  "created",
  "changed",
  "seen",
  "accepted",
  "released",
  "progressed",
  "done",
  "short",
  "cancelled",
  "commented",
  "conflicted",
  "reminded",
  "escalated",
  "stock_written",
] as const;
export type TaskEventKind = (typeof TASK_EVENT_KINDS)[number];

/** A change that was decided, with the whole task after it. */
export type TaskChange = { kind: TaskEventKind; task: Task };
