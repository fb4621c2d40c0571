import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import type { ReportQuery } from "../reports/use-report.ts";

/** K4 month by month. `days`: within how many somebody must have bought to be a customer. */
export function RetentionCourse({ report, days }: { report: ReportQuery; days: string }) {
  const { t } = useTranslation();
  return (
    <ChartFrame
      title={t("K4 · Retention, month by month")}
      report={report}
      time={{ x: "month", kind: "month" }}
      formula={t("(customers at the end − new customers) ÷ customers at the start")}
      note={t(
        "A customer is who bought within {{days}} days before. The rate also counts who came back after a pause; the share who stayed does not. In the first {{days}} days of all data nobody can have gone yet. A month that is not over has no figure.",
        { days },
      )}
    >
      {(rows) => (
        <LineChart
          label={t("Retention, month by month")}
          rows={rows}
          x="month"
          xKind="month"
          series={[
            { key: "retention_rate", label: t("Retention rate (K4)") },
            { key: "kept_share", label: t("Share who stayed") },
          ]}
          unit="share"
          n="customers_at_start"
        />
      )}
    </ChartFrame>
  );
}
