import { CartesianGrid, ResponsiveContainer, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from "recharts";
import { formatFigure, formatShortFigure, numberOf } from "../../format/figure.ts";
import { seriesColour } from "../palette.ts";
import type { ScatterChartProps } from "../scatter-chart.tsx";
import { PLOT_MARGIN, TICK } from "./plot-parts.tsx";
import { useIsMoving } from "./use-is-moving.ts";

export type ScatterPlotProps = Omit<ScatterChartProps, "heightPx">;

/** Points drawn by recharts. */
export function ScatterPlot({ rows, x, y, currency = null, label }: ScatterPlotProps) {
  const isMoving = useIsMoving();
  const points = rows.flatMap((row) => {
    const at = { x: numberOf(row[x.key]), y: numberOf(row[y.key]) };
    return at.x === null || at.y === null ? [] : [at];
  });
  const line = { tick: TICK, tickLine: false, type: "number" as const, domain: ["auto", "auto"] as const };
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ScatterChart margin={{ ...PLOT_MARGIN, bottom: 18 }} title={label}>
        <CartesianGrid stroke="var(--border)" />
        <XAxis
          {...line}
          domain={[...line.domain]}
          dataKey="x"
          name={x.label}
          axisLine={{ stroke: "var(--border-strong)" }}
          tickFormatter={(value) => formatShortFigure(Number(value), x.unit, currency)}
          label={{
            value: x.label,
            position: "insideBottom",
            offset: -12,
            fill: "var(--text-3)",
            fontSize: 11,
          }}
        />
        <YAxis
          {...line}
          domain={[...line.domain]}
          dataKey="y"
          name={y.label}
          width={52}
          axisLine={false}
          tickFormatter={(value) => formatShortFigure(Number(value), y.unit, currency)}
        />
        <Scatter
          data={points}
          fill={seriesColour(0)}
          fillOpacity={0.65}
          isAnimationActive={isMoving}
          animationDuration={240}
        />
        <Tooltip
          cursor={{ stroke: "var(--border-strong)", strokeDasharray: "3 3" }}
          isAnimationActive={false}
          content={<PointBox x={x} y={y} currency={currency} />}
        />
      </ScatterChart>
    </ResponsiveContainer>
  );
}

type PointBoxProps = Pick<ScatterPlotProps, "x" | "y"> & {
  currency: string | null;
  /** From recharts: whether the pointer is at a point, and at which. */
  active?: boolean;
  payload?: readonly { payload?: { x: number; y: number } }[];
};

/** The two numbers of a point. */
function PointBox({ x, y, currency, active, payload }: PointBoxProps) {
  const point = payload?.[0]?.payload;
  if (active !== true || point === undefined) return null;
  return (
    <div className="chart-tooltip numeric">
      <ul>
        <li>
          <span>{x.label}</span>
          <b>{formatFigure(point.x, x.unit, currency)}</b>
        </li>
        <li>
          <span>{y.label}</span>
          <b>{formatFigure(point.y, y.unit, currency)}</b>
        </li>
      </ul>
    </div>
  );
}
