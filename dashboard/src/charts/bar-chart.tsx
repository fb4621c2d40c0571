import { ChartLegend } from "./chart-legend.tsx";
import { type AxisChartProps, pointsOf } from "./chart-series.ts";
import { lazyPlot, PlotPlace } from "./plot-place.tsx";
import type { BarPlotProps } from "./plots/bar-plot.tsx";

const BarPlot = lazyPlot<BarPlotProps>(async () => (await import("./plots/bar-plot.tsx")).BarPlot);

const ROW_PX = 34;
const AXIS_PX = 40;

export type BarChartProps = AxisChartProps & {
  /** `columns` stand on the x axis; `rows` lie beside their names, for names that are long or many. */
  direction?: "columns" | "rows";
  /** Series on top of each other where they are parts of a whole; else side by side. */
  isStacked?: boolean;
};

/** Bars by period or by name. They always begin at 0. */
export function BarChart({ direction = "columns", isStacked = false, heightPx, ...props }: BarChartProps) {
  const points = pointsOf(props);
  const isRows = direction === "rows";
  const groups = isRows && !isStacked ? Math.max(1, props.series.length * 0.6) : 1;
  const height = heightPx ?? (isRows ? AXIS_PX + points.length * ROW_PX * groups : 260);
  const xKind = props.xKind ?? (isRows ? "text" : "day");
  return (
    <>
      <PlotPlace heightPx={height} label={props.label}>
        <BarPlot {...props} xKind={xKind} points={points} isRows={isRows} isStacked={isStacked} />
      </PlotPlace>
      <ChartLegend
        series={props.series}
        look="bar"
        hasPrevious={props.previous !== undefined && props.previous.length > 0}
        hasIncomplete={points.some(({ isComplete }) => !isComplete)}
      />
    </>
  );
}
