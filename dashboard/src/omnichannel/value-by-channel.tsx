import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { withParam } from "../app/with-param.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import { channelWord } from "../reports/report-filter-bar.tsx";
import { type ReportParams, useReport } from "../reports/use-report.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { SelectField } from "../ui/field.tsx";
import { ShareBar } from "../reports/share-bar.tsx";

const FIRST = "first";

/** Historic and predicted value of the customers of each channel, in columns of their own. */
export function ValueByChannel({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const by = search.get("by") === FIRST ? FIRST : "bought";
  const report = useReport("value-by-channel", { ...params, by });
  return (
    <ChartFrame
      title={t("Value of customers by channel")}
      report={report}
      formula={t("mean net revenue of the channel's customers, in whichever channel they spent it")}
      note={
        by === FIRST
          ? t("Each customer is in one row: that of the first purchase of all time.")
          : t("Who buys in two channels is in two rows: rows do not add up.")
      }
    >
      {(rows) => (
        <>
          <SelectField
            label={t("Customers who")}
            value={by}
            choices={[
              { value: "bought", label: t("bought in the channel") },
              { value: FIRST, label: t("made their first purchase in it") },
            ]}
            onChange={(value) =>
              setSearch((last) => withParam(last, "by", value === FIRST ? value : ""), { replace: true })
            }
          />
          <DataTable
            label={t("Value of customers by channel")}
            columns={columnsOf(t, report.data?.currency ?? null)}
            rows={rows}
            keyOf={(row) => String(row["channel"])}
          />
        </>
      )}
    </ChartFrame>
  );
}

function columnsOf(t: TFunction, currency: string | null): Column<ReportRow>[] {
  const money = (column: string) => (row: ReportRow) => formatFigure(row[column], "money", currency);
  return [
    { label: t("Channel"), look: "wide", cell: (row) => <b>{channelWord(t, String(row["channel"]))}</b> },
    { label: t("Customers"), look: "number", cell: (row) => formatFigure(row["customers"], "count", null) },
    { label: t("Brought so far, mean"), look: "number", cell: money("mean_revenue") },
    { label: t("median"), look: "number", cell: money("median_revenue") },
    {
      label: t("Expected in 12 months, mean"),
      look: "number",
      cell: (row) => <span className="predicted-figure">{money("mean_predicted")(row)}</span>,
    },
    {
      label: t("Also buy elsewhere"),
      cell: (row) => <ShareBar share={numberOf(row["several_channels_share"])} />,
    },
  ];
}
