import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { BarChart } from "../charts/bar-chart.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import { type ReportParams, useReport } from "../reports/use-report.ts";

const PARTS = [
  "net_sales",
  "store_net_sales",
  "online_net_sales",
  "shared_net_sales",
  "saved_net_sales",
] as const;

/** Sales in which stores and online had a part: both have the credit, and nothing is counted twice. */
export function SharedCredit({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const report = useReport("shared-credit", params);
  const words = partWords(t);
  const [row] = report.data?.rows ?? [];
  return (
    <ChartFrame
      title={t("What stores and online sell together")}
      report={report}
      rows={(rows) => rows.filter((each) => (numberOf(each["orders"]) ?? 0) > 0)}
      formula={t("store + online − both = all")}
      note={
        row === undefined
          ? undefined
          : t("{{shared}} orders are the work of both; {{saved}} were saved by a store that had none left.", {
              shared: formatFigure(row["shared_orders"], "count", null),
              saved: formatFigure(row["saved_orders"], "count", null),
            })
      }
    >
      {(rows, { currency }) => (
        <BarChart
          direction="rows"
          label={t("Net sales by who had a part in them")}
          rows={asRows(rows[0])}
          x="part"
          xWord={(part) => words[part] ?? part}
          series={[{ key: "amount", label: t("Net sales") }]}
          unit="money"
          currency={currency}
        />
      )}
    </ChartFrame>
  );
}

/** The columns of the one row, one below the other. */
const asRows = (row: ReportRow | undefined): ReportRow[] =>
  PARTS.map((part) => ({ part, amount: row?.[part] ?? null }));

function partWords(t: TFunction): Record<string, string> {
  return {
    net_sales: t("All"),
    store_net_sales: t("Stores had a part"),
    online_net_sales: t("Online had a part"),
    shared_net_sales: t("Both had"),
    saved_net_sales: t("Saved by a store"),
  };
}
