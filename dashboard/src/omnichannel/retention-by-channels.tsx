import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import { type ReportParams, useReport } from "../reports/use-report.ts";
import { IntervalPlot } from "./interval-plot.tsx";

type Props = { params: ReportParams; activeDays: string };

/** K9 over the last `activeDays`: who was a customer before them, and still bought in them. */
export function RetentionByChannels({ params, activeDays }: Props) {
  const { t } = useTranslation();
  const report = useReport("retention-by-channels", {
    ...params,
    from: `${activeDays}daysAgo`,
    to: "today",
    activeDays,
  });
  return (
    <ChartFrame
      title={t("K9 · Retention of customers of two or more channels ÷ of one")}
      report={report}
      rows={(rows) => rows.filter((row) => numberOf(row["retention_ratio"]) !== null)}
      empty={t("Nobody was a customer that long ago. Choose fewer days above.")}
      formula={t("share of customers of two or more channels who stayed ÷ share of those of one who stayed")}
      note={t(
        "Who was a customer {{days}} days ago, and bought since. Who stays longer has more time to use a second channel, so it does not say that a second channel makes people stay.",
        { days: activeDays },
      )}
    >
      {(rows) => (
        <>
          <IntervalPlot
            label={t("Ratio of retention")}
            unit="ratio"
            neutral={1}
            neutralLabel={t("1: they stay as often")}
            rows={rows.map((row) => ({
              label: t("Two or more channels ÷ one"),
              value: numberOf(row["retention_ratio"]),
              low: numberOf(row["ratio_lower"]),
              high: numberOf(row["ratio_upper"]),
              n: t("n = {{several}} and {{one}}", {
                several: formatFigure(row["several_channels_customers"], "count", null),
                one: formatFigure(row["one_channel_customers"], "count", null),
              }),
            }))}
          />
          {rows.map((row) => (
            <p className="chart-words" key="words">
              {t("{{several}} of the customers of several channels stayed, {{one}} of those of one.", {
                several: formatFigure(row["several_channels_retention"], "share", null),
                one: formatFigure(row["one_channel_retention"], "share", null),
              })}
            </p>
          ))}
        </>
      )}
    </ChartFrame>
  );
}
