import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDay } from "../format/day.ts";
import { formatSigned, formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import type { StockRow } from "../live/row-store.ts";
import { SelectField } from "../ui/field.tsx";
import { PagePart, PartAnswer, PartNote } from "../ui/page-part.tsx";
import "./product-page.css";
import { type PromiseStep, promiseSteps } from "./promise-steps.ts";
import { useSchedule } from "./use-product.ts";

type PromisePartProps = { gtin: string; rows: readonly StockRow[]; names: PlaceNames };

/** What may be promised of the product at a location, and until when: it changes by what comes, and by rules. */
export function PromisePart({ gtin, rows, names }: PromisePartProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState("");
  const location = chosen === "" ? (rows[0]?.locationId ?? "") : chosen;
  const query = useSchedule(gtin, location);
  return (
    <PagePart
      title={t("What may be promised")}
      note={t("With what is reserved, announced and withheld, for 30 days.")}
    >
      {rows.length === 0 ? (
        <PartNote>{t("It has no stock record anywhere.")}</PartNote>
      ) : (
        <>
          <SelectField
            label={t("Location")}
            isLabelHidden
            value={location}
            choices={rows
              .map((row) => ({ value: row.locationId, label: names.location(row.locationId) }))
              .toSorted((a, b) => a.label.localeCompare(b.label))}
            onChange={setChosen}
          />
          <PartAnswer query={query}>{({ days }) => <Steps steps={promiseSteps(days)} />}</PartAnswer>
        </>
      )}
    </PagePart>
  );
}

function Steps({ steps }: { steps: readonly PromiseStep[] }) {
  const { t } = useTranslation();
  return (
    <ol className="card promise-steps">
      {steps.map((step, index) => (
        <li key={step.from} className="numeric">
          <b className={step.available === 0 ? "promise-none" : ""}>{formatWhole(step.available)}</b>
          <span>
            {spanWords(step, index === 0)}
            {step.supply === 0 ? null : (
              <span className="muted"> · {t("{{units}} to come", { units: formatSigned(step.supply) })}</span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );

  function spanWords({ from, until }: PromiseStep, isNow: boolean): string {
    if (isNow && until === null) return t("now, and for the next 30 days");
    if (isNow) return t("now, until {{day}}", { day: formatDay(until ?? "") });
    if (until === null) return t("from {{day}} on", { day: formatDay(from) });
    return from === until
      ? t("on {{day}}", { day: formatDay(from) })
      : t("from {{from}} to {{until}}", { from: formatDay(from), until: formatDay(until) });
  }
}
