import { useTranslation } from "react-i18next";
import { useId } from "react";
import "../ui/field.css";
import { Badge } from "../ui/badge.tsx";
import { isSwitch, type SettingName } from "./setting-draft.ts";
import { settingWords, toShown, valueWords } from "./setting-words.ts";

type SettingLineProps = {
  name: SettingName;
  description: string;
  text: string;
  inherited: number | boolean;
  inheritedFrom: string;
  error: string | undefined;
  isChanged: boolean;
  isReadOnly: boolean;
  onChange: (text: string) => void;
};

/** One setting: what it means, its value here, and what holds where nothing is set. */
export function SettingLine(props: SettingLineProps) {
  const { t } = useTranslation();
  const { name, description, text, inherited, inheritedFrom, error, isChanged, isReadOnly, onChange } = props;
  const id = useId();
  const { label, unit } = settingWords(t, name);
  const field = {
    id,
    value: text,
    disabled: isReadOnly,
    "aria-describedby": `${id}-words`,
    "aria-invalid": error !== undefined,
  };
  return (
    <div className={isChanged ? "setting changed" : "setting"} data-testid="setting">
      <div className="setting-words">
        <label htmlFor={id} className="field-label">
          {label}
        </label>
        <code className="muted">{name}</code>
        <p id={`${id}-words`} className="muted">
          {description.replaceAll("`", "")}
        </p>
      </div>
      <div className="setting-value">
        {isSwitch(name) ? (
          <select {...field} className="select" onChange={(event) => onChange(event.target.value)}>
            <option value="">{t("Inherited ({{value}})", { value: valueWords(t, name, inherited) })}</option>
            <option value="on">{t("On")}</option>
            <option value="off">{t("Off")}</option>
          </select>
        ) : (
          <span className="setting-number">
            <input
              {...field}
              className="input numeric"
              inputMode="decimal"
              placeholder={typeof inherited === "number" ? toShown(name, inherited) : ""}
              onChange={(event) => onChange(event.target.value)}
            />
            <span className="muted">{unit}</span>
          </span>
        )}
        {error === undefined ? null : (
          <span className="setting-error" role="alert">
            {error}
          </span>
        )}
      </div>
      <div className="setting-origin">
        {text === "" ? (
          <span className="muted">
            {valueWords(t, name, inherited)}, {inheritedFrom}
          </span>
        ) : (
          <>
            <Badge tone={isChanged ? "warn" : "accent"} icon={isChanged ? "warning" : "key"}>
              {isChanged ? t("Not saved yet") : t("Set here")}
            </Badge>
            <span className="muted">{t("else {{value}}", { value: valueWords(t, name, inherited) })}</span>
          </>
        )}
      </div>
    </div>
  );
}
