import { useTranslation } from "react-i18next";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { Purchase } from "../../../domain/returns/return.ts";
import { Button } from "../../src/ui/button.tsx";
import { SelectField } from "../../src/ui/field.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { Part } from "../form/part.tsx";
import type { Scan } from "../scan/parse-scan.ts";
import { ScanField } from "../scan/scan-field.tsx";
import { RefusalNote } from "../tasks/refusal-note.tsx";
import { findPurchase, type FoundPurchase } from "./find-purchase.ts";
import { UNKNOWN_PURCHASE } from "./unknown-purchase.ts";

type PurchaseFinderProps = { onFound: (purchase: Purchase, scan: Scan | null) => void };

/** A number, barcode or tag; `soldAt`: the store whose receipt it may be of. */
type Asked = { text: string; soldAt: string };

/** Where it was bought: by the item's tag, the order or the receipt. What nobody knows can be taken back all the same, with a reason. */
export function PurchaseFinder({ onFound }: PurchaseFinderProps) {
  const { t } = useTranslation();
  const { client, board } = useStore();
  const { facts, connection } = useWork();
  const [missing, setMissing] = useState<{ text: string; found: FoundPurchase } | null>(null);
  const location = facts.location?.locationId ?? "";
  const find = useMutation({
    networkMode: "always",
    mutationFn: ({ text, soldAt }: Asked) =>
      findPurchase((query) => client.returns.purchase(query), { location, soldAt }, text),
    onSuccess: (found, { text }) => {
      if (found.purchase === null) setMissing({ text, found });
      else onFound(found.purchase, found.scan);
    },
    onError: (error) => board.notHeard(error),
  });
  const { error } = find;
  const ask = (asked: Asked) => {
    setMissing(null);
    find.mutate(asked);
  };
  return (
    <Part title={t("What comes back?")}>
      <ScanField
        label={t("Order or receipt number, or scan the item")}
        placeholder={t("Number, barcode or tag")}
        action={t("Find it")}
        onScan={(text) => ask({ text, soldAt: location })}
      />
      {find.isPending ? <p role="status">{t("Looking …")}</p> : null}
      <RefusalNote
        refusal={
          error === null
            ? null
            : {
                status: 0,
                code: "",
                title: error instanceof ApiProblem ? error.title : t("It can't be looked up now"),
                detail: `${error instanceof ApiProblem ? error.detail : error.message} ${t("Nothing was taken back.")}`,
              }
        }
        onClose={find.reset}
      />
      {missing === null ? null : (
        <div className="stack" role="alert">
          <p>
            <strong>
              {t("Nothing is known under {{text}}.", { text: missing.text.trim().slice(0, 40) })}
            </strong>{" "}
            {t("Look for the number on the customer's confirmation or receipt.")}
          </p>
          {(missing.found.scan?.epc ?? null) === null ? (
            <OtherStore here={location} onChosen={(soldAt) => ask({ text: missing.text, soldAt })} />
          ) : null}
          <Button className="big" onClick={() => onFound(UNKNOWN_PURCHASE, missing.found.scan)}>
            {t("Take it back without a number")}
          </Button>
        </div>
      )}
      {connection === "offline" ? (
        <p className="needs-network" role="status">
          <strong>{t("This needs the network.")}</strong>{" "}
          {t(
            "Whether units may come back is known to the server alone: else the same item could come back twice.",
          )}
        </p>
      ) : null}
    </Part>
  );
}

/** Tills number their receipts store by store. */
function OtherStore({ here, onChosen }: { here: string; onChosen: (locationId: string) => void }) {
  const { t } = useTranslation();
  const { client } = useStore();
  const locations = useQuery({
    queryKey: ["locations"],
    queryFn: ({ signal }) => client.locations.list({ limit: 500, signal }),
  });
  const others = (locations.data?.items ?? []).filter(
    ({ locationId, kind }) => locationId !== here && kind === "store",
  );
  if (others.length === 0) return null;
  return (
    <SelectField
      label={t("Or is it a receipt of another store?")}
      value=""
      choices={[
        { value: "", label: t("Choose …") },
        ...others.map(({ locationId, name }) => ({ value: locationId, label: name })),
      ]}
      onChange={(locationId) => {
        if (locationId !== "") onChosen(locationId);
      }}
    />
  );
}
