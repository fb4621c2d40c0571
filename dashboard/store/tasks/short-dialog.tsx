import { useState } from "react";
import { openUnits, SHORT_REASONS, type TaskLine } from "../../../domain/tasks/task.ts";
import { Button } from "../../src/ui/button.tsx";
import { Dialog } from "../../src/ui/dialog.tsx";
import { Stepper } from "../form/stepper.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { REASON_WORDS, unitsText } from "./task-words.ts";
import type { Press } from "./use-press.ts";

type ShortDialogProps = { board: BoardTask; line: TaskLine; pressing: Press; onClose: () => void };

/** How many are not there, and why: stock is put right by it, and the customer is told. */
export function ShortDialog({ board, line, pressing, onClose }: ShortDialogProps) {
  const open = openUnits(line);
  const [quantity, setQuantity] = useState(open);
  const name = line.productName === "" ? line.gtin : line.productName;
  return (
    <Dialog title={`Not there: ${name}`} onClose={onClose}>
      <div className="stack">
        <Stepper
          label="How many are not there"
          value={quantity}
          most={open}
          onChange={setQuantity}
          words={unitsText}
        />
        <p className="muted">Why? Stock is put right by it, and the customer is told.</p>
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
                words: `${unitsText(quantity)} short, ${REASON_WORDS[reason].toLowerCase()}: ${name}`,
              });
            }}
          >
            {REASON_WORDS[reason]}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
