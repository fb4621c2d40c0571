import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
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
import { reasonWords, unitsNowText } from "./return-words.ts";

type ReturnedLineProps = { one: Return; line: ReturnLine; onChanged: (one: Return) => void };

const outcomes = (t: TFunction): { to: InspectWish["lines"][number]["to"]; label: string }[] => [
  { to: "sellable", label: t("Can be sold") },
  { to: "damaged", label: t("Damaged") },
  { to: "display_only", label: t("For display") },
];

/** Units that came back and where they are now; those that wait for a look get one here. */
export function ReturnedLine({ one, line, onChanged }: ReturnedLineProps) {
  const { t } = useTranslation();
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
      <p>{unitsNowText(t, line)}</p>
      <p className="muted">{reasonWords(t)[line.reason]}</p>
      {waiting > 1 ? (
        <Stepper
          label={t("How many were looked at: {{product}}", { product: name })}
          value={quantity}
          most={waiting}
          onChange={setQuantity}
          words={(units) => unitsText(t, units)}
        />
      ) : null}
      <CommandNote
        command={inspect}
        why={t("What a look found changes what can be sold, so the ledger has to know.")}
        unchanged={t("Its stock is as it was.")}
      />
      {waiting === 0 ? null : (
        <div className="line-buttons">
          {outcomes(t).map(({ to, label }) => (
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
