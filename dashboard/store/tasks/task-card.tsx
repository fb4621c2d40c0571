import { Link } from "react-router";
import { Badge } from "../../src/ui/badge.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { TaskTimes, WaitingClock } from "./task-times.tsx";
import { bayText, KIND_WORDS, ownerText, taskLineText } from "./task-words.ts";

/** One task of a list: all of it is the way to its page. */
export function TaskCard({ board, showsOwner = false }: { board: BoardTask; showsOwner?: boolean }) {
  const { task } = board;
  const names = task.lines.map(({ productName, gtin }) => (productName === "" ? gtin : productName));
  return (
    <li data-testid="task" data-kind={task.kind}>
      <Link className="card task-card" to={addressOf(board)}>
        <span className="task-card-head">
          <strong>{KIND_WORDS[task.kind]}</strong>
          <WaitingClock board={board} />
        </span>
        {task.arrival === null ? null : (
          <span className="task-bay">
            <strong>{bayText(task.arrival.bay)}</strong>
            {task.vehicle === null ? null : <span>{task.vehicle}</span>}
          </span>
        )}
        <span className="task-goods">{names.slice(0, 3).join(", ")}</span>
        <span className="muted">{taskLineText(task)}</span>
        {task.place === null ? null : <span>{`Lies at ${task.place}`}</span>}
        {showsOwner ? <span className="muted">{`With ${ownerText(task.owner)}`}</span> : null}
        <TaskTimes board={board} />
        {board.waiting === 0 ? null : (
          <Badge tone="accent" icon="mail">{`${board.waiting} to be sent`}</Badge>
        )}
        {board.refused.length === 0 ? null : (
          <Badge tone="bad" icon="warning">{`${board.refused.length} not taken`}</Badge>
        )}
      </Link>
    </li>
  );
}

export function addressOf({ task, isForeseen }: BoardTask): string {
  return isForeseen && task.orderId !== null && task.fulfilmentId !== null
    ? nextAddress(task.orderId, task.fulfilmentId, task.kind)
    : `/tasks/${encodeURIComponent(task.taskId)}`;
}

export function nextAddress(orderId: string, fulfilmentId: string, kind: string): string {
  return `/next/${encodeURIComponent(orderId)}/${encodeURIComponent(fulfilmentId)}/${kind}`;
}
