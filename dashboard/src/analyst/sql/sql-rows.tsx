import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ChartChoice, suggestChart, validChoice } from "../chart-choice.ts";
import { ChartFields } from "../chart-fields.tsx";
import { type ChartedColumn, ResultChart } from "../result-chart.tsx";
import { ResultTable } from "../result-table.tsx";
import { SwitchTabs } from "../switch-tabs.tsx";
import { cellText, chartCell } from "./sql-cells.ts";
import { kindOfType, type SqlColumn } from "./sql-answer.ts";

type SqlRowsProps = {
  columns: readonly SqlColumn[];
  rows: readonly (readonly unknown[])[];
  chart: ChartChoice | null;
  onChart: (choice: ChartChoice | null) => void;
};

/** The rows as a table or as a chart. */
export function SqlRows({ columns, rows, chart, onChart }: SqlRowsProps) {
  const { t } = useTranslation();
  const charted = useMemo(
    () =>
      columns.map<ChartedColumn>(({ name, type }) => {
        const is = kindOfType(type);
        return { name, is, unit: is === "number" ? "ratio" : "text" };
      }),
    [columns],
  );
  const choice = validChoice(chart, charted);
  const suggested = useMemo(() => suggestChart(charted, rows.length), [charted, rows]);
  const [isChart, setChart] = useState(choice !== null);
  const shown = choice ?? suggested;
  const chartRows = useMemo(
    () =>
      rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, chartCell(row[index])]))),
    [rows, columns],
  );
  const text = useCallback((row: number, column: number) => cellText(rows[row]?.[column]), [rows]);
  return (
    <>
      {suggested === null && choice === null ? null : (
        <SwitchTabs
          label={t("How the result is shown")}
          tabs={[
            { id: "table", label: t("Table") },
            { id: "chart", label: t("Chart") },
          ]}
          chosen={isChart ? "chart" : "table"}
          onChoose={(id) => {
            setChart(id === "chart");
            if (id === "chart") onChart(shown);
          }}
        />
      )}
      {isChart && shown !== null ? (
        <>
          <ChartFields choice={shown} columns={charted} onChange={onChart} />
          <ResultChart choice={shown} columns={charted} rows={chartRows} currency={null} />
        </>
      ) : (
        <ResultTable
          label={t("Rows of the result")}
          columns={columns.map(({ name, type }) => ({
            name,
            note: type,
            isNumber: kindOfType(type) === "number",
          }))}
          rowCount={rows.length}
          cellText={text}
        />
      )}
    </>
  );
}
