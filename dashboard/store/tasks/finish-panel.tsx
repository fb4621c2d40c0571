import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { openUnits } from "../../../domain/tasks/task.ts";
import { Button } from "../../src/ui/button.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { HandOverForm } from "./hand-over-form.tsx";
import { StageForm } from "./stage-form.tsx";
import { nextAddress } from "./task-card.tsx";
import { unitsText } from "./task-words.ts";
import type { Press } from "./use-press.ts";

/** How the task is ended: each kind has its own way. */
export function FinishPanel({ board, pressing }: { board: BoardTask; pressing: Press }) {
  const { t } = useTranslation();
  switch (board.task.kind) {
    case "pick":
      return <FinishPick board={board} pressing={pressing} />;
    case "stage":
      return <StageForm board={board} pressing={pressing} />;
    case "hand_over":
    case "curbside_arrival":
      return <HandOverForm board={board} pressing={pressing} />;
    case "return_to_shelf":
      return <FinishPlain board={board} pressing={pressing} label={t("All is back on the shelf")} />;
    case "check_ghost":
      return <FinishPlain board={board} pressing={pressing} label={t("All of it is there")} />;
    default:
      return board.task.kind satisfies never;
  }
}

function openOf({ task }: BoardTask): number {
  return task.lines.reduce((sum, line) => sum + openUnits(line), 0);
}

/** Ended only when each unit was found or said not to be there: one that is forgotten would be promised to the customer. */
function FinishPick({ board, pressing }: { board: BoardTask; pressing: Press }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const open = openOf(board);
  const { orderId, fulfilmentId } = board.task;
  return (
    <div className="stack">
      {open === 0 ? null : (
        <p className="muted">
          {t("Still to find, or to say that it is not there: {{units}}.", { units: unitsText(t, open) })}
        </p>
      )}
      <Button
        look="primary"
        className="huge"
        disabled={open > 0}
        onClick={() =>
          void pressing.press({ board, command: "done", body: {}, words: t("Picked all") }).then((isDone) => {
            if (isDone && orderId !== null && fulfilmentId !== null) {
              void navigate(nextAddress(orderId, fulfilmentId, "stage"));
            }
          })
        }
      >
        {t("Picked all")}
      </Button>
    </div>
  );
}

function FinishPlain({ board, pressing, label }: { board: BoardTask; pressing: Press; label: string }) {
  return (
    <Button
      look="primary"
      className="huge"
      onClick={() => void pressing.press({ board, command: "done", body: {}, words: label })}
    >
      {label}
    </Button>
  );
}
