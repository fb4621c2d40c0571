import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure } from "../format/figure.ts";
import { Answer } from "../reports/answer.tsx";
import { CurrencyField } from "../reports/currency-field.tsx";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { sourceMark } from "../reports/source-mark.ts";
import { useCurrency } from "../reports/use-currency.ts";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { DataTable } from "../ui/data-table.tsx";
import { ByPlace } from "../reports/by-place.tsx";
import { figureColumn } from "../reports/figure-columns.tsx";

const FIELDS = ["window", "location", "category"] as const;

/** What the money in stock brings: how much of what came was sold, how often it turns, its margin. */
export function StockUsePart() {
  const { t } = useTranslation();
  const filter = useReportFilter("28d");
  const { params: currency } = useCurrency();
  const params = filter.params(FIELDS);
  const money = { ...params, ...currency };
  const sold = useReport("sell-through", params, filter.comparison);
  const turns = useReport("inventory-turns", money, filter.comparison);
  const margin = useReport("gmroi", money, filter.comparison);
  const turnPlaces = useReport("inventory-turns", { ...money, by: "location" });
  const marginCategories = useReport("gmroi", { ...money, by: "category" });
  const soldAs = sold.data?.rows[0]?.["label"];
  const noteOf = ({ data }: typeof turns) => data?.rows[0]?.["note"] ?? "";
  const missing = [turns, margin].find((report) => noteOf(report) !== "");

  return (
    <div className="page-scroll report-page">
      <div className="report-filters">
        <ReportFilterBar fields={[...FIELDS, "compare"]} />
        <CurrencyField reports={[turns, margin]} />
      </div>
      <Answer
        reports={[sold, turns]}
        sentences={useStockWords(sold.data?.rows ?? [], turns.data?.rows ?? [])}
      />
      <KpiGrid label={t("What stock brings")}>
        <KpiCard
          title={t("Sell-through")}
          kpi="I7"
          report={sold}
          value="sell_through"
          n="sold_units"
          format="percent"
          goodWhen="higher"
          note={soldAs === undefined ? undefined : String(soldAs)}
        />
        <KpiCard
          title={t("Turns a year")}
          kpi="I11"
          report={turns}
          value="turns_year"
          n="days"
          format="number"
          goodWhen="higher"
          formula={t("cost of what was sold ÷ average inventory at cost, as if the year went on like this")}
        />
        <KpiCard
          title={t("Days of supply")}
          kpi="I11"
          report={turns}
          value="days_of_supply"
          format="duration"
          formula={t("on hand ÷ mean daily sales")}
        />
        <KpiCard
          title={t("Margin on stock, a year")}
          kpi="I10"
          report={margin}
          value="gmroi_year"
          n="days"
          format="number"
          goodWhen="higher"
          formula={t("gross margin ÷ average inventory at cost, as if the year went on like this")}
        />
        <KpiCard
          title={t("Average inventory at cost")}
          kpi="I10"
          report={margin}
          value="average_inventory"
          n="days"
          format="money"
        />
        <KpiCard
          title={t("Gross margin")}
          kpi="I10"
          report={margin}
          value="gross_margin"
          format="money"
          goodWhen="higher"
        />
      </KpiGrid>
      {missing === undefined ? null : (
        <p className="chart-words" {...sourceMark(missing.data)}>
          {noteOf(missing)}
        </p>
      )}
      <ChartFrame
        title={t("By category, the least margin on stock first")}
        report={marginCategories}
        rows={(rows) =>
          rows.toSorted((a, b) => Number(a["gmroi_year"] ?? 1e9) - Number(b["gmroi_year"] ?? 1e9))
        }
      >
        {(rows) => (
          <DataTable
            label={t("Margin on stock by category")}
            columns={[
              {
                label: t("Category"),
                look: "wide",
                cell: (row) => (row["group"] === "" ? t("without a category") : String(row["group"])),
              },
              figureColumn(t("Net sales"), "net_sales", "money", marginCategories.data?.currency ?? null),
              figureColumn(
                t("Gross margin"),
                "gross_margin",
                "money",
                marginCategories.data?.currency ?? null,
              ),
              figureColumn(
                t("Average inventory"),
                "average_inventory",
                "money",
                marginCategories.data?.currency ?? null,
              ),
              figureColumn(t("Margin on stock, a year"), "gmroi_year", "ratio"),
            ]}
            rows={rows}
            keyOf={(row) => String(row["group"])}
          />
        )}
      </ChartFrame>
      <ByPlace
        title={t("Location by location, the slowest first")}
        report={turnPlaces}
        worst={{ column: "turns_year", is: "lowest" }}
        note={t("On hand is what the book said when the last whole day ended, not what is there now.")}
        columns={[
          figureColumn(
            t("Average inventory"),
            "average_inventory",
            "money",
            turnPlaces.data?.currency ?? null,
          ),
          figureColumn(t("Turns a year"), "turns_year", "ratio"),
          figureColumn(t("On hand"), "on_hand_units", "units"),
          figureColumn(t("Days of supply"), "days_of_supply", "days"),
        ]}
      />
    </div>
  );
}

function useStockWords(sold: readonly ReportRow[], turns: readonly ReportRow[]): (string | null)[] {
  const { t } = useTranslation();
  const [first] = sold;
  const [turn] = turns;
  return [
    first === undefined
      ? null
      : t("{{units}} units were sold and {{received}} received.", {
          units: formatFigure(first["sold_units"], "units", null),
          received: formatFigure(first["received_units"], "units", null),
        }),
    turn === undefined || turn["days_of_supply"] === null
      ? null
      : t("What is on hand lasts {{days}} at this pace.", {
          days: formatFigure(turn["days_of_supply"], "days", null),
        }),
  ];
}
