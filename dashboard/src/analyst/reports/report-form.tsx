import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Comparison, ReportHeader } from "../../../../domain/reports/report.ts";
import { COMPARISONS } from "../../../../domain/reports/report.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/field.tsx";
import { ParameterField } from "./parameter-field.tsx";
import { isPossible, type ReportAsked } from "./report-address.ts";

type ReportFormProps = { report: ReportHeader; asked: ReportAsked; onAsk: (asked: ReportAsked) => void };

/** The parameters of a report, as its header has them. They are asked with together, when the person says so. */
export function ReportForm({ report, asked, onAsk }: ReportFormProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState(asked.parameters);
  const [known, setKnown] = useState(asked.parameters);
  if (known !== asked.parameters && !isSame(known, asked.parameters)) {
    // The address was changed from outside: a link, the way back.
    setKnown(asked.parameters);
    setValues(asked.parameters);
  }
  const isValid = report.parameters.every((parameter) => isPossible(parameter, values[parameter.name] ?? ""));
  const hasWindow = report.parameters.some(({ name }) => name === "from");
  const ask = (compare: Comparison | undefined) => onAsk({ ...asked, parameters: values, compare });
  return (
    <form
      className="report-form"
      aria-label={t("Parameters")}
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) ask(asked.compare);
      }}
    >
      {report.parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={values[parameter.name] ?? ""}
          onChange={(value) => setValues((last) => ({ ...last, [parameter.name]: value }))}
        />
      ))}
      {hasWindow ? (
        <SelectField
          label={t("Compare with")}
          value={asked.compare ?? ""}
          choices={[
            { value: "", label: t("nothing") },
            ...COMPARISONS.map((kind) => comparisonChoice(t, kind)),
          ]}
          onChange={(value) => ask(COMPARISONS.find((one) => one === value))}
        />
      ) : null}
      <div className="report-form-actions">
        <Button type="submit" look="primary" disabled={!isValid}>
          {t("Ask")}
        </Button>
        <Button onClick={() => onAsk({ parameters: {}, compare: undefined, chart: asked.chart })}>
          {t("Back to the defaults")}
        </Button>
      </div>
    </form>
  );
}

function comparisonChoice(t: ReturnType<typeof useTranslation>["t"], kind: Comparison) {
  return { value: kind, label: kind === "previous" ? t("the window before") : t("a year ago") };
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}
