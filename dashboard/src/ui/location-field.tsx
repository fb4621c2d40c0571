import type { Location } from "../../../domain/location.ts";
import { SelectField } from "./field.tsx";

type LocationFieldProps = {
  /** Empty: all. */
  value: string;
  locations: readonly Location[];
  onChange: (locationId: string) => void;
};

/** Narrows a page to one location. */
export function LocationField({ value, locations, onChange }: LocationFieldProps) {
  return (
    <SelectField
      label="Location"
      isLabelHidden
      value={value}
      choices={[
        { value: "", label: "All locations" },
        ...locations.map(({ locationId, name }) => ({ value: locationId, label: name })),
      ]}
      onChange={onChange}
    />
  );
}
