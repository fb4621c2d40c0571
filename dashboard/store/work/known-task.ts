import { z } from "zod";
import { type TaskAnswer, taskAnswerSchema } from "../../../domain/tasks/task.ts";

/**
 * A task as this device last heard of it. `heardAtMs`: by the device's clock. `lastKey`: that of the action whose answer it is, which
 * is therefore in it already.
 */
export const knownTaskSchema = z.object({
  taskId: z.string(),
  task: taskAnswerSchema,
  heardAtMs: z.number(),
  lastKey: z.string().nullable(),
});
export type KnownTask = z.infer<typeof knownTaskSchema>;

export function knownTask(task: TaskAnswer, heardAtMs: number, lastKey: string | null = null): KnownTask {
  return { taskId: task.taskId, task, heardAtMs, lastKey };
}
