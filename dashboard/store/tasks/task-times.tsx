import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { ageSeconds, formatAge } from "../../src/format/age.ts";
import { Badge } from "../../src/ui/badge.tsx";
import { useNowMs } from "../../src/ui/clock.ts";
import { isLiveTask } from "../../../domain/tasks/task.ts";
import type { BoardTask } from "../work/project-tasks.ts";
import { taskStateWords } from "../../src/tasks/task-words.ts";

/** How long a customer has waited, running: minutes and seconds. Counted from what the server said, since clocks of devices are wrong. */
export function WaitingClock({ board }: { board: BoardTask }) {
  const { t } = useTranslation();
  const nowMs = useNowMs();
  const { task, heardAtMs } = board;
  if (task.arrival === null) return null;
  const atHearing =
    task.waitingSeconds ?? Math.max(0, Math.floor((heardAtMs - Date.parse(task.arrival.at)) / 1000));
  const seconds = atHearing + ageSeconds(heardAtMs, nowMs);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <span className="waiting-clock numeric" role="timer" aria-label={t("Waiting time")}>
      {text}
    </span>
  );
}

/** Due or overdue with its age, and whether somebody was alarmed. */
export function TaskTimes({ board }: { board: BoardTask }) {
  const { t } = useTranslation();
  const nowMs = useNowMs();
  const { task } = board;
  if (!isLiveTask(task))
    return (
      <Badge tone="calm" icon="check">
        {t("Here: {{state}}", { state: taskStateWords(t, task.state) })}
      </Badge>
    );
  return (
    <span className="task-times">
      {dueBadge(t, task.dueAt, task.isOverdue, nowMs)}
      {task.escalation === 0 ? null : (
        <Badge tone="bad" icon="warning">
          {task.escalation === 1 ? t("Escalated") : t("Escalated twice")}
        </Badge>
      )}
      <span className="muted">
        {t("asked {{age}} ago", { age: formatAge(ageSeconds(Date.parse(task.createdAt), nowMs)) })}
      </span>
    </span>
  );
}

function dueBadge(t: TFunction, dueAt: string | null, isOverdue: boolean, nowMs: number) {
  if (dueAt === null) return null;
  const dueMs = Date.parse(dueAt);
  if (isOverdue || dueMs <= nowMs) {
    return (
      <Badge tone="bad" icon="warning">
        {t("Overdue {{age}}", { age: formatAge(ageSeconds(dueMs, nowMs)) })}
      </Badge>
    );
  }
  const left = formatAge(ageSeconds(nowMs, dueMs));
  return (
    <Badge tone={dueMs - nowMs < 15 * 60_000 ? "warn" : "calm"} icon="hold">
      {t("Due in {{time}}", { time: left })}
    </Badge>
  );
}
