import { useTranslation } from "react-i18next";
import { useState } from "react";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { Miss } from "../../../domain/misses/miss.ts";
import type { Alternative } from "../../../domain/reservations/reservation.ts";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { ChoiceList } from "../form/choice-list.tsx";
import { CommandNote } from "../form/command-note.tsx";
import { Part } from "../form/part.tsx";
import { unitsText } from "../tasks/task-words.ts";
import { useCommand } from "../work/use-command.ts";
import { selfOf } from "../work/work-board.ts";
import { alternativeText, methodChoices } from "./alternative-words.ts";
import { useProduct } from "./use-product.ts";

type ChooseAlternativeProps = {
  miss: Miss;
  nameOf: (locationId: string) => string;
  onChanged: (miss: Miss) => void;
  onClose: () => void;
};
/** All that the order is made of, so that pressing again is the same order. */
type Chosen = {
  locationId: string;
  method: Alternative["method"];
  loyaltyNumber: string;
  price: { unitPrice: string; currency: string } | null;
};

/** Where it is free, best first. One press makes the order there; a second press finds the first one done. */
export function ChooseAlternative({ miss, nameOf, onChanged, onClose }: ChooseAlternativeProps) {
  const { t } = useTranslation();
  const { client } = useStore();
  const { facts, connection } = useWork();
  const product = useProduct(miss.gtin);
  const [locationId, setLocationId] = useState<string | null>(null);
  const [chosenMethod, setMethod] = useState<Alternative["method"] | null>(null);
  const [loyaltyNumber, setLoyaltyNumber] = useState("");
  const [isGone, setGone] = useState(false);

  async function save(
    { loyaltyNumber: value, price: paid, ...place }: Chosen,
    options: { idempotencyKey: string },
  ) {
    const customer =
      value === "" ? null : await client.customers.lookup({ kind: "loyalty", source: "", value });
    const known = customer === null ? {} : { customerId: customer.customerId };
    return await client.misses.save(
      miss.missId,
      { ...place, ...paid, ...known, actor: selfOf(facts) },
      options,
    );
  }

  /** What was free is gone, or somebody was faster: what is true now is shown instead. */
  function isShown(problem: ApiProblem): boolean {
    const [line] = problem.lines;
    if (problem.code === "miss_state") {
      void client.misses.get(miss.missId).then(onChanged, () => undefined);
      return true;
    }
    if (line === undefined) return false;
    setGone(true);
    setLocationId(null);
    setMethod(null);
    onChanged({ ...miss, alternatives: line.alternatives });
    return true;
  }

  const order = useCommand(save, isShown);
  const { alternatives } = miss;
  const chosen = alternatives.find((one) => one.locationId === locationId) ?? alternatives[0];
  if (chosen === undefined) {
    return (
      <Part title={t("No other store has it free")}>
        <p>{t("The wish is counted, so that buyers see it. Nothing is ordered.")}</p>
        <Button className="big" onClick={onClose}>
          {t("Back")}
        </Button>
      </Part>
    );
  }
  const method = chosenMethod ?? chosen.method;
  const price =
    product === null || product.price === null
      ? null
      : { unitPrice: product.price, currency: product.currency };
  const isLocked = order.isSending || order.failure?.isUnknown === true;
  return (
    <Part title={t("Get {{units}} from another store", { units: unitsText(t, miss.quantity) })}>
      {miss.availableHere === 0 ? null : (
        <p className="muted">
          {t("By the books {{units}} should be free here. Ask for a look as well.", {
            units: unitsText(t, miss.availableHere),
          })}
        </p>
      )}
      {isGone ? (
        <p className="form-error" role="alert">
          {t("It was sold there in the meantime, and nothing is ordered. This is where it is now.")}
        </p>
      ) : null}
      <fieldset className="plain-fieldset stack" disabled={isLocked}>
        <ChoiceList
          legend={t("From where?")}
          value={chosen.locationId}
          onChange={(id) => {
            setLocationId(id);
            setMethod(null);
          }}
          choices={alternatives.map((one) => ({
            value: one.locationId,
            title: nameOf(one.locationId),
            detail: alternativeText(t, one, miss.quantity),
          }))}
        />
        <ChoiceList
          legend={t("How does the customer get it?")}
          isRow
          value={method}
          onChange={setMethod}
          choices={methodChoices(t, chosen.method)}
        />
        <TextField
          label={t("Number of the customer's card (optional)")}
          autoComplete="off"
          maxLength={200}
          value={loyaltyNumber}
          onChange={(event) => setLoyaltyNumber(event.target.value)}
        />
      </fieldset>
      <CommandNote
        command={order}
        why={t(
          "The units are taken there in the moment you press; only the server can say that they are free.",
        )}
        unchanged={t("Nothing is ordered.")}
      />
      <Button
        look="primary"
        className="huge"
        disabled={order.isSending || connection === "offline"}
        onClick={() =>
          void order
            .send({ locationId: chosen.locationId, method, loyaltyNumber: loyaltyNumber.trim(), price })
            .then((saved) => saved !== null && onChanged(saved))
        }
      >
        {order.isSending ? t("Ordering …") : t("Order at {{place}}", { place: nameOf(chosen.locationId) })}
      </Button>
      <Button className="big" disabled={isLocked} onClick={onClose}>
        {t("Do not order")}
      </Button>
    </Part>
  );
}
