import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import type { ReportQuery } from "../reports/use-report.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { IntervalPlot, plainFirst } from "./interval-plot.tsx";

/** K3 twice: plain, and matched with customers who came at the same time and stayed as long. */
export function OmnichannelRatio({ report }: { report: ReportQuery }) {
  const { t } = useTranslation();
  return (
    <ChartFrame
      title={t("K3 · Value of customers of two or more channels ÷ of one")}
      report={report}
      rows={(rows) => (rows.some((row) => numberOf(row["ratio"]) !== null) ? rows.toSorted(plainFirst) : [])}
      empty={t("There are not both: customers of one channel, and customers of several.")}
      formula={t("mean net revenue of customers of two or more channels ÷ of those of exactly one")}
      note={t(
        "Loyal shoppers select themselves: who buys often has more occasions to use a second channel. Matched, only customers of the same first month and a like time as customers are compared. Neither says that a second channel makes people buy more.",
      )}
    >
      {(rows, { currency }) => (
        <>
          <IntervalPlot
            label={t("Ratio, plain and matched")}
            unit="ratio"
            neutral={1}
            neutralLabel={t("1: they bring the same")}
            rows={rows.map((row) => ({
              label:
                row["comparison"] === "matched" ? t("Matched: like with like") : t("Plain: all with all"),
              value: numberOf(row["ratio"]),
              low: numberOf(row["ratio_lower"]),
              high: numberOf(row["ratio_upper"]),
              n: t("n = {{several}} and {{one}}", {
                several: sizeOf(row, "several_channels"),
                one: sizeOf(row, "one_channel"),
              }),
            }))}
          />
          <DataTable
            label={t("What is compared")}
            columns={columnsOf(t, currency)}
            rows={rows}
            keyOf={(row) => String(row["comparison"])}
          />
        </>
      )}
    </ChartFrame>
  );
}

function columnsOf(t: TFunction, currency: string | null): Column<ReportRow>[] {
  return [
    {
      label: t("Mean net revenue of customers"),
      look: "wide",
      cell: (row) => (row["comparison"] === "matched" ? t("Matched") : t("Plain")),
    },
    {
      label: t("of several channels"),
      look: "number",
      cell: (row) => formatFigure(row["several_channels_mean"], "money", currency),
    },
    {
      label: t("of one channel"),
      look: "number",
      cell: (row) => formatFigure(row["one_channel_mean"], "money", currency),
    },
  ];
}

/** How many are compared: of the matched row those that have somebody to be compared with. */
function sizeOf(row: ReportRow, group: "several_channels" | "one_channel"): string {
  const column = row["comparison"] === "matched" ? `${group}_matched` : `${group}_customers`;
  return formatFigure(row[column], "count", null);
}
