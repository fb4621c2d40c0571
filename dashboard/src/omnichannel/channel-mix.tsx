import { useTranslation } from "react-i18next";
import { BarChart } from "../charts/bar-chart.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import { numberOf } from "../format/figure.ts";
import { channelWord } from "../reports/report-filter-bar.tsx";
import { type ReportParams, useReport } from "../reports/use-report.ts";

/** What each channel brings, and how the part of online goes. */
export function ChannelMix({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const mix = useReport("sales-by-group", { ...params, by: "channel" });
  const course = useReport("sales-by-period", { ...params, from: "12monthsAgo", period: "month" });
  return (
    <div className="report-panels">
      <ChartFrame
        title={t("Net sales by channel")}
        report={mix}
        rows={(rows) =>
          rows.toSorted((a, b) => (numberOf(b["net_sales"]) ?? 0) - (numberOf(a["net_sales"]) ?? 0))
        }
        columns={["group", "orders", "net_sales", "net_sales_share", "average_order_value", "customers"]}
        formula={t("net sales of the channel in which it was ordered ÷ all net sales")}
        note={t("A pickup order belongs to the channel in which it was placed, once.")}
      >
        {(rows, { currency }) => (
          <BarChart
            direction="rows"
            label={t("Net sales by channel")}
            rows={rows}
            x="group"
            xWord={(channel) => channelWord(t, channel)}
            series={[{ key: "net_sales", label: t("Net sales") }]}
            unit="money"
            currency={currency}
            n="orders"
          />
        )}
      </ChartFrame>
      <ChartFrame
        title={t("Online share, month by month")}
        report={course}
        time={{ x: "period", kind: "month" }}
        columns={["period", "online_sales_share", "online_order_share", "orders", "net_sales"]}
        formula={t("online net sales ÷ all net sales; online orders ÷ all orders")}
        note={t("Of the last twelve months, whatever window is chosen.")}
      >
        {(rows) => (
          <LineChart
            label={t("Online share, month by month")}
            rows={rows}
            x="period"
            xKind="month"
            series={[
              { key: "online_sales_share", label: t("Of net sales") },
              { key: "online_order_share", label: t("Of orders") },
            ]}
            unit="share"
            n="orders"
          />
        )}
      </ChartFrame>
    </div>
  );
}
