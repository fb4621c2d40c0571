import type { ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { lazyPlot, PlotPlace } from "./plot-place.tsx";
import type { ScatterPlotProps } from "./plots/scatter-plot.tsx";

const ScatterPlot = lazyPlot<ScatterPlotProps>(
  async () => (await import("./plots/scatter-plot.tsx")).ScatterPlot,
);

/** One axis of a scatter: a column of numbers, what it is called and what its numbers are. */
export type ScatterAxis = { key: string; label: string; unit: ReportUnit };

export type ScatterChartProps = {
  rows: readonly ReportRow[];
  x: ScatterAxis;
  y: ScatterAxis;
  currency?: string | null;
  heightPx?: number;
  /** In words, for who does not see it. */
  label: string;
};

/** A point for each row that has both numbers. Its axes need not begin at 0: places are compared, not lengths. */
export function ScatterChart({ heightPx = 320, ...props }: ScatterChartProps) {
  return (
    <PlotPlace heightPx={heightPx} label={props.label}>
      <ScatterPlot {...props} />
    </PlotPlace>
  );
}
