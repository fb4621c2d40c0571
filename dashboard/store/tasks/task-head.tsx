import { useTranslation } from "react-i18next";
import type { BoardTask } from "../work/project-tasks.ts";
import { TaskTimes, WaitingClock } from "./task-times.tsx";
import { bayText, kindWords, taskLineText } from "./task-words.ts";

/** What the task is, for which order, how much it presses, and where the customer waits. */
export function TaskHead({ board }: { board: BoardTask }) {
  const { t } = useTranslation();
  const { task } = board;
  return (
    <header className="task-head">
      <h1>{kindWords(t)[task.kind]}</h1>
      <p className="muted">{taskLineText(t, task)}</p>
      <TaskTimes board={board} />
      {task.arrival === null ? null : (
        <p className="task-bay">
          <WaitingClock board={board} />
          <strong>{bayText(t, task.arrival.bay)}</strong>
          {task.vehicle === null ? null : <span>{task.vehicle}</span>}
        </p>
      )}
      {task.place === null ? null : <p>{t("Lies at {{place}}", { place: task.place })}</p>}
    </header>
  );
}
