import type { TFunction } from "i18next";
import type { TaskAnswer } from "../../../domain/tasks/task.ts";
import { taskStateWords } from "./task-words.ts";

/** One thing that happened to a task. */
export type TaskMoment = { at: string; what: string; who: string };

/** What happened to a task, by the times that it carries, the oldest first. */
export function taskHistory(t: TFunction, task: TaskAnswer): TaskMoment[] {
  const owner = task.owner?.id ?? "";
  const moments: (TaskMoment | null)[] = [
    { at: task.createdAt, what: t("Made"), who: task.channel ?? "" },
    task.startsAt === task.createdAt ? null : { at: task.startsAt, what: t("Its clock starts"), who: "" },
    ...task.seenBy.map(({ at, device }) => ({ at, what: t("Shown on a device"), who: device })),
    task.acceptedAt === null ? null : { at: task.acceptedAt, what: t("Taken up"), who: owner },
    task.remindedAt === null ? null : { at: task.remindedAt, what: t("Last reminder"), who: "" },
    task.escalatedAt === null ? null : { at: task.escalatedAt, what: t("Last escalation"), who: "" },
    task.arrival === null
      ? null
      : { at: task.arrival.at, what: t("Customer arrived"), who: task.arrival.bay ?? "" },
    ...task.notes.map(({ at, kind, text, actor }) => ({
      at,
      what: kind === "conflict" ? t("Came too late to count: {{text}}", { text }) : text,
      who: actor.id,
    })),
    task.endedAt === null ? null : { at: task.endedAt, what: taskStateWords(t, task.state), who: owner },
  ];
  return moments.filter((each) => each !== null).toSorted((one, other) => (one.at < other.at ? -1 : 1));
}
