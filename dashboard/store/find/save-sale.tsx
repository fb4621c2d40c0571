import { useTranslation } from "react-i18next";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Miss } from "../../../domain/misses/miss.ts";
import { Button } from "../../src/ui/button.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { CommandNote } from "../form/command-note.tsx";
import { Part } from "../form/part.tsx";
import { Stepper } from "../form/stepper.tsx";
import { unitsText } from "../tasks/task-words.ts";
import { useCommand } from "../work/use-command.ts";
import { selfOf } from "../work/work-board.ts";
import { ChooseAlternative } from "./choose-alternative.tsx";
import { SavedSale } from "./saved-sale.tsx";

type SaveSaleProps = {
  gtin: string;
  /** Some other store has it free. */
  isElsewhere: boolean;
  nameOf: (locationId: string) => string;
};

/** A customer wants what is not here: it is counted once, and becomes an order at a store that has it. */
export function SaveSale({ gtin, isElsewhere, nameOf }: SaveSaleProps) {
  const { t } = useTranslation();
  const { client } = useStore();
  const { facts, connection } = useWork();
  const queries = useQueryClient();
  const [quantity, setQuantity] = useState(1);
  const [miss, setMiss] = useState<Miss | null>(null);
  const count = useCommand((units: number, options) =>
    client.misses.record(
      {
        locationId: facts.location?.locationId ?? "",
        gtin,
        quantity: units,
        by: "shelf",
        actor: selfOf(facts),
      },
      options,
    ),
  );

  /** What is free elsewhere has changed by it, or was other than shown. */
  function changed(next: Miss | null): void {
    setMiss(next);
    void queries.invalidateQueries({ queryKey: ["find", gtin] });
  }

  function over(): void {
    changed(null);
    setQuantity(1);
  }

  if (miss?.status === "saved") return <SavedSale miss={miss} nameOf={nameOf} onClose={over} />;
  if (miss !== null)
    return <ChooseAlternative miss={miss} nameOf={nameOf} onChanged={changed} onClose={over} />;
  return (
    <Part title={t("A customer wants it and it is not here")}>
      <Stepper
        label={t("How many the customer wants")}
        value={quantity}
        most={null}
        onChange={setQuantity}
        words={(units) => unitsText(t, units)}
      />
      <CommandNote
        command={count}
        why={t("Which store has it free is known to the server alone.")}
        unchanged={t("Nothing is ordered.")}
      />
      <Button
        look="primary"
        className="huge"
        disabled={count.isSending || connection === "offline"}
        onClick={() => void count.send(quantity).then((made) => made !== null && setMiss(made))}
      >
        {count.isSending ? t("Asking …") : isElsewhere ? t("Get it from another store") : t("Count the wish")}
      </Button>
    </Part>
  );
}
