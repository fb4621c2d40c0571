import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatFigure, formatShortFigure } from "../../format/figure.ts";
import { type Annotation, type AxisChartProps, type Point, writeX } from "../chart-series.ts";
import { seriesColour, seriesDashes } from "../palette.ts";
import { HATCH_ID, HatchPattern, PLOT_MARGIN, TICK, TooltipBox } from "./plot-parts.tsx";
import { axisOf, valuesOf } from "./axis-ticks.ts";
import { useIsMoving } from "./use-is-moving.ts";

export type LinePlotProps = Omit<AxisChartProps, "rows"> & {
  points: readonly Point[];
  hasBand: boolean;
  isFromZero: boolean;
};

const NO_ANNOTATIONS: readonly Annotation[] = [];

/** Room above the lines for what happened. */
const NOTES_PX = 24;

/** Lines drawn by recharts. */
export function LinePlot({
  points,
  series,
  unit,
  currency = null,
  annotations = NO_ANNOTATIONS,
  hasBand,
  isFromZero,
  ...axis
}: LinePlotProps) {
  const isMoving = useIsMoving();
  const valueAxis = axisOf(unit, valuesOf(points, series.length, false), isFromZero);
  const hasPrevious = axis.previous !== undefined && axis.previous.length > 0;
  const data = points.map((point) => ({
    ...point,
    band: point.low === null || point.high === null ? null : [point.low, point.high],
  }));
  const motion = { isAnimationActive: isMoving, animationDuration: 240 };
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={data}
        margin={annotations.length === 0 ? PLOT_MARGIN : { ...PLOT_MARGIN, top: NOTES_PX }}
        title={axis.label}
      >
        <HatchPattern />
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="x"
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--border-strong)" }}
          minTickGap={28}
          tickFormatter={(value) => writeX(String(value), axis)}
        />
        <YAxis
          width={52}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          {...valueAxis}
          tickFormatter={(value) =>
            unit === "share"
              ? formatFigure(Number(value), unit, currency)
              : formatShortFigure(Number(value), unit, currency)
          }
        />
        {points.flatMap((point, index) =>
          point.isComplete
            ? []
            : [
                <ReferenceArea
                  key={point.x}
                  x1={points[Math.max(0, index - 1)]?.x ?? point.x}
                  x2={point.x}
                  fill={`url(#${HATCH_ID})`}
                  fillOpacity={1}
                />,
              ],
        )}
        {annotations.flatMap(({ x, toX = x, label }) =>
          toX === x
            ? []
            : [
                <ReferenceArea
                  key={`${x} ${toX} ${label}`}
                  x1={x}
                  x2={toX}
                  fill="var(--text-3)"
                  fillOpacity={0.08}
                />,
              ],
        )}
        {signsByPlace(annotations).map(({ x, words }) => (
          <ReferenceLine
            key={x}
            x={x}
            stroke="var(--text-3)"
            strokeDasharray="2 3"
            label={{ value: words, position: "top", fill: "var(--text-2)", fontSize: 11 }}
          />
        ))}
        {hasBand ? (
          <Area
            dataKey="band"
            stroke="none"
            fill={seriesColour(0)}
            fillOpacity={0.16}
            connectNulls={false}
            activeDot={false}
            {...motion}
          />
        ) : null}
        {hasPrevious
          ? series.map(({ key }, place) => (
              <Line
                key={`previous ${key}`}
                dataKey={`p${place}`}
                type="linear"
                stroke="var(--chart-previous)"
                strokeWidth={1.75}
                strokeDasharray={seriesDashes(place)}
                dot={false}
                activeDot={false}
                {...motion}
              />
            ))
          : null}
        {series.map(({ key, look, colour }, place) =>
          look === "area" ? (
            <Area
              key={key}
              dataKey={`v${place}`}
              type="linear"
              stroke={seriesColour(colour ?? place)}
              strokeWidth={2.25}
              fill={seriesColour(colour ?? place)}
              fillOpacity={0.14}
              dot={lonelyDot(points, place)}
              {...motion}
            />
          ) : (
            <Line
              key={key}
              dataKey={`v${place}`}
              type="linear"
              stroke={seriesColour(colour ?? place)}
              strokeWidth={2.25}
              strokeDasharray={seriesDashes(place)}
              dot={lonelyDot(points, place)}
              {...motion}
            />
          ),
        )}
        <Tooltip
          cursor={{ stroke: "var(--border-strong)" }}
          isAnimationActive={false}
          content={
            <TooltipBox
              {...axis}
              points={points}
              series={series}
              unit={unit}
              currency={currency}
              annotations={annotations}
            />
          }
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

const MOST_SIGNS = 2;

/** What stands above each place where something happened: the words or signs of it, of many the first. */
function signsByPlace(annotations: readonly Annotation[]): { x: string; words: string }[] {
  return [...new Set(annotations.map(({ x }) => x))].map((x) => {
    const signs = annotations.filter((each) => each.x === x).map(({ sign, label }) => sign ?? label);
    return {
      x,
      words: `${signs.slice(0, MOST_SIGNS).join(" ")}${signs.length > MOST_SIGNS ? " …" : ""}`,
    };
  });
}

/** A line of few points shows them: one alone would be no line at all. */
function lonelyDot(points: readonly Point[], place: number) {
  const known = points.filter((point) => point[`v${place}`] !== null).length;
  return known <= 3 ? { r: 3.5, strokeWidth: 0, fill: seriesColour(place) } : false;
}
