import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { Histogram } from "../charts/histogram.tsx";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { type ReportParams, type ReportQuery, useReport } from "../reports/use-report.ts";

/** K1: what customers have spent. Solid, because it happened. */
export function HistoricValue({ report, params }: { report: ReportQuery; params: ReportParams }) {
  const { t } = useTranslation();
  const spread = useReport("customer-value-distribution", params);
  return (
    <section className="value-kind historic" aria-label={t("Historic value")}>
      <header>
        <span className="value-kind-mark">{t("Historic")}</span>
        <h2>{t("What customers have brought so far")}</h2>
        <p>{t("Net of discounts and returns, without tax. It happened.")}</p>
      </header>
      <KpiGrid label={t("Historic value")}>
        <KpiCard
          title={t("Mean of a customer")}
          kpi="K1"
          report={report}
          value="mean_revenue"
          n="customers"
          format="money"
          formula={t("net revenue to date ÷ customers")}
        />
        <KpiCard
          title={t("Median")}
          kpi="K1"
          report={report}
          value="median_revenue"
          n="customers"
          format="money"
          formula={t("half of the customers brought less")}
        />
        <KpiCard
          title={t("Gross margin, mean")}
          kpi="K1"
          report={report}
          value="mean_margin"
          format="money"
          formula={t("(net revenue − cost of today) ÷ customers, of lines whose product has a cost")}
        />
        <KpiCard
          title={t("Sales to the top fifth")}
          kpi="K1"
          report={report}
          value="top_20_percent_share"
          format="percent"
          formula={t("sales to the 20 % of customers who bought most ÷ sales to all")}
        />
      </KpiGrid>
      <ChartFrame
        title={t("Customers by what they have brought")}
        report={spread}
        columns={["from_value", "to_value", "customers", "customers_share"]}
      >
        {(rows, { currency }) => (
          <Histogram
            label={t("Customers by what they have brought")}
            rows={rows}
            from="from_value"
            to="to_value"
            count="customers"
            countLabel={t("Customers")}
            unit="money"
            currency={currency}
          />
        )}
      </ChartFrame>
    </section>
  );
}
