import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { BarChart } from "../charts/bar-chart.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import { Answer } from "../reports/answer.tsx";
import { cellOf } from "../reports/cell-of.ts";
import { CurrencyField } from "../reports/currency-field.tsx";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { useCurrency } from "../reports/use-currency.ts";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { ByPlace } from "../reports/by-place.tsx";
import { figureColumn, shareColumn } from "../reports/figure-columns.tsx";
import { GhostTable } from "./ghost-table.tsx";

const FIELDS = ["location", "category"] as const;

/** What can be believed between two counts: how old the last evidence is, what is probably gone, how soon reads count. */
export function TrustPart() {
  const { t } = useTranslation();
  const filter = useReportFilter();
  const { params: currency } = useCurrency();
  const params = filter.params(FIELDS);
  const age = useReport("age-of-truth", params);
  const ages = useReport("age-of-truth", { ...params, by: "location" });
  const ghosts = useReport("ghost-stock", { ...params, ...currency });
  const ghostPlaces = useReport("ghost-stock", { ...params, ...currency, by: "location" });
  const ghostLines = useReport("ghost-stock-lines", { ...params, ...currency });
  const fresh = useReport("freshness", { ...filter.params(["location"]), from: "6daysAgo", to: "tomorrow" });

  return (
    <div className="page-scroll report-page">
      <div className="report-filters">
        <ReportFilterBar fields={FIELDS} />
        <CurrencyField reports={[ghosts]} />
      </div>
      <Answer reports={[age, ghosts]} sentences={useTrustWords(age.data?.rows ?? [], ghosts.data)} />
      <KpiGrid label={t("Since the last look")}>
        <KpiCard
          title={t("Last evidence, half")}
          kpi="I13"
          report={age}
          value="age_p50"
          n="proved_sku_locations"
          format="duration"
          goodWhen="lower"
          note={t("Half of all products at locations were proved since then.")}
        />
        <KpiCard
          title={t("Last evidence, nine of ten")}
          kpi="I13"
          report={age}
          value="age_p90"
          n="proved_sku_locations"
          format="duration"
          goodWhen="lower"
        />
        <KpiCard
          title={t("Probably not there")}
          kpi="I12"
          report={ghosts}
          value="ghost_share"
          n="watched_sku_locations"
          format="percent"
          goodWhen="lower"
          formula={t(
            "on the book and unseen for so long, though their neighbours were seen ÷ all whose neighbours were seen",
          )}
        />
        <KpiCard
          title={t("At stake, at list price")}
          kpi="I12"
          report={ghosts}
          value="price_at_stake"
          n="ghost_units"
          format="money"
          goodWhen="lower"
        />
        <KpiCard
          title={t("From read to availability, half")}
          kpi="I15"
          report={fresh}
          value="seconds_p50"
          n="changes"
          format="duration"
          goodWhen="lower"
          note={t("Of the last 7 days.")}
        />
        <KpiCard
          title={t("From read to availability, 99 of 100")}
          kpi="I15"
          report={fresh}
          value="seconds_p99"
          n="changes"
          format="duration"
          goodWhen="lower"
          note={t("Of the last 7 days.")}
        />
        <KpiCard
          title={t("Messages refused")}
          kpi="I15"
          report={fresh}
          value="rejected_share"
          n="events"
          format="percent"
          goodWhen="lower"
          note={t("Of the last 7 days.")}
        />
      </KpiGrid>
      <div className="report-panels">
        <ChartFrame
          title={t("How long ago the book was last proved")}
          report={age}
          columns={["sku_locations", ...AGES]}
          empty={t("Nothing is on the book.")}
        >
          {(rows) => (
            <BarChart
              label={t("Products at locations by the age of the last evidence")}
              rows={agesOf(rows[0])}
              x="age"
              xKind="text"
              xWord={(name) => ageWord(t, name)}
              series={[{ key: "count", label: t("Products at locations") }]}
              unit="count"
            />
          )}
        </ChartFrame>
        <ByPlace
          title={t("Probably not there, location by location")}
          report={ghostPlaces}
          worst={{ column: "price_at_stake", is: "highest" }}
          empty={t("Nothing with tags is on the book.")}
          columns={[
            shareColumn(t("Of what is watched"), "ghost_share"),
            figureColumn(t("Units"), "ghost_units", "units"),
            figureColumn(t("At list price"), "price_at_stake", "money", ghostPlaces.data?.currency ?? null),
          ]}
        />
      </div>
      <GhostTable report={ghostLines} />
      <ByPlace
        title={t("Last evidence, location by location, the oldest first")}
        report={ages}
        worst={{ column: "age_p90", is: "highest" }}
        empty={t("Nothing is on the book.")}
        columns={[
          figureColumn(t("Products"), "sku_locations", "count"),
          figureColumn(t("Half since"), "age_p50", "hours"),
          figureColumn(t("Nine of ten since"), "age_p90", "hours"),
          figureColumn(t("Longer than 30 days"), "older", "count"),
          figureColumn(t("Never proved"), "never", "count"),
        ]}
      />
    </div>
  );
}

const AGES = ["within_hour", "within_day", "within_week", "within_month", "older", "never"] as const;

/** The columns of one row as rows. */
function agesOf(row: ReportRow | undefined): ReportRow[] {
  return AGES.map((age) => ({ age, count: row?.[age] ?? null }));
}

function ageWord(t: TFunction, name: string): string {
  const words: Record<string, string> = {
    within_hour: t("within the hour"),
    within_day: t("within a day"),
    within_week: t("within a week"),
    within_month: t("within 30 days"),
    older: t("longer ago"),
    never: t("never"),
  };
  return words[name] ?? name;
}

function useTrustWords(
  age: readonly ReportRow[],
  ghosts: { rows: readonly ReportRow[]; currency: string | null } | undefined,
): (string | null)[] {
  const { t } = useTranslation();
  if ((cellOf("sku_locations")(age) ?? 0) === 0) return [];
  const [row] = ghosts?.rows ?? [];
  const units = numberOf(row?.["ghost_units"]);
  return [
    t("Nine of ten products were proved by something physical within {{age}}.", {
      age: formatFigure(age[0]?.["age_p90"], "hours", null),
    }),
    units === null
      ? null
      : units === 0
        ? t("By what readers see, nothing is thought to be missing.")
        : t(
            "{{units}} units are on the book though nobody has seen them while their neighbours were seen: {{money}} at list price.",
            {
              units: formatFigure(units, "units", null),
              money: formatFigure(row?.["price_at_stake"], "money", ghosts?.currency ?? null),
            },
          ),
  ];
}
