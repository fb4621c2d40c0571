import type { TFunction } from "i18next";
import type { TaskAnswer } from "../../../domain/tasks/task.ts";
import { formatDuration } from "../format/duration.ts";
import { formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import { TASK_STATE_LOOKS, taskKindWords, taskStateWords } from "./task-words.ts";

/** The lines of the list of tasks. */
export function taskColumns(
  t: TFunction,
  names: PlaceNames,
  nowMs: number,
  onOpen: (task: TaskAnswer) => void,
): Column<TaskAnswer>[] {
  return [
    {
      label: t("Task"),
      look: "wide",
      cell: (task) => (
        <>
          <div className="strong">
            {taskKindWords(t, task.kind)}
            {task.arrival?.bay == null ? null : ` · ${t("bay {{bay}}", { bay: task.arrival.bay })}`}
          </div>
          <div className="muted">
            {goodsText(t, task)}
            {task.orderId === null ? null : ` · ${task.orderId}`}
          </div>
        </>
      ),
    },
    { label: t("Place"), cell: (task) => names.location(task.locationId) },
    {
      label: t("State"),
      cell: (task) => <Badge {...TASK_STATE_LOOKS[task.state]}>{taskStateWords(t, task.state)}</Badge>,
    },
    { label: t("By"), cell: (task) => task.owner?.id ?? <span className="muted">–</span> },
    { label: t("Age"), look: "number", cell: (task) => <Age atMs={Date.parse(task.createdAt)} /> },
    { label: t("Due"), look: "number", cell: (task) => <Due t={t} task={task} nowMs={nowMs} /> },
    {
      label: t("Open it"),
      look: "actions",
      cell: (task) => <Button onClick={() => onOpen(task)}>{t("Open")}</Button>,
    },
  ];
}

/** How long is left, or how long it should have been done. */
function Due({ t, task, nowMs }: { t: TFunction; task: TaskAnswer; nowMs: number }) {
  if (task.dueAt === null) return <span className="muted">–</span>;
  const seconds = (Date.parse(task.dueAt) - nowMs) / 1000;
  const duration = formatDuration(Math.abs(Math.round(seconds)));
  if (task.isOverdue) {
    return (
      <Badge tone="bad" icon="warning">
        {t("{{duration}} overdue", { duration })}
      </Badge>
    );
  }
  if (task.endedAt !== null) return <span className="muted">–</span>;
  return <span className="numeric">{t("in {{duration}}", { duration })}</span>;
}

function goodsText(t: TFunction, task: TaskAnswer): string {
  const [first] = task.lines;
  if (first === undefined) return "";
  const units = task.lines.reduce((sum, line) => sum + line.quantity, 0);
  const name = first.productName === "" ? first.gtin : first.productName;
  return task.lines.length === 1
    ? `${formatWhole(units)} × ${name}`
    : t("{{name}} and {{more}} more", { name, more: formatWhole(task.lines.length - 1) });
}
