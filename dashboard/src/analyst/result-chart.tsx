import { useTranslation } from "react-i18next";
import type { ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { BarChart } from "../charts/bar-chart.tsx";
import { ChartPanel } from "../charts/chart-panel.tsx";
import type { AxisKind } from "../charts/chart-series.ts";
import { LineChart } from "../charts/line-chart.tsx";
import { formatWhole } from "../format/number.ts";
import { ScatterChart } from "../charts/scatter-chart.tsx";
import type { ChartChoice, ChartColumn } from "./chart-choice.ts";

/** More points than the widest screen has room for make a chart slow, and not clearer. */
const MOST_POINTS = 2_000;

export type ChartedColumn = ChartColumn & { unit: ReportUnit };

type ResultChartProps = {
  choice: ChartChoice;
  columns: readonly ChartedColumn[];
  rows: readonly ReportRow[];
  currency: string | null;
};

/** The rows as they came, drawn as is chosen: nothing is added up here. */
export function ResultChart({ choice, columns, rows, currency }: ResultChartProps) {
  const { t } = useTranslation();
  const { kind, x, ys } = choice;
  const shown = rows.slice(0, MOST_POINTS);
  const unit = columns.find(({ name }) => name === ys[0])?.unit ?? "ratio";
  const title = t("{{values}} by {{place}}", { values: ys.map(words).join(", "), place: words(x) });
  const axis = {
    rows: shown,
    x,
    xKind: axisKind(shown, x),
    series: ys.map((key) => ({ key, label: words(key) })),
    unit,
    currency,
    label: title,
  };
  return (
    <ChartPanel
      title={title}
      time={kind === "line" && axis.xKind !== "text" ? { x, kind: axis.xKind, locationIds: null } : undefined}
      table={{
        columns: columns
          .filter(({ name }) => name === x || ys.includes(name))
          .map(({ name, unit: of }) => ({ name, unit: of, label: words(name) })),
        rows: shown,
        currency,
      }}
      {...(rows.length > MOST_POINTS
        ? { note: t("The first {{rows}} rows are drawn.", { rows: formatWhole(MOST_POINTS) }) }
        : {})}
    >
      {kind === "line" ? <LineChart {...axis} /> : null}
      {kind === "bar" ? <BarChart {...axis} direction={axis.xKind === "text" ? "rows" : "columns"} /> : null}
      {kind === "scatter" ? (
        <ScatterChart
          rows={shown}
          x={{ key: x, label: words(x), unit: columns.find(({ name }) => name === x)?.unit ?? "ratio" }}
          y={{ key: ys[0] ?? x, label: words(ys[0] ?? x), unit }}
          currency={currency}
          label={title}
        />
      ) : null}
    </ChartPanel>
  );
}

const words = (name: string): string => name.replaceAll("_", " ");

/** Days and months are written as such; anything else as it is. */
function axisKind(rows: readonly ReportRow[], x: string): AxisKind {
  const values = rows.map((row) => String(row[x] ?? ""));
  if (values.length > 1 && values.every((value) => /^\d{4}-\d{2}(-01)?$/.test(value))) return "month";
  return values.length > 0 && values.every((value) => /^\d{4}-\d{2}-\d{2}$/.test(value)) ? "day" : "text";
}
