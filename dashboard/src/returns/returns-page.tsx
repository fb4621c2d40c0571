import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { returnStatusSchema } from "../../../domain/returns/return.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { placeNames } from "../item/place-names.ts";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { SelectField } from "../ui/field.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { SearchBox } from "../ui/search-box.tsx";
import { returnColumns } from "./return-columns.tsx";
import { ReturnFigures } from "./return-figures.tsx";
import { statusLooks } from "./return-words.ts";
import { useReturns } from "./use-returns.ts";

const FLAGGED = "flagged";

/** What came back, of orders of any channel at any location, and what does not fit. */
export function ReturnsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const words = useProductWords();
  const names = useMemo(() => placeNames(locations), [locations]);
  const state = search.get("state") ?? "";
  const location = search.get("location") ?? "";
  const boughtIn = search.get("boughtIn") ?? "";
  const status = returnStatusSchema.safeParse(state);
  const query = useReturns({
    ...(location === "" ? {} : { location }),
    ...(boughtIn.trim() === "" ? {} : { boughtIn: boughtIn.trim() }),
    ...(status.success ? { status: status.data } : {}),
    ...(state === FLAGGED ? { flagged: true } : {}),
  });
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });

  return (
    <>
      <PageHead title={t("Returns")} />
      <div className="page-body">
        <div className="toolbar">
          <SearchBox
            label={t("Returns of an order or a receipt")}
            placeholder={t("Order, or store/receipt")}
            value={boughtIn}
            onChange={(value) => set("boughtIn", value)}
          />
          <SelectField
            label={t("State")}
            isLabelHidden
            value={state}
            choices={[
              { value: "", label: t("All states") },
              { value: FLAGGED, label: t("Something does not fit") },
              ...Object.entries(statusLooks(t)).map(([value, { label }]) => ({ value, label })),
            ]}
            onChange={(value) => set("state", value)}
          />
          <LocationField
            value={location}
            locations={locations}
            onChange={(value) => set("location", value)}
          />
        </div>
        <div className="page-scroll">
          <ReturnFigures location={location} />
          <PagedTable
            label={t("Returns")}
            query={query}
            columns={returnColumns(t, names, words)}
            keyOf={({ returnId }) => returnId}
            loading={t("Loading returns")}
            failed={{
              title: t("Returns can't be shown"),
              words: t("What came back is in stock all the same."),
            }}
            empty={
              <Notice icon="back" title={t("No such returns")}>
                {t(
                  "Nothing of this kind was taken in here. Returns of imported history are counted in the figures above, and not listed.",
                )}
              </Notice>
            }
          />
        </div>
      </div>
    </>
  );
}
