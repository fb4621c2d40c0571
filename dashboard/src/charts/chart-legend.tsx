import { useTranslation } from "react-i18next";
import type { Series } from "./chart-series.ts";
import { seriesColour, seriesDashes } from "./palette.ts";

type ChartLegendProps = {
  series: readonly Series[];
  look: "line" | "bar";
  hasPrevious: boolean;
  /** The first series stands in a band: between which it lies. */
  hasBand?: boolean;
  /** Some period is not over: it is hatched. */
  hasIncomplete: boolean;
};

/** What the marks of a chart mean. A single series is named by the chart's title. */
export function ChartLegend(props: ChartLegendProps) {
  const { series, look, hasPrevious, hasBand = false, hasIncomplete } = props;
  const { t } = useTranslation();
  if (series.length < 2 && !hasPrevious && !hasBand && !hasIncomplete) return null;
  return (
    <ul className="chart-legend">
      {series.map(({ key, label, colour }, place) => (
        <li key={key}>
          <svg width={18} height={10} aria-hidden="true">
            {look === "bar" ? (
              <rect width={10} height={10} x={4} rx={2} fill={seriesColour(colour ?? place)} />
            ) : (
              <line
                x1={0}
                x2={18}
                y1={5}
                y2={5}
                stroke={seriesColour(colour ?? place)}
                strokeWidth={2.5}
                strokeDasharray={seriesDashes(place)}
              />
            )}
          </svg>
          {label}
        </li>
      ))}
      {hasBand ? (
        <li>
          <svg width={18} height={10} aria-hidden="true">
            <rect
              width={18}
              height={10}
              rx={2}
              fill={seriesColour(series[0]?.colour ?? 0)}
              fillOpacity={0.16}
            />
          </svg>
          {t("95 % interval")}
        </li>
      ) : null}
      {hasPrevious ? (
        <li>
          <svg width={18} height={10} aria-hidden="true">
            <line x1={0} x2={18} y1={5} y2={5} stroke="var(--chart-previous)" strokeWidth={2} />
          </svg>
          {t("Compared window")}
        </li>
      ) : null}
      {hasIncomplete ? (
        <li>
          <span className="chart-hatch" aria-hidden="true" />
          {t("Not over yet")}
        </li>
      ) : null}
    </ul>
  );
}
