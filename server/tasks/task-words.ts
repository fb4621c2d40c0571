import type { Logger } from "pino";
import type { Task } from "../../domain/tasks/task.ts";
import type { TaskChange } from "../../domain/tasks/task-event.ts";
import type { TaskStore } from "./task-store.ts";

/** Zones that are named for one product; more would hide the first. */
const MAX_PLACES = 5;

export type AddWords = (changes: TaskChange[]) => Promise<TaskChange[]>;

/**
 * Completes lines that are new with what staff want to know: what the product is called, and where units of it were seen last. When
 * that cannot be read the task goes out without it.
 */
export function createTaskWords(deps: { store: TaskStore; logger: Logger }): AddWords {
  async function addWords(task: Task): Promise<Task> {
    const nameless = task.lines.filter((line) => line.productName === "");
    if (nameless.length === 0) return task;
    const gtins = [...new Set(nameless.map((line) => Number(line.gtin)))];
    const names = await deps.store.productNames(gtins);
    const isSought = task.kind === "pick" || task.kind === "check_ghost";
    const seen = isSought ? await deps.store.lastSeen(task.locationId, gtins) : [];
    const lines = task.lines.map((line) => {
      if (line.productName !== "") return line;
      const gtin = Number(line.gtin);
      const lastSeen = seen
        .filter((one) => one.gtin === gtin)
        .slice(0, MAX_PLACES)
        .map((one) => one.place);
      return { ...line, productName: names.get(gtin) ?? line.gtin, lastSeen };
    });
    return { ...task, lines };
  }

  return async (changes) => {
    const completed: TaskChange[] = [];
    for (const change of changes) {
      try {
        completed.push({ ...change, task: await addWords(change.task) });
      } catch (error) {
        deps.logger.warn(
          { err: error, taskId: change.task.taskId },
          "a task goes out without names and zones",
        );
        completed.push(change);
      }
    }
    return completed;
  };
}
