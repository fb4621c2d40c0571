import { useContext } from "react";
import { ChartMarks } from "../annotations/chart-time.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { type AxisChartProps, pointsOf } from "./chart-series.ts";
import { lazyPlot, PlotPlace } from "./plot-place.tsx";
import type { LinePlotProps } from "./plots/line-plot.tsx";

const LinePlot = lazyPlot<LinePlotProps>(async () => (await import("./plots/line-plot.tsx")).LinePlot);

export type LineChartProps = AxisChartProps & {
  /** The columns with the ends of the interval that the first series lies in: a band. */
  interval?: { low: string; high: string };
  /** Shares of one end at 100 %, and an axis begins at 0, unless this says that differences matter more than sizes. */
  isFromZero?: boolean;
};

/** Lines over periods. What is not over yet is hatched, gaps stay gaps, the compared window is a lighter line. */
export function LineChart({ interval, heightPx = 260, isFromZero = true, ...props }: LineChartProps) {
  const marks = useContext(ChartMarks);
  const points = pointsOf(props, interval);
  const hasPrevious = props.previous !== undefined && props.previous.length > 0;
  return (
    <>
      <PlotPlace heightPx={heightPx} label={props.label}>
        <LinePlot
          {...props}
          annotations={[...(props.annotations ?? []), ...marks]}
          points={points}
          hasBand={interval !== undefined}
          isFromZero={isFromZero}
        />
      </PlotPlace>
      <ChartLegend
        series={props.series}
        look="line"
        hasPrevious={hasPrevious}
        hasBand={interval !== undefined}
        hasIncomplete={points.some(({ isComplete }) => !isComplete)}
      />
    </>
  );
}
