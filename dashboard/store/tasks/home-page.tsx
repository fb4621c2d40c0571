import { useTranslation } from "react-i18next";
import { Notice } from "../../src/ui/notice.tsx";
import { Failed } from "../../src/ui/query-state.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { taskSections } from "../work/task-sections.ts";
import { selfOf } from "../work/work-board.ts";
import { TaskCard } from "./task-card.tsx";

/** What the store has to do: customers outside first. */
export function HomePage() {
  const { t } = useTranslation();
  const { tasks, facts, hasTasks, problem, connection } = useWork();
  const { board } = useStore();
  if (!hasTasks) {
    if (problem !== null) {
      return (
        <Failed title={t("The tasks can't be read")} error={problem} onRetry={() => void board.refresh()}>
          {t("What customers ordered is kept; only this page does not see it.")}
        </Failed>
      );
    }
    if (connection === "offline") {
      return (
        <Notice icon="warning" title={t("No tasks are known here yet")} isBad>
          {t(
            "This device has not read the tasks of its store before the network went away. They come when it is back.",
          )}
        </Notice>
      );
    }
    return <Notice icon="list" title={t("Reading the tasks …")} />;
  }
  const { waiting, mine, toAccept, ready, others, toSettle, sending } = taskSections(tasks, selfOf(facts));
  const isEmpty = [waiting, mine, toAccept, ready, others, toSettle, sending].every(
    ({ length }) => length === 0,
  );
  return (
    <main className="page stack">
      <h1>{t("Tasks")}</h1>
      {isEmpty ? (
        <Notice icon="check" title={t("Nothing to do")}>
          {t("New tasks come here by themselves.")}
        </Notice>
      ) : null}
      <Section title={t("Customers who wait")} tasks={waiting} isUrgent />
      <Section title={t("Mine")} tasks={mine} />
      <Section title={t("To accept")} tasks={toAccept} />
      <Section title={t("Too late to count: look")} tasks={toSettle} />
      <Section title={t("Done here, on its way")} tasks={sending} />
      <Section title={t("Ready for customers")} tasks={ready} />
      <Section title={t("With colleagues")} tasks={others} showsOwner />
    </main>
  );
}

type SectionProps = { title: string; tasks: readonly BoardTask[]; isUrgent?: boolean; showsOwner?: boolean };

function Section({ title, tasks, isUrgent = false, showsOwner = false }: SectionProps) {
  if (tasks.length === 0) return null;
  return (
    <section className={isUrgent ? "urgent" : undefined} aria-label={title}>
      <h2>{`${title} (${tasks.length})`}</h2>
      <ul className="cards">
        {tasks.map((one) => (
          <TaskCard key={one.task.taskId} board={one} showsOwner={showsOwner} />
        ))}
      </ul>
    </section>
  );
}
