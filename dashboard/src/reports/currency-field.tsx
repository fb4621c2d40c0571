import { useTranslation } from "react-i18next";
import type { ReportQuery } from "./use-report.ts";
import { SelectField } from "../ui/field.tsx";
import { useCurrency } from "./use-currency.ts";

/** Which amounts are counted, where there are several currencies: they are never added. */
export function CurrencyField({ reports }: { reports: readonly ReportQuery[] }) {
  const { t } = useTranslation();
  const { currency, set, choicesOf } = useCurrency();
  const choices = choicesOf(reports);
  if (choices.length < 2) return null;
  return (
    <SelectField
      label={t("Currency")}
      isLabelHidden
      value={currency}
      choices={[
        { value: "", label: t("Choose a currency") },
        ...choices.map((each) => ({ value: each, label: t("Amounts in {{currency}}", { currency: each }) })),
      ]}
      onChange={set}
    />
  );
}
