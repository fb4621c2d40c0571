import { Button } from "../../src/ui/button.tsx";
import { Part } from "../form/part.tsx";
import { unitsText } from "../tasks/task-words.ts";
import type { ExchangeLine } from "./exchange-draft.ts";

type ExchangePartProps = {
  /** Null: they take nothing instead. */
  lines: readonly ExchangeLine[] | null;
  onBegin: () => void;
  onChange: (lines: readonly ExchangeLine[] | null) => void;
};

/** What the customer takes instead: held before anything is taken back, so they end with one or the other. */
export function ExchangePart({ lines, onBegin, onChange }: ExchangePartProps) {
  if (lines === null) {
    return (
      <Button className="big" onClick={onBegin}>
        They take something else instead …
      </Button>
    );
  }
  return (
    <Part title="They take instead">
      {lines.length === 0 ? <p className="muted">Scan or type what they take.</p> : null}
      <ul className="elsewhere">
        {lines.map((line) => (
          <li key={line.product.gtin}>
            <span>{`${line.product.name} · ${unitsText(line.quantity)}`}</span>
            <Button
              className="big"
              aria-label={`Remove ${line.product.name}`}
              onClick={() => onChange(lines.filter((one) => one !== line))}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <Button className="big" onClick={() => onChange(null)}>
        They take nothing instead
      </Button>
    </Part>
  );
}
