import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/field.tsx";
import type { QueryParameter } from "./query-parameters.ts";

type SqlParametersProps = {
  parameters: readonly QueryParameter[];
  values: Readonly<Record<string, string>>;
  onChange: (name: string, value: string) => void;
};

/** A field for each `{name:Type}` of the query. */
export function SqlParameters({ parameters, values, onChange }: SqlParametersProps) {
  const { t } = useTranslation();
  if (parameters.length === 0) return null;
  return (
    <fieldset className="sql-parameters">
      <legend className="visually-hidden">{t("Values of the query")}</legend>
      {parameters.map(({ name, type }) => (
        <TextField
          key={name}
          label={name}
          placeholder={type}
          title={type}
          autoComplete="off"
          spellCheck={false}
          value={values[name] ?? ""}
          onChange={(event) => onChange(name, event.target.value)}
        />
      ))}
    </fieldset>
  );
}
