import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { itemStatusSchema } from "../../../domain/api/items.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { placeNames } from "../item/place-names.ts";
import { STATUS_LOOKS } from "../item/status-badge.tsx";
import { useLocations } from "../live/use-master-data.ts";
import { SelectField } from "../ui/field.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { SearchBox } from "../ui/search-box.tsx";
import { itemSearchPath } from "./item-search-path.ts";
import { ItemsContent } from "./items-content.tsx";
import { parseItemFilter } from "./use-items.ts";

/** Tagged units of a product, by place and status; and the way to one of them by its tag. */
export function ItemsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const filter = parseItemFilter(search);
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });
  const find = (text: string) => {
    const path = itemSearchPath(text);
    // A GTIN keeps the other filters.
    if (path.startsWith("/items/")) void navigate(path);
    else set("gtin", text.trim());
  };

  return (
    <>
      <PageHead title={t("Items")} />
      <div className="page-body">
        <div className="toolbar">
          <SearchBox
            label={t("Find items by GTIN, or one by its EPC, as hex or as a URI")}
            placeholder={t("GTIN or EPC")}
            value={filter.gtin}
            applied="on-enter"
            onChange={find}
          />
          <LocationField
            value={filter.location}
            locations={locations}
            onChange={(value) => set("location", value)}
          />
          <SelectField
            label={t("Status")}
            isLabelHidden
            value={filter.status}
            choices={[
              { value: "", label: t("Any status") },
              ...itemStatusSchema.options.map((value) => ({ value, label: STATUS_LOOKS[value].label(t) })),
            ]}
            onChange={(value) => set("status", value)}
          />
        </div>
        {filter.gtin === "" && filter.location === "" ? (
          <Notice icon="tag" title={t("Which items?")}>
            {t(
              "Type a GTIN for all units of a product, or the EPC of a tag for its life: as hex, or as a URI such as",
            )}{" "}
            <code>urn:epc:id:sgtin:0614141.812345.6789</code>. {t("Or choose a location.")}
          </Notice>
        ) : (
          <ItemsContent filter={filter} names={names} />
        )}
      </div>
    </>
  );
}
