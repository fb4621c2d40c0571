import type { ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { formatDay, formatPeriod, type PeriodKind } from "../format/day.ts";
import { numberOf } from "../format/figure.ts";

/** One column of the rows, as it is drawn and called. Colours go by place: the first series has the first colour. */
export type Series = {
  key: string;
  label: string;
  /** `area`: a line over a filled ground. `outlined`: bars within dashes, for what is expected and did not happen. */
  look?: "line" | "area" | "outlined";
  /** Another place among the colours than its own. */
  colour?: number;
};

/** What happened at a place of the x axis, up to `toX` where it went on, in words; `sign` stands in the plot instead of them. */
export type Annotation = { x: string; toX?: string; label: string; sign?: string };

/** How the x axis is written: periods by their first day, or texts as they are. */
export type AxisKind = PeriodKind | "text";

/** What the charts along an axis have in common. `Row` is as the report answered: nothing is calculated here. */
export type AxisChartProps = {
  rows: readonly ReportRow[];
  /** The column of the x axis. */
  x: string;
  xKind?: AxisKind;
  /** What `text` values of the x axis are called. */
  xWord?: (value: string) => string;
  series: readonly Series[];
  unit: ReportUnit;
  currency?: string | null;
  /** The column that says of how many; shown in the tooltip. */
  n?: string;
  /** Rows of the window that it is compared with: drawn lighter, place by place. */
  previous?: readonly ReportRow[] | undefined;
  annotations?: readonly Annotation[];
  heightPx?: number;
  /** In words, for who does not see it. */
  label: string;
};

/** A point of a plot: values by `v0`, `v1` …, of the window before by `p0`, `p1` …; not known or not over yet is null. */
export type Point = {
  x: string;
  /** The x of the window before at this place. */
  previousX: string | null;
  isComplete: boolean;
  n: number | null;
  low: number | null;
  high: number | null;
} & Record<`v${number}` | `p${number}`, number | null>;

/** The rows as points. A row with `is_complete` 0 is no value: what is not over is blank, never 0. */
export function pointsOf(
  { rows, previous, x, series, n }: Pick<AxisChartProps, "rows" | "previous" | "x" | "series" | "n">,
  interval?: { low: string; high: string },
): Point[] {
  return rows.map((row, index) => {
    const before = previous?.[index];
    const isComplete = isOver(row);
    const point: Point = {
      x: String(row[x] ?? ""),
      previousX: before === undefined ? null : String(before[x] ?? ""),
      isComplete,
      n: n === undefined ? null : numberOf(row[n]),
      low: interval === undefined || !isComplete ? null : numberOf(row[interval.low]),
      high: interval === undefined || !isComplete ? null : numberOf(row[interval.high]),
    };
    for (const [place, { key }] of series.entries()) {
      point[`v${place}`] = isComplete ? numberOf(row[key]) : null;
      point[`p${place}`] = before === undefined || !isOver(before) ? null : numberOf(before[key]);
    }
    return point;
  });
}

function isOver(row: ReportRow): boolean {
  return row["is_complete"] === undefined || numberOf(row["is_complete"]) !== 0;
}

/** What stands at the x axis for a value, shortly, or in full for the tooltip. */
export function writeX(
  value: string,
  { xKind = "day", xWord }: Pick<AxisChartProps, "xKind" | "xWord">,
  look: "short" | "long" = "short",
): string {
  if (xKind === "text") return xWord?.(value) ?? value;
  return look === "long" && (xKind === "day" || xKind === "week")
    ? formatDay(value)
    : formatPeriod(value, xKind);
}
