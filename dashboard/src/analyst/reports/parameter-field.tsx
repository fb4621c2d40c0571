import { useTranslation } from "react-i18next";
import type { ReportParameter } from "../../../../domain/reports/report.ts";
import { SelectField, TextField } from "../../ui/field.tsx";

type ParameterFieldProps = { parameter: ReportParameter; value: string; onChange: (value: string) => void };

/** The field of one parameter, by its type in the report's header. What is left empty has the report's default. */
export function ParameterField({ parameter, value, onChange }: ParameterFieldProps) {
  const { t } = useTranslation();
  const { name, type, values, min, max, default: byDefault, meaning } = parameter;
  const common = {
    label: name,
    title: meaning,
    value,
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  const usual = byDefault === "" ? t("all") : byDefault;
  switch (type) {
    case "choice":
      return (
        <SelectField
          label={name}
          value={value === "" ? byDefault : value}
          choices={values.map((one) => ({ value: one, label: one.replaceAll("_", " ") }))}
          onChange={(next) => onChange(next === byDefault ? "" : next)}
        />
      );
    case "integer":
    case "number":
      return (
        <TextField
          {...common}
          type="number"
          step={type === "integer" ? 1 : "any"}
          min={min ?? undefined}
          max={max ?? undefined}
          placeholder={usual}
        />
      );
    // Both also take words, such as `beginning`; a list takes several with commas between.
    case "date":
      return <TextField {...common} placeholder={usual} />;
    case "month":
      return <TextField {...common} placeholder={byDefault === "" ? "2026-03" : byDefault} />;
    case "list":
      return <TextField {...common} placeholder={t("all, or several with commas")} />;
    case "text":
      return <TextField {...common} placeholder={byDefault === "" ? t("by itself") : byDefault} />;
    default:
      return type satisfies never;
  }
}
