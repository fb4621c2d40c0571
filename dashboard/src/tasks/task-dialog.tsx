import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TaskAnswer } from "../../../domain/tasks/task.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Badge } from "../ui/badge.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import "./task-dialog.css";
import { taskHistory } from "./task-history.ts";
import { TASK_STATE_LOOKS, taskKindWords, taskStateWords } from "./task-words.ts";
import { useTask } from "./use-tasks.ts";

/** One task: what is wanted, where the goods were seen last, and what happened so far. */
export function TaskDialog(props: { taskId: string; names: PlaceNames; onClose: () => void }) {
  const { taskId, names, onClose } = props;
  const { t } = useTranslation();
  const { data, error, refetch } = useTask(taskId);
  return (
    <Dialog title={data === undefined ? t("Task") : taskKindWords(t, data.kind)} isDrawer onClose={onClose}>
      {data === undefined ? (
        error === null ? (
          <TableSkeleton label={t("Loading the task")} />
        ) : (
          <Failed title={t("The task can't be shown")} error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <>
          <StaleNote error={error} />
          <TaskBody task={data} names={names} />
        </>
      )}
    </Dialog>
  );
}

function TaskBody({ task, names }: { task: TaskAnswer; names: PlaceNames }) {
  const { t } = useTranslation();
  return (
    <div className="task-body">
      <Facts>
        <Fact label={t("State")}>
          <Badge {...TASK_STATE_LOOKS[task.state]}>{taskStateWords(t, task.state)}</Badge>
          {task.endCause === null ? null : ` ${task.endCause}`}
        </Fact>
        <Fact label={t("Place")}>{names.location(task.locationId)}</Fact>
        {task.orderId === null ? null : (
          <Fact label={t("Order")}>
            <Link to={`/orders/${encodeURIComponent(task.orderId)}`}>{task.orderId}</Link>
          </Fact>
        )}
        <Fact label={t("Due")}>
          {task.dueAt === null ? t("whenever") : formatInstant(Date.parse(task.dueAt))}
          {task.isOverdue ? ` · ${t("overdue")}` : null}
        </Fact>
        <Fact label={t("By")}>{task.owner?.id ?? t("nobody yet")}</Fact>
        {task.place === null ? null : <Fact label={t("Lies at")}>{task.place}</Fact>}
      </Facts>
      <h3>{t("Goods")}</h3>
      <ul className="task-goods">
        {task.lines.map((line) => (
          <li key={line.lineId}>
            <strong>{line.productName === "" ? line.gtin : line.productName}</strong>
            <span className="muted numeric">
              {t("{{done}} of {{quantity}} done, {{short}} not found", {
                done: formatWhole(line.done),
                quantity: formatWhole(line.quantity),
                short: formatWhole(line.short),
              })}
            </span>
            {line.lastSeen.slice(0, 3).map((seen) => (
              <span key={seen.zoneId} className="muted">
                {t("{{units}} seen in {{zone}}, {{instant}}", {
                  units: formatWhole(seen.units),
                  zone: seen.zoneName,
                  instant: formatInstant(Date.parse(seen.lastSeenAt)),
                })}
              </span>
            ))}
          </li>
        ))}
      </ul>
      <h3>{t("What happened")}</h3>
      <ol className="task-history">
        {taskHistory(t, task).map(({ at, what, who }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two things may happen at one instant, and none moves
          <li key={`${at} ${index}`}>
            <time dateTime={at}>{formatInstant(Date.parse(at))}</time>
            <span>{what}</span>
            <span className="muted">{who}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
