import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import { type ReportParams, useReport } from "../reports/use-report.ts";

/** It stands beside a table of locations. */
const HEIGHT_PX = 380;

/** Whether promises are kept better than they were: week by week of the last quarter. */
export function DisappointmentCourse({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const report = useReport("disappointment", {
    ...params,
    from: "91daysAgo",
    to: "tomorrow",
    period: "week",
  });
  return (
    <ChartFrame
      title={t("Promised and not given, week by week")}
      report={report}
      time={{ x: "period", kind: "week" }}
      columns={[
        "period",
        "promised_lines",
        "disappointed_lines",
        "disappointment_rate",
        "disappointment_rate_lower",
        "disappointment_rate_upper",
      ]}
      empty={t("Nothing was promised in the last 13 weeks.")}
      note={t("Of the last 13 weeks, whatever window is chosen. A week that is not over has no figure.")}
    >
      {(rows) => (
        <LineChart
          label={t("Disappointment rate, week by week")}
          rows={rows}
          x="period"
          xKind="week"
          series={[{ key: "disappointment_rate", label: t("Promised and not given") }]}
          interval={{ low: "disappointment_rate_lower", high: "disappointment_rate_upper" }}
          unit="share"
          heightPx={HEIGHT_PX}
          n="promised_lines"
          isFromZero={false}
        />
      )}
    </ChartFrame>
  );
}
