import { RETURN_REASONS } from "../../../domain/returns/return.ts";
import { SelectField } from "../../src/ui/field.tsx";
import { ProductPrice } from "../find/product-price.tsx";
import { useProduct } from "../find/use-product.ts";
import { ChoiceList } from "../form/choice-list.tsx";
import { Stepper } from "../form/stepper.tsx";
import { unitsText } from "../tasks/task-words.ts";
import { type DraftLine, withQuantity } from "./return-draft.ts";
import { CONDITION_CHOICES, RETURN_REASON_WORDS } from "./return-words.ts";

const REASON_CHOICES = RETURN_REASONS.map((value) => ({ value, label: RETURN_REASON_WORDS[value] }));

type ReturnLineCardProps = { line: DraftLine; onChange: (line: DraftLine) => void };

/** One product that was bought: how many come back, why, and as what. */
export function ReturnLineCard({ line, onChange }: ReturnLineCardProps) {
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
        <p>All of it has come back.</p>
      ) : (
        <Stepper
          label={`How many come back: ${name}`}
          value={quantity}
          least={0}
          most={most}
          onChange={(units) => onChange(withQuantity(line, units))}
          words={(units) => (most === null ? unitsText(units) : `${units} of ${most}`)}
        />
      )}
      {quantity === 0 ? null : (
        <>
          {epcs.length === 0 ? null : <p className="muted">{`${unitsText(epcs.length)} scanned by tag`}</p>}
          <SelectField
            label="Why?"
            value={reason ?? ""}
            choices={[{ value: "", label: "Choose …" }, ...REASON_CHOICES]}
            onChange={(value) =>
              onChange({ ...line, reason: RETURN_REASONS.find((one) => one === value) ?? null })
            }
          />
          <ChoiceList
            legend="In which condition?"
            value={condition}
            onChange={(value) => onChange({ ...line, condition: value })}
            choices={CONDITION_CHOICES}
          />
        </>
      )}
    </li>
  );
}
