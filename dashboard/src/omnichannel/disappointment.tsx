import { useTranslation } from "react-i18next";
import { BarChart } from "../charts/bar-chart.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import type { ReportQuery } from "../reports/use-report.ts";
import { byCause, causeWords } from "./disappointment-causes.ts";

/** Lines that were promised and not given, by cause: one bar each, the largest first. */
export function Disappointment({ report }: { report: ReportQuery }) {
  const { t } = useTranslation();
  const words = causeWords(t);
  const [row] = report.data?.rows ?? [];
  return (
    <ChartFrame
      title={t("Why promises were not kept")}
      report={report}
      rows={(rows) => rows.filter((each) => (numberOf(each["disappointed_lines"]) ?? 0) > 0)}
      empty={t("Every promised line of this window was given as promised, or none was promised.")}
      formula={t("promised lines that were cancelled, short, substituted or found missing ÷ promised lines")}
      note={
        row === undefined
          ? undefined
          : t("{{lines}} of {{promised}} promised lines; {{substituted}} of them got another product.", {
              lines: formatFigure(row["disappointed_lines"], "count", null),
              promised: formatFigure(row["promised_lines"], "count", null),
              substituted: formatFigure(row["substituted"], "count", null),
            })
      }
    >
      {(rows) => (
        <BarChart
          direction="rows"
          label={t("Lines that were not given, by cause")}
          rows={byCause(rows[0])}
          x="cause"
          xWord={(cause) => words[cause] ?? cause}
          series={[{ key: "lines", label: t("Lines") }]}
          unit="count"
        />
      )}
    </ChartFrame>
  );
}
