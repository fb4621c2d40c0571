import { useTranslation } from "react-i18next";
import { Button } from "../../src/ui/button.tsx";
import { Part } from "../form/part.tsx";
import { unitsText } from "../tasks/task-words.ts";
import type { ExchangeLine } from "./exchange-draft.ts";

type ExchangePartProps = {
  lines: readonly ExchangeLine[];
  onChange: (lines: readonly ExchangeLine[]) => void;
  /** They take nothing instead. */
  onEnd: () => void;
};

/** What the customer takes instead: held before anything is taken back, so they end with one or the other. */
export function ExchangePart({ lines, onChange, onEnd }: ExchangePartProps) {
  const { t } = useTranslation();
  return (
    <Part title={t("They take instead")}>
      {lines.length === 0 ? <p className="muted">{t("Scan or type what they take.")}</p> : null}
      <ul className="elsewhere">
        {lines.map((line) => (
          <li key={line.product.gtin}>
            <span>{`${line.product.name} · ${unitsText(t, line.quantity)}`}</span>
            <Button
              className="big"
              aria-label={t("Remove {{product}}", { product: line.product.name })}
              onClick={() => onChange(lines.filter((one) => one !== line))}
            >
              {t("Remove")}
            </Button>
          </li>
        ))}
      </ul>
      <Button className="big" onClick={onEnd}>
        {t("They take nothing instead")}
      </Button>
    </Part>
  );
}
