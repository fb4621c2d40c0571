import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { Histogram } from "../charts/histogram.tsx";
import { formatDay } from "../format/day.ts";
import { numberOf } from "../format/figure.ts";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { sourceMark } from "../reports/source-mark.ts";
import { type ReportParams, type ReportQuery, useReport } from "../reports/use-report.ts";

const isRevenue = (row: ReportRow) => row["measure"] === "revenue";
const REVENUE = { measure: "revenue" };
const MARGIN = { measure: "margin" };

/** K2: what a model expects of the next 12 months. Dashed, because nobody has spent it. */
export function PredictedValue({ report, params }: { report: ReportQuery; params: ReportParams }) {
  const { t } = useTranslation();
  const spread = useReport("predicted-value-distribution", params);
  const made = report.data?.rows.find(isRevenue);
  return (
    <section className="value-kind predicted" aria-label={t("Predicted value")}>
      <header>
        <span className="value-kind-mark">{t("Predicted")}</span>
        <h2>{t("What they are expected to bring in the next 12 months")}</h2>
        <p {...sourceMark(made === undefined ? undefined : report.data)}>
          {made === undefined
            ? t("A model's expectation, made each night. Nobody has spent it.")
            : t(
                "A model's expectation of {{day}}, discounted by 1 % a month. Nobody has spent it. Of all customers: filters do not change it.",
                {
                  day: formatDay(String(made["as_of"])),
                },
              )}
        </p>
      </header>
      <KpiGrid label={t("Predicted value")}>
        <KpiCard
          title={t("Expected of a customer")}
          kpi="K2"
          report={report}
          value={{ column: "mean_value", where: REVENUE }}
          n={{ column: "valued", where: REVENUE }}
          format="money"
          formula={t("BG/NBD × Gamma-Gamma over 12 months, discounted, mean of the customers")}
        />
        <KpiCard
          title={t("Expected, median")}
          kpi="K2"
          report={report}
          value={{ column: "median_value", where: REVENUE }}
          n={{ column: "valued", where: REVENUE }}
          format="money"
        />
        <KpiCard
          title={t("Expected margin of a customer")}
          kpi="K2"
          report={report}
          value={{ column: "mean_value", where: MARGIN }}
          n={{ column: "valued", where: MARGIN }}
          format="money"
        />
        <KpiCard
          title={t("Expected of all together")}
          kpi="K2"
          report={report}
          value={{ column: "total_value", where: REVENUE }}
          interval={[
            { column: "total_lower", where: REVENUE },
            { column: "total_upper", where: REVENUE },
          ]}
          format="money"
        />
      </KpiGrid>
      <ChartFrame
        title={t("Customers by what is expected of them")}
        report={spread}
        columns={["from_value", "to_value", "customers", "customers_share", "mean_alive", "mean_purchases"]}
        empty={t(
          "Nothing is predicted yet: it is done each night, as soon as there are customers who came back.",
        )}
        note={made === undefined ? undefined : flagWords(t, made).join(" ")}
      >
        {(rows, { currency }) => (
          <Histogram
            label={t("Customers by what is expected of them")}
            rows={rows}
            from="from_value"
            to="to_value"
            count="customers"
            countLabel={t("Customers")}
            isExpected
            unit="money"
            currency={currency}
          />
        )}
      </ChartFrame>
    </section>
  );
}

/** When not to believe it. */
function flagWords(t: TFunction, row: ReportRow): string[] {
  const words: Record<string, string> = {
    no_dropout_detectable: t("The data do not tell that anybody leaves for good."),
    few_repeaters: t("Fewer than 100 customers came back: hardly enough to tell."),
    bound_touched: t(
      "A parameter stands at its bound: customers hardly differ in it, or the data do not tell.",
    ),
    not_converged: t("The search for parameters did not end: do not trust it."),
    mean_value_unbounded: t("A few large purchases rule the mean."),
  };
  const flags = String(row["flags"] ?? "")
    .split(",")
    .map((flag) => words[flag.trim()])
    .filter((flag) => flag !== undefined);
  return numberOf(row["is_converged"]) === 0 && flags.length === 0 ? [words["not_converged"] ?? ""] : flags;
}
