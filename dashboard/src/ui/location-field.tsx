import { useTranslation } from "react-i18next";
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
  const { t } = useTranslation();
  return (
    <SelectField
      label={t("Location")}
      isLabelHidden
      value={value}
      choices={[
        { value: "", label: t("All locations") },
        ...locations.map(({ locationId, name }) => ({ value: locationId, label: name })),
      ]}
      onChange={onChange}
    />
  );
}
