import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatShortFigure } from "../../format/figure.ts";
import { type AxisChartProps, type Point, writeX } from "../chart-series.ts";
import { seriesColour } from "../palette.ts";
import { axisOf, valuesOf } from "./axis-ticks.ts";
import { HATCH_ID, HatchPattern, PLOT_MARGIN, TICK, TooltipBox } from "./plot-parts.tsx";
import { useIsMoving } from "./use-is-moving.ts";

export type BarPlotProps = Omit<AxisChartProps, "rows"> & {
  points: readonly Point[];
  isRows: boolean;
  isStacked: boolean;
};

/** Bars drawn by recharts. */
export function BarPlot({ points, series, unit, currency = null, isRows, isStacked, ...axis }: BarPlotProps) {
  const isMoving = useIsMoving();
  const motion = { isAnimationActive: isMoving, animationDuration: 240 };
  const hasPrevious = axis.previous !== undefined && axis.previous.length > 0;
  const writeName = (value: unknown) => writeX(String(value), axis);
  const writeValue = (value: unknown) => formatShortFigure(Number(value), unit, currency);
  const valueAxis = axisOf(unit, valuesOf(points, series.length, isStacked), true);
  const line = { tick: TICK, tickLine: false };
  const radius = isRows ? ([0, 3, 3, 0] as const) : ([3, 3, 0, 0] as const);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={[...points]}
        layout={isRows ? "vertical" : "horizontal"}
        margin={PLOT_MARGIN}
        barCategoryGap="22%"
        barGap={2}
        title={axis.label}
      >
        <HatchPattern />
        <CartesianGrid vertical={isRows} horizontal={!isRows} stroke="var(--border)" />
        {isRows ? (
          <XAxis type="number" {...line} axisLine={false} {...valueAxis} tickFormatter={writeValue} />
        ) : (
          <XAxis
            dataKey="x"
            {...line}
            axisLine={{ stroke: "var(--border-strong)" }}
            minTickGap={16}
            tickFormatter={writeName}
          />
        )}
        {isRows ? (
          <YAxis
            dataKey="x"
            type="category"
            {...line}
            axisLine={{ stroke: "var(--border-strong)" }}
            width={nameWidthPx(points, writeName)}
            interval={0}
            tickFormatter={writeName}
          />
        ) : (
          <YAxis {...line} width={52} axisLine={false} {...valueAxis} tickFormatter={writeValue} />
        )}
        {isRows
          ? null
          : points.map((point) =>
              point.isComplete ? null : (
                <ReferenceArea
                  key={point.x}
                  x1={point.x}
                  x2={point.x}
                  fill={`url(#${HATCH_ID})`}
                  fillOpacity={1}
                />
              ),
            )}
        {hasPrevious
          ? series.map(({ key }, place) => (
              <Bar
                key={`previous ${key}`}
                dataKey={`p${place}`}
                fill="var(--chart-previous)"
                maxBarSize={34}
                radius={[...radius]}
                {...(isStacked ? { stackId: "previous" } : {})}
                {...motion}
              />
            ))
          : null}
        {series.map(({ key, colour, look }, place) => (
          <Bar
            key={key}
            dataKey={`v${place}`}
            fill={seriesColour(colour ?? place)}
            maxBarSize={34}
            radius={isStacked && place < series.length - 1 ? 0 : [...radius]}
            {...(look === "outlined" ? outlineOf(seriesColour(colour ?? place)) : {})}
            {...(isStacked ? { stackId: "now", stroke: "var(--surface)", strokeWidth: 1 } : {})}
            {...motion}
          />
        ))}
        <Tooltip
          cursor={{ fill: "var(--surface-3)", fillOpacity: 0.5 }}
          isAnimationActive={false}
          content={<TooltipBox {...axis} points={points} series={series} unit={unit} currency={currency} />}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

const outlineOf = (stroke: string) => ({
  fillOpacity: 0.16,
  stroke,
  strokeWidth: 1.5,
  strokeDasharray: "4 3",
});

const CHARACTER_PX = 6.4;
const LONGEST_NAME_PX = 180;

/** Room for the names beside lying bars; longer ones are broken into lines. */
function nameWidthPx(points: readonly Point[], write: (x: string) => string): number {
  const longest = Math.max(4, ...points.map(({ x }) => write(x).length));
  return Math.min(LONGEST_NAME_PX, 16 + longest * CHARACTER_PX);
}
