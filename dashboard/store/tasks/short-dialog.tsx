import { useTranslation } from "react-i18next";
import { useState } from "react";
import { openUnits, SHORT_REASONS, type TaskLine } from "../../../domain/tasks/task.ts";
import { Button } from "../../src/ui/button.tsx";
import { Dialog } from "../../src/ui/dialog.tsx";
import { Stepper } from "../form/stepper.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { shortReasonWords, unitsText } from "./task-words.ts";
import type { Press } from "./use-press.ts";

type ShortDialogProps = { board: BoardTask; line: TaskLine; pressing: Press; onClose: () => void };

/** How many are not there, and why: stock is put right by it, and the customer is told. */
export function ShortDialog({ board, line, pressing, onClose }: ShortDialogProps) {
  const { t } = useTranslation();
  const open = openUnits(line);
  const [quantity, setQuantity] = useState(open);
  const name = line.productName === "" ? line.gtin : line.productName;
  return (
    <Dialog title={t("Not there: {{product}}", { product: name })} onClose={onClose}>
      <div className="stack">
        <Stepper
          label={t("How many are not there")}
          value={quantity}
          most={open}
          onChange={setQuantity}
          words={(units) => unitsText(t, units)}
        />
        <p className="muted">{t("Why? Stock is put right by it, and the customer is told.")}</p>
        {SHORT_REASONS.map((reason) => (
          <Button
            key={reason}
            className="big"
            onClick={() => {
              onClose();
              void pressing.press({
                board,
                command: "short",
                body: { lines: [{ lineId: line.lineId, quantity }], reason },
                words: t("{{units}} short, {{reason}}: {{product}}", {
                  units: unitsText(t, quantity),
                  reason: shortReasonWords(t)[reason].toLowerCase(),
                  product: name,
                }),
              });
            }}
          >
            {shortReasonWords(t)[reason]}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
