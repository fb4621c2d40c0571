import { isOverdue } from "../../domain/tasks/task-clock.ts";
import { needsPerson } from "../../domain/tasks/task-book.ts";
import { isLiveTask, type Task, type TaskAnswer } from "../../domain/tasks/task.ts";

/** A task as it is answered now. Its age ends with it. */
export function toTaskAnswer(task: Task, nowMs: number, vehicle: string | null): TaskAnswer {
  const untilMs = task.endedAt === null ? nowMs : Date.parse(task.endedAt);
  const seconds = (sinceMs: number) => Math.max(0, Math.floor((untilMs - sinceMs) / 1000));
  return {
    ...task,
    ageSeconds: seconds(Date.parse(task.createdAt)),
    isOverdue: isOverdue(task, nowMs),
    waitingSeconds: task.arrival === null ? null : seconds(Date.parse(task.arrival.at)),
    needsPerson: needsPerson(task),
    vehicle: isLiveTask(task) ? vehicle : null,
  };
}
