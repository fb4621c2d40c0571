import { useTranslation } from "react-i18next";
import { REASON_CODES } from "../../../domain/availability/availability-item.ts";
import type { Location } from "../../../domain/location.ts";
import { formatWhole } from "../format/number.ts";
import type { ProductWords } from "../live/product-words.ts";
import { Button } from "../ui/button.tsx";
import { SelectField } from "../ui/field.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Icon } from "../ui/icon.tsx";
import { SearchBox } from "../ui/search-box.tsx";
import { reasonLabel } from "../ui/state-badge.tsx";
import { isFiltering, type StockFilter } from "./stock-filter.ts";

type StockToolbarProps = {
  filter: StockFilter;
  onChange: (changes: Partial<StockFilter>) => void;
  locations: readonly Location[];
  words: ProductWords;
  shown: number;
};

const NO_FILTER = { search: "", locationId: "", gtin: "", reason: "" } as const;

export function StockToolbar({ filter, onChange, locations, words, shown }: StockToolbarProps) {
  const { t } = useTranslation();
  return (
    <div className="toolbar">
      <SearchBox
        label={t("Search products by name, SKU, category or GTIN")}
        placeholder={t("Name, SKU or GTIN")}
        value={filter.search}
        onChange={(search) => onChange({ search })}
      />
      <LocationField
        value={filter.locationId}
        locations={locations}
        onChange={(locationId) => onChange({ locationId })}
      />
      <SelectField
        label={t("State")}
        isLabelHidden
        value={filter.reason}
        choices={[
          { value: "", label: t("Any state") },
          ...REASON_CODES.map((reason) => ({ value: reason, label: reasonLabel(t, reason) })),
        ]}
        onChange={(value) => onChange({ reason: REASON_CODES.find((reason) => reason === value) ?? "" })}
      />
      {filter.gtin === "" ? null : (
        <Button onClick={() => onChange({ gtin: "" })}>
          {words.get(filter.gtin)?.name ?? filter.gtin}
          <Icon name="close" size={14} />
          <span className="visually-hidden">{t("Show all products")}</span>
        </Button>
      )}
      {isFiltering(filter) ? (
        <Button look="quiet" onClick={() => onChange(NO_FILTER)}>
          {t("Clear")}
        </Button>
      ) : null}
      <span className="toolbar-count numeric" role="status">
        {t("{{rows}} rows", { count: shown, rows: formatWhole(shown) })}
      </span>
    </div>
  );
}
