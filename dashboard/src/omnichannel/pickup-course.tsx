import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import { type ReportParams, useReport } from "../reports/use-report.ts";

/** Whether pickup gets better: week by week of the last quarter. */
export function PickupCourse({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const report = useReport("pickup-service", {
    ...params,
    from: "91daysAgo",
    to: "tomorrow",
    period: "week",
  });
  return (
    <ChartFrame
      title={t("Week by week")}
      report={report}
      time={{ x: "period", kind: "week" }}
      columns={[
        "period",
        "pickups",
        "closed",
        "completion",
        "no_show_rate",
        "promised",
        "ready_on_time_rate",
      ]}
      note={t("Of the last 13 weeks, whatever window is chosen. A week that is not over has no figure.")}
    >
      {(rows) => (
        <LineChart
          label={t("Pickup, week by week")}
          rows={rows}
          x="period"
          xKind="week"
          series={[
            { key: "ready_on_time_rate", label: t("Ready when promised") },
            { key: "completion", label: t("Collected") },
          ]}
          unit="share"
          n="pickups"
          isFromZero={false}
        />
      )}
    </ChartFrame>
  );
}
