import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import "../charts/heat-map.css";
import { formatWhole } from "../format/number.ts";
import { useLiveStatus } from "../live/live-context.tsx";
import { rowKey } from "../live/row-store.ts";
import { useCategories, useLocations, useProductWords } from "../live/use-master-data.ts";
import { StaleBanner } from "../stock/stale-banner.tsx";
import "../stock/stock-page.css";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { SelectField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { SearchBox } from "../ui/search-box.tsx";
import { HeatLegend } from "./heat-legend.tsx";
import "./heat-map-page.css";
import { HeatTable } from "./heat-table.tsx";
import { parseHeatWish } from "./heat-wish.ts";
import { useHeatView } from "./use-heat-grid.ts";

/** Availability at a glance: categories or products by location, live. */
export function HeatMapPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const address = search.toString();
  const wish = useMemo(() => parseHeatWish(new URLSearchParams(address)), [address]);
  const words = useProductWords();
  const locations = useLocations();
  const categories = useCategories();
  const status = useLiveStatus();
  const view = useHeatView(wish, words, locations, t("without a category"));
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });
  const isByProduct = wish.by === "product";
  const pick = (lineId: string, location: string) => {
    const to = new URLSearchParams(
      isByProduct ? { gtin: lineId, open: rowKey(lineId, location) } : { q: lineId },
    );
    if (!isByProduct) to.set("location", location);
    void navigate(`/stock?${to.toString()}`);
  };

  return (
    <>
      <PageHead title={t("Heat map")} />
      <div className="page-body">
        <StaleBanner status={status} />
        <div className="toolbar">
          <SearchBox
            label={isByProduct ? t("Search products") : t("Search categories")}
            placeholder={isByProduct ? t("Name, SKU or GTIN") : t("Category")}
            value={wish.search}
            onChange={(value) => set("q", value)}
          />
          <SelectField
            label={t("Lines")}
            isLabelHidden
            value={wish.by}
            choices={[
              { value: "category", label: t("By category") },
              { value: "product", label: t("By product") },
            ]}
            onChange={(value) => set("by", value === "category" ? "" : value)}
          />
          {isByProduct ? (
            <SelectField
              label={t("Category")}
              isLabelHidden
              value={wish.category}
              choices={[
                { value: "", label: t("All categories") },
                ...categories.map((value) => ({ value, label: value })),
              ]}
              onChange={(value) => set("category", value)}
            />
          ) : (
            <SelectField
              label={t("Show")}
              isLabelHidden
              value={wish.measure}
              choices={[
                { value: "share", label: t("Share of products in stock") },
                { value: "units", label: t("Units available") },
              ]}
              onChange={(value) => set("show", value === "share" ? "" : value)}
            />
          )}
          <SelectField
            label={t("Order")}
            isLabelHidden
            value={wish.order}
            choices={[
              { value: "name", label: t("By name") },
              { value: "least", label: t("Least available first") },
            ]}
            onChange={(value) => set("order", value === "name" ? "" : value)}
          />
          <span className="toolbar-count numeric" role="status">
            {t("{{lines}} × {{places}}", {
              lines: formatWhole(view.lines.length),
              places: formatWhole(locations.length),
            })}
          </span>
        </div>
        <HeatLegend scale={view.scale} measure={wish.measure} />
        <section className="panel" aria-label={t("Heat map")}>
          {view.lines.length > 0 ? (
            <HeatTable
              key={wish.by}
              view={view}
              measure={wish.measure}
              locations={locations}
              linkOf={(id) =>
                isByProduct ? `/products/${id}` : `/heat-map?by=product&category=${encodeURIComponent(id)}`
              }
              onPick={pick}
              label={
                isByProduct
                  ? t("Availability by product and location")
                  : t("Availability by category and location")
              }
            />
          ) : status.hasSnapshot ? (
            <Notice icon="search" title={t("Nothing to show")}>
              {t("No stock fits what is chosen above.")}
            </Notice>
          ) : (
            <TableSkeleton label={t("Loading …")} />
          )}
        </section>
      </div>
    </>
  );
}
