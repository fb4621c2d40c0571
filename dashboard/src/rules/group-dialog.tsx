import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { LocationGroup } from "../../../domain/api/rule-answers.ts";
import type { Location } from "../../../domain/location.ts";
import { TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { useRuleChange } from "./use-rules.ts";

type GroupDialogProps = { group: LocationGroup | null; locations: readonly Location[]; onClose: () => void };

/** A group in its form. */
export function GroupDialog({ group, locations, onClose }: GroupDialogProps) {
  const { t } = useTranslation();
  const [groupId, setGroupId] = useState(group?.groupId ?? "");
  const [name, setName] = useState(group?.name ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(group?.locations));
  const save = useRuleChange<null>({
    run: (client) => client.rules.setGroup(groupId.trim(), { name: name.trim(), locations: [...chosen] }),
    said: () => t("The group {{id}} is set", { id: groupId.trim() }),
    onDone: onClose,
  });
  const toggle = (locationId: string) => {
    const next = new Set(chosen);
    if (!next.delete(locationId)) next.add(locationId);
    setChosen(next);
  };
  return (
    <FormDialog
      title={group === null ? t("A new group") : t("Group {{id}}", { id: group.groupId })}
      canSave={groupId.trim() !== ""}
      save={save}
      onSave={() => save.mutate(null)}
      onClose={onClose}
    >
      {group === null ? (
        <TextField
          label={t("Id")}
          placeholder={t("coast")}
          maxLength={64}
          value={groupId}
          onChange={(event) => setGroupId(event.target.value)}
        />
      ) : null}
      <TextField
        label={t("Name")}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className="rule-window">
        <legend className="field-label">{t("Locations")}</legend>
        <div className="rule-days">
          {locations.map((location) => (
            <label key={location.locationId}>
              <input
                type="checkbox"
                checked={chosen.has(location.locationId)}
                onChange={() => toggle(location.locationId)}
              />
              {location.name}
            </label>
          ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}
