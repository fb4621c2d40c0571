import { useTranslation } from "react-i18next";
import type { ReportUnit } from "../../../../domain/reports/report.ts";
import { formatFigure } from "../../format/figure.ts";
import { formatWhole } from "../../format/number.ts";
import { type Annotation, type AxisChartProps, type Point, writeX } from "../chart-series.ts";
import { seriesColour } from "../palette.ts";

/** Text along the axes. */
export const TICK = { fill: "var(--text-3)", fontSize: 11 };
export const HATCH_ID = "onhand-hatch";
export const PLOT_MARGIN = { top: 12, right: 24, bottom: 0, left: 0 };

/** The pattern of what is not over yet. A plot has its own: what is saved as a picture has to be whole. */
export function HatchPattern() {
  return (
    <defs>
      <pattern id={HATCH_ID} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={6} height={6} fill="var(--surface-2)" />
        <line
          x1={0}
          y1={0}
          x2={0}
          y2={6}
          stroke="var(--border-strong)"
          strokeWidth={1}
          strokeOpacity={0.55}
        />
      </pattern>
    </defs>
  );
}

const NOTHING_HAPPENED: readonly Annotation[] = [];

type TooltipBoxProps = Pick<
  AxisChartProps,
  "series" | "unit" | "currency" | "xKind" | "xWord" | "annotations"
> & {
  points: readonly Point[];
  /** From recharts: whether the pointer or the keys are at a place, and which. */
  active?: boolean;
  label?: string | number;
};

/** What stands at a place of a plot: each series, what it is compared with, and of how many. */
export function TooltipBox({
  points,
  active,
  label,
  series,
  unit,
  currency = null,
  xKind,
  xWord,
  annotations = NOTHING_HAPPENED,
}: TooltipBoxProps) {
  const { t } = useTranslation();
  const point = points.find(({ x }) => x === String(label));
  if (active !== true || point === undefined) return null;
  const axis = { ...(xKind === undefined ? {} : { xKind }), ...(xWord === undefined ? {} : { xWord }) };
  return (
    <div className="chart-tooltip numeric">
      <strong>{writeX(point.x, axis, "long")}</strong>
      {point.isComplete ? null : <p>{t("Not over yet: no figure")}</p>}
      <ul>
        {series.map(({ key, label: name, colour }, place) => (
          <li key={key}>
            <svg width={8} height={8} aria-hidden="true">
              <circle cx={4} cy={4} r={4} fill={seriesColour(colour ?? place)} />
            </svg>
            <span>{name}</span>
            <b>{write(point[`v${place}`], unit, currency)}</b>
            {point.previousX === null ? null : (
              <span className="muted">
                {t("before: {{figure}}", { figure: write(point[`p${place}`], unit, currency) })}
              </span>
            )}
          </li>
        ))}
      </ul>
      {point.low === null || point.high === null ? null : (
        <p>
          {t("{{low}} to {{high}}", {
            low: formatFigure(point.low, unit, currency),
            high: formatFigure(point.high, unit, currency),
          })}
        </p>
      )}
      {annotations
        .filter(({ x, toX = x }) => x <= point.x && point.x <= toX)
        .map(({ x, sign, label: text }) => (
          <p key={`${x} ${text}`}>
            {sign === undefined ? null : <b>{sign}</b>} {text}
          </p>
        ))}
      {point.n === null ? null : <p>{t("n = {{n}}", { n: formatWhole(point.n) })}</p>}
    </div>
  );
}

function write(value: number | null | undefined, unit: ReportUnit, currency: string | null): string {
  return formatFigure(value, unit, currency);
}
