import type { Task } from "./task.ts";
import { isLiveTask } from "./task.ts";

/**
 * All tasks in memory: the newest state of each. What is not newer than what is known of its task changes nothing, so that
 * states may come twice.
 */
export class TaskBook {
  /** In the order of their making. */
  readonly #tasks = new Map<string, Task>();
  readonly #byOrder = new Map<string, Set<string>>();
  readonly #live = new Set<string>();

  get size(): number {
    return this.#tasks.size;
  }

  apply(task: Task): void {
    const { taskId, orderId } = task;
    const known = this.#tasks.get(taskId);
    if (known !== undefined && known.version >= task.version) return;
    this.#tasks.set(taskId, task);
    if (isLiveTask(task)) this.#live.add(taskId);
    else this.#live.delete(taskId);
    if (orderId === null) return;
    const others = this.#byOrder.get(orderId);
    if (others === undefined) this.#byOrder.set(orderId, new Set([taskId]));
    else others.add(taskId);
  }

  find(taskId: string): Task | undefined {
    return this.#tasks.get(taskId);
  }

  /** In the order in which they were made. */
  ofOrder(orderId: string): Task[] {
    return [...(this.#byOrder.get(orderId) ?? [])].flatMap((taskId) => this.#tasks.get(taskId) ?? []);
  }

  /** Open or accepted. */
  *live(): Generator<Task> {
    for (const taskId of this.#live) {
      const found = this.#tasks.get(taskId);
      if (found !== undefined) yield found;
    }
  }

  all(): IterableIterator<Task> {
    return this.#tasks.values();
  }

  /** What ended before an instant is not kept, unless something about it waits. */
  forgetEndedBefore(untilMs: number): void {
    for (const [taskId, task] of this.#tasks) {
      if (task.endedAt === null || Date.parse(task.changedAt) >= untilMs || isWaiting(task)) continue;
      this.#tasks.delete(taskId);
      if (task.orderId === null) continue;
      const others = this.#byOrder.get(task.orderId);
      others?.delete(taskId);
      if (others?.size === 0) this.#byOrder.delete(task.orderId);
    }
  }
}

/** It ended, and a person or the ledger has still to see to it. */
export function isWaiting(task: Task): boolean {
  return needsPerson(task) || task.stockWrites.some((write) => write.status === "pending");
}

/** Work that came too late to count, and nobody has looked at. */
export function needsPerson(task: Task): boolean {
  return task.notes.some((note) => note.kind === "conflict" && !note.isSettled);
}
