import { useTranslation } from "react-i18next";
import { useState } from "react";
import { Link } from "react-router";
import type { TaskAnswer } from "../../../domain/tasks/task.ts";
import { Button } from "../../src/ui/button.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { CommandNote } from "../form/command-note.tsx";
import { Part } from "../form/part.tsx";
import { Stepper } from "../form/stepper.tsx";
import { unitsText } from "../tasks/task-words.ts";
import { useCommand } from "../work/use-command.ts";

type AskForLookProps = { gtin: string; onHand: number };

/** The books say that it is here and nobody finds it: somebody is asked to look, and stock is put right by what they say. */
export function AskForLook({ gtin, onHand }: AskForLookProps) {
  const { t } = useTranslation();
  const { client, board } = useStore();
  const { facts, connection } = useWork();
  const [quantity, setQuantity] = useState(1);
  const [task, setTask] = useState<TaskAnswer | null>(null);
  const ask = useCommand((units: number, options) => {
    const locationId = facts.location?.locationId ?? "";
    return client.tasks.ask({ kind: "check_ghost", locationId, gtin, quantity: units }, options);
  });
  if (task !== null) {
    return (
      <Part title={t("A look is asked for")}>
        <p role="status">
          {t("Somebody shall look for {{units}}. What they say puts stock right.", {
            units: unitsText(t, task.lines[0]?.quantity ?? quantity),
          })}
        </p>
        <Link className="button big" to={`/tasks/${encodeURIComponent(task.taskId)}`}>
          {t("Look myself")}
        </Link>
      </Part>
    );
  }
  return (
    <Part title={t("It should be here and is not?")}>
      <Stepper
        label={t("How many are not to be found")}
        value={quantity}
        most={onHand}
        onChange={setQuantity}
        words={(units) => unitsText(t, units)}
      />
      <CommandNote
        command={ask}
        why={t("The look is a task for all of the store, so it has to reach the server.")}
        unchanged={t("Nobody was asked.")}
      />
      <Button
        className="big"
        disabled={ask.isSending || connection === "offline"}
        onClick={() =>
          void ask.send(quantity).then((asked) => {
            if (asked === null) return;
            setTask(asked);
            board.refreshSoon();
          })
        }
      >
        {ask.isSending ? t("Asking …") : t("Ask for a look")}
      </Button>
    </Part>
  );
}
