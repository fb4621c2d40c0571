import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { TrackingAnswer, TrackingScope } from "../../../domain/api/tracking-settings-answers.ts";
import {
  DEFAULT_TRACKING_SETTINGS,
  TRACKING_SETTING_NAMES,
} from "../../../domain/tracking/tracking-settings.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { draftOf, parseDraft, rangeWords, type SettingDraft, type SettingName } from "./setting-draft.ts";
import { SettingLine } from "./setting-line.tsx";
import { useMayEdit, useSetTracking } from "./use-settings.ts";

type TrackingFormProps = { answer: TrackingAnswer; scope: TrackingScope };

/** Every setting of the company or a location. An empty field has what the level above has, which stands in it in grey. */
export function TrackingForm({ answer, scope }: TrackingFormProps) {
  const { t } = useTranslation();
  const mayEdit = useMayEdit();
  const [saved] = useState(() => draftOf(scope.overrides));
  const [draft, setDraft] = useState<SettingDraft>(saved);
  const [note, setNote] = useState("");
  const save = useSetTracking(() => setNote(""));
  const { overrides, wrong } = parseDraft(draft);
  const changed = TRACKING_SETTING_NAMES.filter((name) => (draft[name] ?? "") !== (saved[name] ?? ""));
  const above =
    scope.locationId === null ? { ...DEFAULT_TRACKING_SETTINGS, ...answer.base } : answer.company.effective;

  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ locationId: scope.locationId, overrides, note: note.trim() });
      }}
    >
      <div className="data-panel settings-lines">
        {TRACKING_SETTING_NAMES.map((name) => (
          <SettingLine
            key={name}
            name={name}
            description={answer.settings.find((each) => each.name === name)?.description ?? ""}
            text={draft[name] ?? ""}
            inherited={above[name]}
            inheritedFrom={inheritedFrom(t, answer, scope, name)}
            error={wrong.has(name) ? rangeWords(t, name) : undefined}
            isChanged={changed.includes(name)}
            isReadOnly={!mayEdit}
            onChange={(text) => setDraft({ ...draft, [name]: text })}
          />
        ))}
      </div>
      {save.error === null ? null : (
        <p className="form-error" role="alert">
          {save.error.message} {t("Nothing was changed.")}
        </p>
      )}
      {mayEdit && changed.length > 0 ? (
        <div className="settings-save">
          <TextField
            label={t("Why? (for the history)")}
            value={note}
            maxLength={1000}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button onClick={() => setDraft(saved)}>{t("Discard")}</Button>
          <Button type="submit" look="primary" disabled={wrong.size > 0 || save.isPending}>
            {save.isPending ? t("Saving …") : t("Save {{count}} changes", { count: changed.length })}
          </Button>
        </div>
      ) : null}
      {mayEdit ? null : <p className="muted">{t("Only administrators change settings.")}</p>}
    </form>
  );
}

/** Who says what holds above; what is set where ingest runs but is the default is called the default. */
function inheritedFrom(
  t: TFunction,
  answer: TrackingAnswer,
  scope: TrackingScope,
  name: SettingName,
): string {
  if (scope.locationId !== null && answer.company.overrides[name] !== undefined) return t("the company's");
  const base = answer.base[name];
  return base === undefined || base === DEFAULT_TRACKING_SETTINGS[name]
    ? t("the default")
    : t("set where ingest runs");
}
