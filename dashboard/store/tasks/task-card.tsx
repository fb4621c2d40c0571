import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Badge } from "../../src/ui/badge.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { TaskTimes, WaitingClock } from "./task-times.tsx";
import { bayText, kindWords, ownerText, taskLineText } from "./task-words.ts";

/** One task of a list: all of it is the way to its page. */
export function TaskCard({ board, showsOwner = false }: { board: BoardTask; showsOwner?: boolean }) {
  const { t } = useTranslation();
  const { task } = board;
  const names = task.lines.map(({ productName, gtin }) => (productName === "" ? gtin : productName));
  return (
    <li data-testid="task" data-kind={task.kind}>
      <Link className="card task-card" to={addressOf(board)}>
        <span className="task-card-head">
          <strong>{kindWords(t)[task.kind]}</strong>
          <WaitingClock board={board} />
        </span>
        {task.arrival === null ? null : (
          <span className="task-bay">
            <strong>{bayText(t, task.arrival.bay)}</strong>
            {task.vehicle === null ? null : <span>{task.vehicle}</span>}
          </span>
        )}
        <span className="task-goods">{names.slice(0, 3).join(", ")}</span>
        <span className="muted">{taskLineText(t, task)}</span>
        {task.place === null ? null : <span>{t("Lies at {{place}}", { place: task.place })}</span>}
        {showsOwner ? (
          <span className="muted">{t("With {{who}}", { who: ownerText(t, task.owner) })}</span>
        ) : null}
        <TaskTimes board={board} />
        {board.waiting === 0 ? null : (
          <Badge tone="accent" icon="mail">
            {t("{{actions}} to be sent", { actions: board.waiting })}
          </Badge>
        )}
        {board.refused.length === 0 ? null : (
          <Badge tone="bad" icon="warning">
            {t("{{actions}} not taken", { actions: board.refused.length })}
          </Badge>
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
