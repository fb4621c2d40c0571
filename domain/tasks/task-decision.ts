import type { CollectStep, PickStep, PlainStep, ShipStep, ShortStep } from "../orders/order-commands.ts";
import type { Task } from "./task.ts";
import type { TaskChange } from "./task-event.ts";

/** What a command asks of the order of its task, before the task itself changes. */
export type OrderStepWish =
  | { step: "sent"; body: PlainStep }
  | { step: "accept"; body: PlainStep }
  | { step: "pick"; body: PickStep }
  | { step: "ready"; body: PlainStep }
  | { step: "short"; body: ShortStep }
  | { step: "collect"; body: CollectStep }
  | { step: "ship"; body: ShipStep };

/**
 * Why a command was refused. `task_state`: the task has ended, or somebody else does it; `changes` then note what was done in
 * the store all the same, and a task that follows from it. `wrong_item`: what was scanned is not wanted here.
 */
export type TaskRefusal =
  | { code: "task_state"; detail: string }
  | { code: "wrong_item"; detail: string; epc: string | null }
  | { code: "invalid_request"; detail: string };

/** Task after the command, all of its changes, and what has to happen at its order first. */
export type TaskDecision =
  | { ok: true; changes: TaskChange[]; task: Task; order: OrderStepWish[] }
  | { ok: false; refusal: TaskRefusal; changes: TaskChange[] };

export function refuseTask(refusal: TaskRefusal, changes: TaskChange[] = []): TaskDecision {
  return { ok: false, refusal, changes };
}
