import type { BoardTask } from "../work/project-tasks.ts";
import { TaskTimes, WaitingClock } from "./task-times.tsx";
import { bayText, KIND_WORDS, taskLineText } from "./task-words.ts";

/** What the task is, for which order, how much it presses, and where the customer waits. */
export function TaskHead({ board }: { board: BoardTask }) {
  const { task } = board;
  return (
    <header className="task-head">
      <h1>{KIND_WORDS[task.kind]}</h1>
      <p className="muted">{taskLineText(task)}</p>
      <TaskTimes board={board} />
      {task.arrival === null ? null : (
        <p className="task-bay">
          <WaitingClock board={board} />
          <strong>{bayText(task.arrival.bay)}</strong>
          {task.vehicle === null ? null : <span>{task.vehicle}</span>}
        </p>
      )}
      {task.place === null ? null : <p>{`Lies at ${task.place}`}</p>}
    </header>
  );
}
