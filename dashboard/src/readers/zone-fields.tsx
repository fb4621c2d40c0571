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
  const choices = zones.map((zone) => ({ value: zone.zoneId, label: zone.name }));
  const antennas = Object.entries(assignment.antennas);
  return (
    <>
      {antennas.length === 0 ? null : (
        <fieldset className="assign-antennas">
          <legend>Zone of each antenna</legend>
          {antennas.map(([antenna, zone]) => (
            <SelectField
              key={antenna}
              label={`Antenna ${antenna}`}
              value={zone}
              choices={[{ value: "", label: "As the rest" }, ...choices]}
              onChange={(value) =>
                onChange({ ...assignment, antennas: { ...assignment.antennas, [antenna]: value } })
              }
            />
          ))}
        </fieldset>
      )}
      <SelectField
        label={antennas.length === 0 ? "Zone of the reader" : "Zone of the rest"}
        hint="For reads without an antenna number, and for antennas not named above."
        value={assignment.defaultZoneId}
        choices={[{ value: "", label: "No zone: such reads wait" }, ...choices]}
        onChange={(defaultZoneId) => onChange({ ...assignment, defaultZoneId })}
      />
    </>
  );
}
