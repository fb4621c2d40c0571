import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import { type ReportParams, useReport } from "../reports/use-report.ts";
import { IntervalPlot, plainFirst } from "./interval-plot.tsx";

/** K11: how many more stay away after a promise that was not kept. */
export function BrokenPromises({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const report = useReport("broken-promise-churn", params);
  return (
    <ChartFrame
      title={t("K11 · Customers lost after a broken promise")}
      report={report}
      rows={(rows) =>
        rows.some((row) => numberOf(row["difference"]) !== null) ? rows.toSorted(plainFirst) : []
      }
      empty={t(
        "No promise of this window is long enough ago, or none was broken: who stays away is known after 90 days. Choose a longer window.",
      )}
      formula={t(
        "share without a purchase in the 90 days after a broken promise − the same after a kept one",
      )}
      note={t(
        "Matched, only orders of the same month by customers with as many orders before are compared. It is no experiment: stores that break promises may differ in other ways too.",
      )}
    >
      {(rows) => (
        <>
          <IntervalPlot
            label={t("Difference, plain and matched")}
            unit="share"
            isDifference
            neutral={0}
            neutralLabel={t("0: no more are lost. pp are points of a percent")}
            rows={rows.map((row) => {
              const matched = row["comparison"] === "matched";
              return {
                label: matched ? t("Matched: like with like") : t("Plain: all with all"),
                value: numberOf(row["difference"]),
                low: numberOf(row["difference_lower"]),
                high: numberOf(row["difference_upper"]),
                n: t("n = {{broken}} broken, {{kept}} kept", {
                  broken: formatFigure(row[matched ? "broken_matched" : "broken_orders"], "count", null),
                  kept: formatFigure(row[matched ? "kept_matched" : "kept_orders"], "count", null),
                }),
              };
            })}
          />
          {rows
            .filter((row) => row["comparison"] === "matched")
            .map((row) => (
              <p className="chart-words" key="words">
                {t(
                  "Matched: {{broken}} did not come back after a broken promise, {{kept}} after a kept one.",
                  {
                    broken: formatFigure(row["broken_churn"], "share", null),
                    kept: formatFigure(row["kept_churn"], "share", null),
                  },
                )}
              </p>
            ))}
        </>
      )}
    </ChartFrame>
  );
}
