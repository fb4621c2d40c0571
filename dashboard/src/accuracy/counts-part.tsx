import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { BarChart } from "../charts/bar-chart.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import { useLocations } from "../live/use-master-data.ts";
import { Answer } from "../reports/answer.tsx";
import { cellOf } from "../reports/cell-of.ts";
import { CurrencyField } from "../reports/currency-field.tsx";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { useCurrency } from "../reports/use-currency.ts";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { ByPlace } from "../reports/by-place.tsx";
import { figureColumn, intervalColumn, shareColumn } from "../reports/figure-columns.tsx";

const FIELDS = ["window", "location", "category"] as const;
const USUAL = "quarter";

/** How right the book was when somebody or a reader counted, where it was wrong, and what is lost between two counts. */
export function CountsPart() {
  const { t } = useTranslation();
  const filter = useReportFilter(USUAL);
  const { params: currency } = useCurrency();
  const params = { ...filter.params(FIELDS), ...currency };
  const all = useReport("count-accuracy", params, filter.comparison);
  const weeks = useReport("count-accuracy", { ...params, by: "week" });
  const places = useReport("count-accuracy", { ...params, by: "location" });
  const categories = useReport("count-accuracy", { ...params, by: "category" });
  const shrink = useReport("shrink", params, filter.comparison);
  const tolerance = formatFigure(Number(all.data?.parameters["tolerance"] ?? 1), "units", null);

  return (
    <div className="page-scroll report-page">
      <div className="report-filters">
        <ReportFilterBar fields={[...FIELDS, "compare"]} usual={USUAL} />
        <CurrencyField reports={[all, shrink]} />
      </div>
      <Answer
        reports={[all, places]}
        sentences={useCountWords(all.data?.rows ?? [], places.data?.rows ?? [])}
      />
      <KpiGrid label={t("Accuracy")}>
        <KpiCard
          title={t("Exactly right")}
          kpi="I1"
          report={all}
          value="exact_accuracy"
          interval={["exact_accuracy_lower", "exact_accuracy_upper"]}
          n="lines"
          format="percent"
          goodWhen="higher"
          formula={t("products at a location with book = counted ÷ those counted")}
        />
        <KpiCard
          title={t("Right within {{tolerance}}", { tolerance })}
          kpi="I2"
          report={all}
          value="tolerant_accuracy"
          n="lines"
          format="percent"
          goodWhen="higher"
          formula={t("products at a location off by at most the tolerance ÷ those counted")}
        />
        <KpiCard
          title={t("Unit accuracy")}
          kpi="I3"
          report={all}
          value="unit_accuracy"
          n="counted_units"
          format="percent"
          goodWhen="higher"
          formula={t("1 − sum of differences, each without its sign ÷ units counted")}
        />
        <KpiCard
          title={t("Net difference")}
          kpi="I4"
          report={all}
          value="net_units"
          format="number"
          note={t("Units: too many and too few hide each other in it.")}
        />
        <KpiCard
          title={t("Gross difference")}
          kpi="I4"
          report={all}
          value="gross_units"
          format="number"
          goodWhen="lower"
          note={t("Units: every difference counts, without its sign.")}
        />
        <KpiCard
          title={t("Gross difference at cost")}
          kpi="I4"
          report={all}
          value="gross_cost"
          format="money"
          goodWhen="lower"
        />
        <KpiCard
          title={t("Tags that counts read")}
          kpi="I5"
          report={all}
          value="read_rate"
          n="believed_items"
          format="percent"
          goodWhen="higher"
          formula={t("items read in counts ÷ items believed present")}
        />
        <KpiCard
          title={t("Shrink")}
          kpi="I6"
          report={shrink}
          value="shrink_rate"
          n="sku_locations"
          format="percent"
          goodWhen="lower"
          formula={t("unknown loss at cost between two counts ÷ net sales")}
        />
      </KpiGrid>
      <div className="report-panels">
        <ChartFrame
          title={t("Week by week")}
          report={weeks}
          columns={["group", "counts", "lines", "exact_accuracy", "tolerant_accuracy", "unit_accuracy"]}
          time={{ x: "group", kind: "week" }}
          empty={t("Nothing was counted in this window.")}
        >
          {(rows) => (
            <LineChart
              label={t("Accuracy of counts, week by week")}
              rows={rows}
              x="group"
              xKind="week"
              series={[
                { key: "exact_accuracy", label: t("Exactly right") },
                { key: "tolerant_accuracy", label: t("Right within {{tolerance}}", { tolerance }) },
                { key: "unit_accuracy", label: t("Unit accuracy") },
              ]}
              unit="share"
              n="lines"
              isFromZero={false}
            />
          )}
        </ChartFrame>
        <ChartFrame
          title={t("By category, the least right first")}
          report={categories}
          rows={(rows) =>
            rows.toSorted(
              (a, b) => (numberOf(a["exact_accuracy"]) ?? 2) - (numberOf(b["exact_accuracy"]) ?? 2),
            )
          }
          columns={["group", "lines", "exact_accuracy", "gross_units", "gross_cost"]}
          empty={t("Nothing was counted in this window.")}
        >
          {(rows) => (
            <BarChart
              direction="rows"
              label={t("Exactly right, by category")}
              rows={rows}
              x="group"
              xWord={(category) => (category === "" ? t("without a category") : category)}
              series={[{ key: "exact_accuracy", label: t("Exactly right") }]}
              unit="share"
              n="lines"
            />
          )}
        </ChartFrame>
      </div>
      <ByPlace
        title={t("Location by location, the least right first")}
        report={places}
        worst={{ column: "exact_accuracy", is: "lowest" }}
        empty={t("Nothing was counted in this window. Counts begin on the page of counts.")}
        columns={[
          figureColumn(t("Counts"), "counts", "count"),
          figureColumn(t("Lines"), "lines", "count"),
          shareColumn(t("Exactly right"), "exact_accuracy"),
          intervalColumn(t, "exact_accuracy"),
          shareColumn(t("Unit accuracy"), "unit_accuracy"),
          figureColumn(t("Missing"), "missing_units", "units"),
          figureColumn(t("Unexpected"), "unexpected_units", "units"),
          figureColumn(t("Gross at cost"), "gross_cost", "money", all.data?.currency ?? null),
        ]}
      />
    </div>
  );
}

function useCountWords(all: readonly ReportRow[], places: readonly ReportRow[]): (string | null)[] {
  const { t } = useTranslation();
  const locations = useLocations();
  if ((cellOf("lines")(all) ?? 0) === 0) return [];
  const [worst, ...others] = places
    .filter((row) => numberOf(row["exact_accuracy"]) !== null)
    .toSorted((a, b) => Number(a["exact_accuracy"]) - Number(b["exact_accuracy"]));
  const asBad = others.filter(
    (row) => Number(row["exact_accuracy_lower"]) <= Number(worst?.["exact_accuracy_upper"]),
  ).length;
  const share = (value: ReportRow[string] | undefined) => formatFigure(value, "share", null);
  return [
    t("The book was exactly right for {{share}} of {{lines}} counted products.", {
      share: share(cellOf("exact_accuracy")(all)),
      lines: formatFigure(cellOf("lines")(all), "count", null),
    }),
    worst === undefined || places.length < 2
      ? null
      : t("It can be trusted least at {{place}}: {{share}}.", {
          place:
            locations.find(({ locationId }) => locationId === worst["group"])?.name ?? String(worst["group"]),
          share: share(worst["exact_accuracy"]),
        }),
    asBad === 0
      ? null
      : t("That may be chance: the 95 % intervals of {{count}} out of {{others}} others overlap its own.", {
          count: asBad,
          others: others.length,
        }),
  ];
}
