import type { ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { formatShortFigure, numberOf } from "../format/figure.ts";
import { BarChart } from "./bar-chart.tsx";

export type HistogramProps = {
  rows: readonly ReportRow[];
  /** The columns with a bin's lower end and, where the report has one, its upper end, which is not in it. */
  from: string;
  to?: string;
  /** How many fell into it. */
  count: string;
  /** What the ends are: money, days, units … */
  unit: ReportUnit;
  currency?: string | null;
  /** What is counted, such as customers. */
  countLabel: string;
  /** Values that are expected, and did not happen: bars within dashes. */
  isExpected?: boolean;
  heightPx?: number;
  label: string;
};

/** How many fell into each bin. The report makes the bins: a browser would have to be sent every value. */
export function Histogram({ rows, from, to, count, unit, currency = null, ...props }: HistogramProps) {
  const write = (value: number) => formatShortFigure(value, unit, currency);
  const bins = rows.map((row) => {
    const low = numberOf(row[from]);
    const high = to === undefined ? null : numberOf(row[to]);
    const name = low === null ? (high === null ? "–" : `< ${write(high)}`) : write(low);
    return {
      bin:
        high === null || low === null
          ? to === undefined
            ? name
            : low === null
              ? name
              : `≥ ${name}`
          : `${name}–${write(high)}`,
      [count]: row[count] ?? null,
    };
  });
  return (
    <BarChart
      rows={bins}
      x="bin"
      xKind="text"
      series={[
        { key: count, label: props.countLabel, ...(props.isExpected === true ? { look: "outlined" } : {}) },
      ]}
      unit="count"
      label={props.label}
      {...(props.heightPx === undefined ? {} : { heightPx: props.heightPx })}
    />
  );
}
