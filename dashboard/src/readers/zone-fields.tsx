import { useTranslation } from "react-i18next";
import type { Zone } from "../../../domain/location.ts";
import { SelectField } from "../ui/field.tsx";
import type { Assignment } from "./assignment.ts";

type ZoneFieldsProps = {
  assignment: Assignment;
  zones: readonly Zone[];
  onChange: (assignment: Assignment) => void;
};

/** A zone for each antenna, and one for the rest. */
export function ZoneFields({ assignment, zones, onChange }: ZoneFieldsProps) {
  const { t } = useTranslation();
  const choices = zones.map((zone) => ({ value: zone.zoneId, label: zone.name }));
  const antennas = Object.entries(assignment.antennas);
  return (
    <>
      {antennas.length === 0 ? null : (
        <fieldset className="assign-antennas">
          <legend>{t("Zone of each antenna")}</legend>
          {antennas.map(([antenna, zone]) => (
            <SelectField
              key={antenna}
              label={t("Antenna {{antenna}}", { antenna })}
              value={zone}
              choices={[{ value: "", label: t("As the rest") }, ...choices]}
              onChange={(value) =>
                onChange({ ...assignment, antennas: { ...assignment.antennas, [antenna]: value } })
              }
            />
          ))}
        </fieldset>
      )}
      <SelectField
        label={antennas.length === 0 ? t("Zone of the reader") : t("Zone of the rest")}
        hint={t("For reads without an antenna number, and for antennas not named above.")}
        value={assignment.defaultZoneId}
        choices={[{ value: "", label: t("No zone: such reads wait") }, ...choices]}
        onChange={(defaultZoneId) => onChange({ ...assignment, defaultZoneId })}
      />
    </>
  );
}
