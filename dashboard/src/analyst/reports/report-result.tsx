import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ReportUnit } from "../../../../domain/reports/report.ts";
import { formatFigure } from "../../format/figure.ts";
import type { ReportData } from "../../reports/report-data.ts";
import { Notice } from "../../ui/notice.tsx";
import { type ChartChoice, suggestChart, validChoice } from "../chart-choice.ts";
import { ChartFields } from "../chart-fields.tsx";
import { type ChartedColumn, ResultChart } from "../result-chart.tsx";
import { ResultTable } from "../result-table.tsx";
import type { ReportAsked } from "./report-address.ts";
import { ReportFacts } from "./report-facts.tsx";
import { ReportTools } from "./report-tools.tsx";

type ReportResultProps = {
  data: ReportData;
  asked: ReportAsked;
  /** The rows are of what was asked before: the newest are being calculated. */
  isOlder: boolean;
  onChart: (choice: ChartChoice | null) => void;
};

/** The answer: what it says of itself, a chart where its shape has one, its rows and its SQL. */
export function ReportResult({ data, asked, isOlder, onChart }: ReportResultProps) {
  const { t } = useTranslation();
  const { rows, report, currency } = data;
  const columns = useMemo(
    () =>
      report.columns.map<ChartedColumn>(({ name, unit }) => ({ name, unit, is: kindOf(unit, rows, name) })),
    [report, rows],
  );
  const cellText = useCallback(
    (row: number, at: number) => {
      const column = report.columns[at];
      const cell = column === undefined ? null : (rows[row]?.[column.name] ?? null);
      return cell === null || column === undefined ? null : formatFigure(cell, column.unit, currency);
    },
    [rows, report, currency],
  );
  const choice = validChoice(asked.chart, columns) ?? suggestChart(columns, rows.length);
  return (
    <div className={isOlder ? "report-result older" : "report-result"} aria-busy={isOlder}>
      <ReportTools data={data} asked={asked} />
      {rows.length === 0 ? (
        <Notice icon="empty" title={t("No rows")}>
          {t("Nothing of this kind in the chosen window. Choose a longer one, or take a filter out.")}
        </Notice>
      ) : null}
      {choice === null || rows.length === 0 ? null : (
        <>
          <ChartFields choice={choice} columns={columns} onChange={onChart} />
          <ResultChart choice={choice} columns={columns} rows={rows} currency={currency} />
        </>
      )}
      {rows.length === 0 ? null : (
        <ResultTable
          label={t("Rows of the report")}
          columns={report.columns.map(({ name, unit, meaning }) => ({
            name,
            note: unit,
            meaning,
            isNumber: isNumeric(unit),
          }))}
          rowCount={rows.length}
          cellText={cellText}
        />
      )}
      {data.previous === undefined ? null : <ComparedRows data={data} previous={data.previous} />}
      <ReportFacts data={data} />
    </div>
  );
}

function ComparedRows({
  data: { report, currency },
  previous,
}: {
  data: ReportData;
  previous: NonNullable<ReportData["previous"]>;
}) {
  const { t } = useTranslation();
  const title = t("Compared: {{from}} until before {{to}}", {
    from: previous.window.from ?? t("the beginning"),
    to: previous.window.to,
  });
  return (
    <section>
      <h3 className="report-heading">{title}</h3>
      <ResultTable
        label={title}
        columns={report.columns.map(({ name, unit, meaning }) => ({
          name,
          note: unit,
          meaning,
          isNumber: isNumeric(unit),
        }))}
        rowCount={previous.rows.length}
        cellText={(row, at) => {
          const column = report.columns[at];
          const cell = column === undefined ? null : (previous.rows[row]?.[column.name] ?? null);
          return cell === null || column === undefined ? null : formatFigure(cell, column.unit, currency);
        }}
      />
    </section>
  );
}

const isNumeric = (unit: ReportUnit): boolean => !["text", "date", "instant"].includes(unit);

/** Texts that are all months, such as 2026-03, are periods; flags are nothing to draw. */
function kindOf(unit: ReportUnit, rows: ReportData["rows"], name: string): ChartedColumn["is"] {
  if (unit === "flag") return "text";
  if (isNumeric(unit)) return "number";
  if (unit === "date" || unit === "instant") return "time";
  const isMonths = rows.length > 0 && rows.every((row) => /^\d{4}-\d{2}$/.test(String(row[name] ?? "")));
  return isMonths ? "time" : "text";
}
