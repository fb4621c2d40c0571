import { useTranslation } from "react-i18next";
import { SelectField } from "../ui/field.tsx";
import { LANGUAGES } from "./languages.ts";
import { pickLanguage } from "./start-languages.ts";

/** Each language is named in itself, so that who can't read the others finds their own. */
export function LanguagePicker() {
  const { t, i18n } = useTranslation();
  return (
    <SelectField
      label={t("Language")}
      value={i18n.language}
      choices={LANGUAGES.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(value) => {
        const found = LANGUAGES.find(({ id }) => id === value);
        if (found !== undefined) pickLanguage(found.id);
      }}
    />
  );
}
