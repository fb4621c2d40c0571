import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import type { PeriodKind } from "../format/day.ts";
import { FigureSource } from "../reports/figure-source.tsx";
import type { ReportData } from "../reports/report-data.ts";
import { ReportTrouble, StaleMark } from "../reports/report-trouble.tsx";
import { sourceMark } from "../reports/source-mark.ts";
import type { ReportQuery } from "../reports/use-report.ts";
import { IconButton } from "../ui/button.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { tableColumns } from "./chart-table.ts";

type ChartFrameProps<Row extends ReportRow> = {
  title: string;
  report: ReportQuery<Row>;
  /** Which of the report's rows are shown; all without it. */
  rows?: (rows: readonly Row[]) => readonly Row[];
  /** The report's columns that the table and the CSV have, in this order; all without it. */
  columns?: readonly string[];
  /** How the figures are made of the report's columns, for their source. */
  formula?: string;
  /** What to say where there are no rows; what to do to get some. */
  empty?: ReactNode;
  note?: ReactNode;
  heightPx?: number;
  /** Of a chart over time: its column of periods, and what they are (days without it). What happened then is shown with it. */
  time?: { x: string; kind?: PeriodKind };
  children: (rows: readonly Row[], data: ReportData<Row>) => ReactNode;
};

/** A chart of a report: waits, says what went wrong or that there is nothing, and where its figures come from. */
export function ChartFrame<Row extends ReportRow>(props: ChartFrameProps<Row>) {
  const { title, report, columns, formula, empty, note, heightPx = 260, time, children } = props;
  const { t } = useTranslation();
  const [isSourceShown, setSourceShown] = useState(false);
  const { data, error } = report;
  const rows = data === undefined ? [] : (props.rows?.(data.rows) ?? data.rows);
  const instead =
    data === undefined ? (
      error === null ? (
        <div className="plot-skeleton" style={{ height: heightPx }} role="status" aria-label={t("Loading")} />
      ) : (
        <ReportTrouble error={error} onRetry={() => void report.refetch()} />
      )
    ) : rows.length === 0 ? (
      <p className="chart-empty">
        {empty ?? t("Nothing of this kind in the chosen window. Choose a longer one, or take a filter out.")}
      </p>
    ) : undefined;
  return (
    <>
      <ChartPanel
        title={title}
        table={
          data === undefined
            ? null
            : { columns: tableColumns(data.report.columns, columns), rows, currency: data.currency }
        }
        instead={instead}
        mark={<StaleMark error={data === undefined ? null : error} />}
        tools={
          <IconButton
            icon="info"
            label={t("Where this figure comes from: {{title}}", { title })}
            onClick={() => setSourceShown(true)}
          />
        }
        note={note}
        time={
          time === undefined
            ? undefined
            : { x: time.x, kind: time.kind ?? "day", locationIds: locationsOf(data?.parameters["location"]) }
        }
        source={sourceMark(data)}
      >
        {data === undefined ? null : children(rows, data)}
      </ChartPanel>
      {isSourceShown && data !== undefined ? (
        <FigureSource title={title} data={data} formula={formula} onClose={() => setSourceShown(false)} />
      ) : null}
    </>
  );
}

/** The locations that a report was asked for; null: all. */
function locationsOf(asked: string | readonly string[] | number | undefined): readonly string[] | null {
  const ids = (Array.isArray(asked) ? asked : [asked])
    .map((id) => String(id ?? ""))
    .filter((id) => id !== "");
  return ids.length === 0 ? null : ids;
}
