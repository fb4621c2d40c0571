import { useTranslation } from "react-i18next";
import { Link, Navigate, useParams } from "react-router";
import { isLiveTask, type TaskKind } from "../../../domain/tasks/task.ts";
import { Button } from "../../src/ui/button.tsx";
import { Notice } from "../../src/ui/notice.tsx";
import { NothingHere } from "../app/nothing-here.tsx";
import { useWork } from "../app/store-context.tsx";
import { RefusedEntries } from "../outbox/refused-entries.tsx";
import { type BoardTask, findNext } from "../work/project-tasks.ts";
import { isSame } from "../work/task-sections.ts";
import { selfOf } from "../work/work-board.ts";
import { ArrivalForm, canArrive } from "./arrival-form.tsx";
import { FinishPanel } from "./finish-panel.tsx";
import { TaskHead } from "./task-head.tsx";
import { TaskLines } from "./task-lines.tsx";
import { TaskNotes } from "./task-notes.tsx";
import { nextAddress } from "./task-card.tsx";
import { useSeen } from "./use-seen.ts";
import { usePress } from "./use-press.ts";

/** One task by its id. */
export function TaskPage() {
  const { t } = useTranslation();
  const { taskId } = useParams();
  const { tasks, hasTasks } = useWork();
  const board = tasks.find(({ task }) => task.taskId === taskId);
  if (board !== undefined) return <TaskView board={board} />;
  if (!hasTasks) return <Notice icon="list" title={t("Reading the task …")} />;
  return (
    <NothingHere title={t("This task is over")}>
      {t("It was done, is not wanted any more, or belongs to another store.")}
    </NothingHere>
  );
}

/** The task that a fulfilment has, or will have once what was done here has arrived. */
export function NextTaskPage() {
  const { t } = useTranslation();
  const { orderId = "", fulfilmentId = "", kind = "" } = useParams();
  const { tasks, entries, connection } = useWork();
  const board = findNext(tasks, { orderId, fulfilmentId, kind });
  if (board !== undefined && !board.isForeseen && isLiveTask(board.task)) {
    return <Navigate to={`/tasks/${encodeURIComponent(board.task.taskId)}`} replace />;
  }
  if (board !== undefined) return <TaskView board={board} />;
  if (entries.length > 0 && connection === "live")
    return <Notice icon="list" title={t("Reading the next step …")} />;
  return (
    <NothingHere title={t("Nothing more to do here")}>
      {t("What comes next is on the list when it is wanted.")}
    </NothingHere>
  );
}

/** Done where one stands: doing it is taking it. For the others somebody walks through the store, and says so before. */
const TAKEN_BY_DOING: ReadonlySet<TaskKind> = new Set(["stage", "hand_over", "curbside_arrival"]);

function TaskView({ board }: { board: BoardTask }) {
  const { t } = useTranslation();
  const { facts } = useWork();
  const pressing = usePress();
  useSeen(board);
  const { task } = board;
  const self = selfOf(facts);
  const isMine = task.owner !== null && isSame(task.owner, self);
  const isLive = isLiveTask(task);
  const isWorkable = isLive && (isMine || (task.owner === null && TAKEN_BY_DOING.has(task.kind)));
  return (
    <main className="page stack">
      <TaskHead board={board} />
      <RefusedEntries entries={board.refused} />
      {isLive && !isMine ? (
        <Button
          look={isWorkable ? "plain" : "primary"}
          className="huge"
          onClick={() =>
            void pressing.press({
              board,
              command: "accept",
              body: task.owner === null ? {} : { takeOver: true },
              words: t("Accepted"),
            })
          }
        >
          {task.owner === null ? t("Accept") : t("Take over from {{who}}", { who: task.owner.id })}
        </Button>
      ) : null}
      <TaskLines board={board} isWorkable={isWorkable} pressing={pressing} />
      {isWorkable ? <FinishPanel board={board} pressing={pressing} /> : null}
      {isLive && canArrive(board) ? <ArrivalForm board={board} /> : null}
      {isLive ? null : <Ended board={board} />}
      <TaskNotes board={board} pressing={pressing} />
      {isLive && isMine ? (
        <Button
          className="big"
          onClick={() =>
            void pressing.press({ board, command: "release", body: {}, words: t("Gave it back") })
          }
        >
          {t("Give it back for others")}
        </Button>
      ) : null}
    </main>
  );
}

function Ended({ board }: { board: BoardTask }) {
  const { t } = useTranslation();
  const { task, waiting } = board;
  const next = task.kind === "pick" ? "stage" : task.kind === "stage" ? "hand_over" : null;
  return (
    <section className="card stack" data-testid="ended">
      <h2>
        {task.state === "done"
          ? t("Done")
          : task.state === "short"
            ? t("Nothing of it was there")
            : t("Not wanted any more")}
      </h2>
      {waiting === 0 ? null : <p>{t("It is kept on this device and goes out when the network is there.")}</p>}
      {task.state === "done" && next !== null && task.orderId !== null && task.fulfilmentId !== null ? (
        <Link className="button primary huge" to={nextAddress(task.orderId, task.fulfilmentId, next)}>
          {next === "stage" ? t("Next: lay it ready") : t("Next: hand it over")}
        </Link>
      ) : null}
      <Link className="button big" to="/">
        {t("All tasks")}
      </Link>
    </section>
  );
}
