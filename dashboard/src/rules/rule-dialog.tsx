import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { LocationGroup } from "../../../domain/api/rule-answers.ts";
import type { Location } from "../../../domain/location.ts";
import { type AvailabilityRule, WEEKDAYS } from "../../../domain/rules/availability-rule.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { draftOf, EMPTY_DRAFT, readDraft, type RuleDraft } from "./rule-draft.ts";
import { RulePreview } from "./rule-preview.tsx";
import { kindChoices, weekdayWords } from "./rule-words.ts";
import { useRuleChange } from "./use-rules.ts";

type RuleDialogProps = {
  /** Null: a new one. */
  rule: AvailabilityRule | null;
  locations: readonly Location[];
  groups: readonly LocationGroup[];
  onClose: () => void;
};

/** Ids are the same in each language. */
const EXAMPLES = { ruleId: "web-safety", channel: "web" };

/** A rule in its form, with what it would change while it is written. */
export function RuleDialog({ rule, locations, groups, onClose }: RuleDialogProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<RuleDraft>(() => (rule === null ? EMPTY_DRAFT : draftOf(rule)));
  const save = useRuleChange<Extract<ReturnType<typeof readDraft>, { ruleId: string }>>({
    run: (client, wish) => client.rules.set(wish.ruleId, wish.rule),
    said: (wish) => t("The rule {{id}} is set", { id: wish.ruleId }),
    onDone: onClose,
  });
  const read = readDraft(draft);
  const isComplete = "rule" in read;
  const text = (name: keyof RuleDraft) => ({
    value: String(draft[name]),
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  });
  return (
    <FormDialog
      title={rule === null ? t("A new rule") : t("Rule {{id}}", { id: rule.ruleId })}
      canSave={isComplete}
      save={save}
      onSave={() => {
        if (isComplete) save.mutate(read);
      }}
      onClose={onClose}
    >
      {rule === null ? (
        <>
          <TextField label={t("Id")} placeholder={EXAMPLES.ruleId} maxLength={64} {...text("ruleId")} />
          <SelectField
            label={t("What it does")}
            value={draft.kind}
            choices={kindChoices(t)}
            onChange={(value) =>
              setDraft({
                ...draft,
                kind: value === "cap" ? "cap" : value === "allocation" ? "allocation" : "safety_stock",
              })
            }
          />
        </>
      ) : null}
      <TextField label={t("Units")} inputMode="numeric" {...text("quantity")} />
      <TextField
        label={draft.kind === "allocation" ? t("Channel it is kept for") : t("Channel (empty: all)")}
        placeholder={EXAMPLES.channel}
        maxLength={64}
        {...text("channel")}
      />
      <SelectField
        label={t("Where")}
        value={draft.place}
        choices={[
          { value: "", label: t("Everywhere") },
          ...groups.map(({ groupId, name }) => ({
            value: `group:${groupId}`,
            label: t("Group: {{group}}", { group: name === "" ? groupId : name }),
          })),
          ...locations.map(({ locationId, name }) => ({ value: `location:${locationId}`, label: name })),
        ]}
        onChange={(place) => setDraft({ ...draft, place })}
      />
      <div className="rule-pair">
        <TextField label={t("GTIN (empty: all)")} inputMode="numeric" maxLength={14} {...text("gtin")} />
        <TextField label={t("Or a category")} maxLength={200} {...text("category")} />
      </div>
      <fieldset className="rule-window">
        <legend className="field-label">{t("When, by the location's clock (empty: always)")}</legend>
        <div className="rule-days">
          {WEEKDAYS.map((day) => (
            <label key={day}>
              <input
                type="checkbox"
                checked={draft.weekdays.includes(day)}
                onChange={({ target }) =>
                  setDraft({
                    ...draft,
                    weekdays: target.checked
                      ? [...draft.weekdays, day]
                      : draft.weekdays.filter((each) => each !== day),
                  })
                }
              />
              {weekdayWords(t, day)}
            </label>
          ))}
        </div>
        <div className="rule-pair">
          <TextField label={t("From")} type="time" {...text("from")} />
          <TextField label={t("To")} type="time" {...text("to")} />
        </div>
        <div className="rule-pair">
          <TextField label={t("Begins")} type="datetime-local" {...text("startsAt")} />
          <TextField label={t("Ends")} type="datetime-local" {...text("endsAt")} />
        </div>
      </fieldset>
      {draft.kind === "allocation" ? (
        <TextField label={t("Unsold units return to all")} type="datetime-local" {...text("releaseAt")} />
      ) : null}
      <TextField label={t("Note")} maxLength={1000} {...text("note")} />
      {isComplete ? (
        <RulePreview ruleId={read.ruleId} rule={read.rule} />
      ) : draft.ruleId === "" ? null : (
        <p className="form-error">{read.problem}</p>
      )}
    </FormDialog>
  );
}
