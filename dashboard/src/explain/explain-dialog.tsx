import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StockRow } from "../live/row-store.ts";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Failed } from "../ui/query-state.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import "./explain-dialog.css";
import { ExplainSteps } from "./explain-steps.tsx";
import { ExplainSum } from "./explain-sum.tsx";
import { useExplanation } from "./use-explanation.ts";

type ExplainDialogProps = { row: StockRow; productName: string; placeName: string; onClose: () => void };

const basesOf = (t: TFunction) => [
  { value: "answered", label: t("what was answered then") },
  { value: "event_time", label: t("what is known of it by now") },
];

/** Why this number: the sum, the holds and rules in it, and the movements since the last count. Of now it stays live. */
export function ExplainDialog({ row, productName, placeName, onClose }: ExplainDialogProps) {
  const { t } = useTranslation();
  const [channel, setChannel] = useState("");
  const [atText, setAtText] = useState("");
  const [basis, setBasis] = useState("answered");
  const at = atText === "" || Number.isNaN(Date.parse(atText)) ? "" : new Date(atText).toISOString();
  const query = useExplanation(
    { gtin: row.gtin, locationId: row.locationId, channel, at, isByEventTime: basis === "event_time" },
    `${row.onHand} ${row.sellable} ${row.reserved} ${row.safetyStock} ${row.allocated}`,
  );
  const explanation = query.data;
  return (
    <Dialog title={at === "" ? t("Why this number?") : t("Why that number?")} isDrawer onClose={onClose}>
      <p className="muted">{t("{{product}} at {{place}}", { product: productName, place: placeName })}</p>
      <div className="why-wish">
        <TextField
          label={t("At")}
          type="datetime-local"
          step={1}
          value={atText}
          onChange={(event) => setAtText(event.target.value)}
        />
        <TextField
          label={t("Channel")}
          placeholder={t("any")}
          maxLength={64}
          value={channel}
          onChange={(event) => setChannel(event.target.value.trim())}
        />
        {at === "" ? null : (
          <SelectField label={t("Show")} value={basis} choices={basesOf(t)} onChange={setBasis} />
        )}
      </div>
      {query.error === null ? null : (
        <Failed title={t("It can't be explained")} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending ? <p role="status">{t("Reading the ledger …")}</p> : null}
      {explanation === undefined || query.error !== null ? null : (
        <div className={query.isPlaceholderData ? "why is-old" : "why"} aria-busy={query.isFetching}>
          <div className="why-head">
            <h3>{t("The sum")}</h3>
            <StateBadge reason={explanation.answer.reasonCode} />
          </div>
          <ExplainSum explanation={explanation} />
          <h3>{t("Where the sellable units come from")}</h3>
          <ExplainSteps explanation={explanation} />
        </div>
      )}
    </Dialog>
  );
}
