import { useTranslation } from "react-i18next";
import type { Return } from "../../../domain/returns/return.ts";
import { Button } from "../../src/ui/button.tsx";
import { Icon } from "../../src/ui/icon.tsx";
import { Part } from "../form/part.tsx";
import { ExchangeHandOver } from "./exchange-hand-over.tsx";
import { ReturnedLine } from "./returned-line.tsx";
import { boughtText } from "./return-words.ts";

type ReturnTakenProps = {
  one: Return;
  takenOut: readonly string[];
  onChanged: (one: Return) => void;
  onClose: () => void;
};

/** A return that the ledger has: what is on hand since, what can be sold, and what is left to do. */
export function ReturnTaken({ one, takenOut, onChanged, onClose }: ReturnTakenProps) {
  const { t } = useTranslation();
  return (
    <>
      <Part title={t("Taken back")}>
        <p className="done-line" role="status" data-testid="taken">
          <Icon name="check" size={28} />
          <span>{t("It is on hand here.")}</span>
        </p>
        <p className="muted">{boughtText(t, one.boughtIn)}</p>
        {one.override === null ? null : (
          <p className="muted">{t("All the same, because: {{reason}}", { reason: one.override })}</p>
        )}
        {one.isNoted ? null : (
          <p className="muted">{t("The order does not know of it yet; it will be told by itself.")}</p>
        )}
      </Part>
      <ul className="cards">
        {one.lines.map((line) => (
          <ReturnedLine key={line.lineNo} one={one} line={line} onChanged={onChanged} />
        ))}
      </ul>
      {one.exchangeOrderId === null ? null : (
        <ExchangeHandOver orderId={one.exchangeOrderId} epcs={takenOut} />
      )}
      <Button look={one.exchangeOrderId === null ? "primary" : "plain"} className="huge" onClick={onClose}>
        {t("Next customer")}
      </Button>
    </>
  );
}
