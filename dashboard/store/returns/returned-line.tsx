import { useState } from "react";
import type { InspectWish, Return, ReturnLine } from "../../../domain/returns/return.ts";
import { Button } from "../../src/ui/button.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { useProduct } from "../find/use-product.ts";
import { CommandNote } from "../form/command-note.tsx";
import { Stepper } from "../form/stepper.tsx";
import { unitsText } from "../tasks/task-words.ts";
import { useCommand } from "../work/use-command.ts";
import { selfOf } from "../work/work-board.ts";
import { RETURN_REASON_WORDS, unitsNowText } from "./return-words.ts";

type ReturnedLineProps = { one: Return; line: ReturnLine; onChanged: (one: Return) => void };

const OUTCOMES = [
  { to: "sellable", label: "Can be sold" },
  { to: "damaged", label: "Damaged" },
  { to: "display_only", label: "For display" },
] as const satisfies readonly { to: InspectWish["lines"][number]["to"]; label: string }[];

/** Units that came back and where they are now; those that wait for a look get one here. */
export function ReturnedLine({ one, line, onChanged }: ReturnedLineProps) {
  const { client } = useStore();
  const { facts, connection } = useWork();
  const product = useProduct(line.gtin);
  const waiting = line.units.inspect ?? 0;
  const [wanted, setQuantity] = useState(waiting);
  const quantity = Math.min(wanted, waiting);
  const { returnId } = one;
  const inspect = useCommand((wish: InspectWish, options) => client.returns.inspect(returnId, wish, options));
  const name = product?.name ?? line.gtin;
  return (
    <li className="card line" data-testid="returned-line">
      <h2>{name}</h2>
      <p>{unitsNowText(line)}</p>
      <p className="muted">{RETURN_REASON_WORDS[line.reason]}</p>
      {waiting > 1 ? (
        <Stepper
          label={`How many were looked at: ${name}`}
          value={quantity}
          most={waiting}
          onChange={setQuantity}
          words={unitsText}
        />
      ) : null}
      <CommandNote
        command={inspect}
        why="What a look found changes what can be sold, so the ledger has to know."
        unchanged="Its stock is as it was."
      />
      {waiting === 0 ? null : (
        <div className="line-buttons">
          {OUTCOMES.map(({ to, label }) => (
            <Button
              key={to}
              className="big"
              aria-label={`${label}: ${name}`}
              disabled={inspect.isSending || connection === "offline"}
              onClick={() =>
                void inspect
                  .send({
                    actor: selfOf(facts),
                    lines: [{ lineNo: line.lineNo, quantity, epcs: [], to }],
                  })
                  .then((after) => after !== null && onChanged(after))
              }
            >
              {label}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
