import { useTranslation } from "react-i18next";
import { BarChart } from "../charts/bar-chart.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { type ReportParams, useReport } from "../reports/use-report.ts";

/** What was sold and what came back of it, month by month. */
export function ReturnsCourse({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const report = useReport("sales-by-period", {
    ...params,
    from: "12monthsAgo",
    to: "tomorrow",
    period: "month",
  });
  return (
    <ChartFrame
      title={t("Sold and brought back, month by month")}
      report={report}
      columns={["period", "sales", "returns", "net_sales", "orders", "return_orders"]}
      note={t(
        "Of the last twelve months, whatever window is chosen. A return counts when it came back, not when it was bought.",
      )}
    >
      {(rows, { currency }) => (
        <BarChart
          label={t("Sold and brought back, month by month")}
          rows={rows}
          x="period"
          xKind="month"
          series={[
            { key: "sales", label: t("Sold, after discounts") },
            { key: "returns", label: t("Brought back") },
          ]}
          unit="money"
          currency={currency}
          n="orders"
        />
      )}
    </ChartFrame>
  );
}
