import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { BarChart } from "../charts/bar-chart.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import { formatFigure } from "../format/figure.ts";
import { Answer } from "../reports/answer.tsx";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { ByPlace } from "../reports/by-place.tsx";
import { figureColumn, shareColumn } from "../reports/figure-columns.tsx";

const FIELDS = ["window", "location", "category"] as const;
const PLACES = ["location", "category"] as const;

/** Whether shoppers find what the books say: days without stock, what lies in the back only, the last unit. */
export function ShelfPart() {
  const { t } = useTranslation();
  const filter = useReportFilter("28d");
  const params = filter.params(FIELDS);
  const out = useReport("stock-outs", params, filter.comparison);
  const days = useReport("stock-outs", { ...params, by: "day" });
  const outPlaces = useReport("stock-outs", { ...params, by: "location" });
  const shelf = useReport("shelf-availability", filter.params(PLACES));
  const shelves = useReport("shelf-availability", { ...filter.params(PLACES), by: "location" });
  const last = useReport("last-unit-sales", params, filter.comparison);

  return (
    <div className="page-scroll report-page">
      <ReportFilterBar fields={[...FIELDS, "compare"]} />
      <Answer
        reports={[out, shelf]}
        sentences={useShelfWords(out.data?.rows ?? [], shelf.data?.rows ?? [])}
      />
      <KpiGrid label={t("Shelf and stock-outs")}>
        <KpiCard
          title={t("In stock")}
          kpi="I8"
          report={out}
          value="in_stock_rate"
          n="sku_location_days"
          format="percent"
          goodWhen="higher"
          formula={t("1 − product days with nothing to sell ÷ product days")}
        />
        <KpiCard
          title={t("Out of stock")}
          kpi="I8"
          report={out}
          value="stock_out_rate"
          n="sku_location_days"
          format="percent"
          goodWhen="lower"
        />
        <KpiCard
          title={t("On the shelf")}
          kpi="I9"
          report={shelf}
          value="shelf_availability"
          n="skus_in_store"
          format="percent"
          goodWhen="higher"
          note={t("Now, of products with tags.")}
        />
        <KpiCard
          title={t("In the back only")}
          kpi="I9"
          report={shelf}
          value="backroom_only_skus"
          format="number"
          goodWhen="lower"
          note={t("Products of a store: bring some out.")}
        />
        <KpiCard
          title={t("Last units sold online")}
          kpi="I14"
          report={last}
          value="last_unit_sale_rate"
          n="times_shown"
          format="percent"
          formula={t("sold to an online order ÷ times that one unit was left")}
        />
      </KpiGrid>
      <div className="report-panels">
        <ChartFrame
          title={t("Day by day")}
          report={days}
          columns={["group", "sku_location_days", "stock_out_days", "in_stock_rate"]}
          time={{ x: "group" }}
        >
          {(rows) => (
            <LineChart
              label={t("In stock, day by day")}
              rows={rows}
              x="group"
              series={[{ key: "in_stock_rate", label: t("In stock") }]}
              unit="share"
              n="sku_location_days"
              isFromZero={false}
            />
          )}
        </ChartFrame>
        <ChartFrame
          title={t("What became of last units")}
          report={last}
          columns={["times_shown", ...ENDINGS]}
          rows={(rows) => rows.filter((row) => Number(row["times_shown"]) > 0)}
          empty={t("No product came to its last unit in this window.")}
        >
          {(rows) => (
            <BarChart
              direction="rows"
              label={t("What became of last units")}
              rows={ENDINGS.map((ending) => ({ ending, times: rows[0]?.[ending] ?? null }))}
              x="ending"
              xWord={(ending) =>
                ({
                  online_sales: t("sold online"),
                  store_sales: t("sold in the store"),
                  lost: t("was not there"),
                  refilled: t("more came"),
                  other_endings: t("otherwise"),
                  still_one: t("still there"),
                })[ending] ?? ending
              }
              series={[{ key: "times", label: t("Times") }]}
              unit="count"
            />
          )}
        </ChartFrame>
        <ByPlace
          title={t("Out of stock, location by location")}
          report={outPlaces}
          worst={{ column: "stock_out_rate", is: "highest" }}
          columns={[
            figureColumn(t("Products"), "sku_locations", "count"),
            figureColumn(t("Days without"), "stock_out_days", "count"),
            shareColumn(t("Out of stock"), "stock_out_rate"),
          ]}
        />
        <ByPlace
          title={t("On the shelf, store by store")}
          report={shelves}
          worst={{ column: "shelf_availability", is: "lowest" }}
          empty={t("No store has a sales floor with readers.")}
          columns={[
            figureColumn(t("Products"), "skus_in_store", "count"),
            figureColumn(t("In the back only"), "backroom_only_skus", "count"),
            shareColumn(t("On the shelf"), "shelf_availability"),
          ]}
        />
      </div>
    </div>
  );
}

const ENDINGS = ["online_sales", "store_sales", "lost", "refilled", "other_endings", "still_one"] as const;

function useShelfWords(out: readonly ReportRow[], shelf: readonly ReportRow[]): (string | null)[] {
  const { t } = useTranslation();
  const [days] = out;
  const [now] = shelf;
  return [
    days === undefined || days["in_stock_rate"] === null
      ? null
      : t("On {{share}} of product days there was something to sell.", {
          share: formatFigure(days["in_stock_rate"], "share", null),
        }),
    now === undefined || now["shelf_availability"] === null
      ? null
      : t("Of what stores have, shoppers can see {{share}} now; {{count}} products lie in the back only.", {
          share: formatFigure(now["shelf_availability"], "share", null),
          count: formatFigure(now["backroom_only_skus"], "count", null),
        }),
  ];
}
