import { useTranslation } from "react-i18next";
import { RETURN_REASONS } from "../../../domain/returns/return.ts";
import { SelectField } from "../../src/ui/field.tsx";
import { ProductPrice } from "../find/product-price.tsx";
import { useProduct } from "../find/use-product.ts";
import { ChoiceList } from "../form/choice-list.tsx";
import { Stepper } from "../form/stepper.tsx";
import { unitsText } from "../tasks/task-words.ts";
import { type DraftLine, withQuantity } from "./return-draft.ts";
import { conditionChoices, reasonWords } from "./return-words.ts";

type ReturnLineCardProps = { line: DraftLine; onChange: (line: DraftLine) => void };

/** One product that was bought: how many come back, why, and as what. */
export function ReturnLineCard({ line, onChange }: ReturnLineCardProps) {
  const { t } = useTranslation();
  const { gtin, most, quantity, epcs, reason, condition } = line;
  const product = useProduct(gtin);
  const name = product?.name ?? gtin;
  return (
    <li className="card line" data-testid="return-line">
      <div>
        <h2>{name}</h2>
        <p className="muted numeric">
          {gtin} <ProductPrice gtin={gtin} />
        </p>
      </div>
      {most === 0 ? (
        <p>{t("All of it has come back.")}</p>
      ) : (
        <Stepper
          label={t("How many come back: {{product}}", { product: name })}
          value={quantity}
          least={0}
          most={most}
          onChange={(units) => onChange(withQuantity(line, units))}
          words={(units) =>
            most === null ? unitsText(t, units) : t("{{shown}} of {{total}}", { shown: units, total: most })
          }
        />
      )}
      {quantity === 0 ? null : (
        <>
          {epcs.length === 0 ? null : (
            <p className="muted">{t("{{units}} scanned by tag", { units: unitsText(t, epcs.length) })}</p>
          )}
          <SelectField
            label={t("Why?")}
            value={reason ?? ""}
            choices={[
              { value: "", label: t("Choose …") },
              ...RETURN_REASONS.map((one) => ({ value: one, label: reasonWords(t)[one] })),
            ]}
            onChange={(value) =>
              onChange({ ...line, reason: RETURN_REASONS.find((one) => one === value) ?? null })
            }
          />
          <ChoiceList
            legend={t("In which condition?")}
            value={condition}
            onChange={(value) => onChange({ ...line, condition: value })}
            choices={conditionChoices(t)}
          />
        </>
      )}
    </li>
  );
}
