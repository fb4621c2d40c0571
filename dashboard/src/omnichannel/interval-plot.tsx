import { useTranslation } from "react-i18next";
import type { ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { formatFigure } from "../format/figure.ts";
import { formatRate } from "../format/number.ts";
import "./interval-plot.css";

export type IntervalRow = {
  label: string;
  value: number | null;
  /** Ends of the interval; null where there is none. */
  low: number | null;
  high: number | null;
  /** Of how many. */
  n: string;
};

/** Comparisons of all with all stand before those of like with like. */
export const plainFirst = (a: ReportRow, b: ReportRow): number =>
  Number(b["comparison"] === "plain") - Number(a["comparison"] === "plain");

type IntervalPlotProps = {
  rows: readonly IntervalRow[];
  /** The value at which there is no difference. */
  neutral: number;
  neutralLabel: string;
  unit: ReportUnit;
  /** Differences of shares, as such: in points of a percent. */
  isDifference?: boolean;
  label: string;
};

/** Estimates with the intervals they lie in, beside the value at which there would be no difference. */
export function IntervalPlot(props: IntervalPlotProps) {
  const { rows, neutral, neutralLabel, unit, isDifference = false, label } = props;
  const { t } = useTranslation();
  const write = (value: number | null) =>
    isDifference && value !== null ? `${formatRate(value * 100)} pp` : formatFigure(value, unit, null);
  const all = rows.flatMap(({ value, low, high }) => [value, low, high]).filter((each) => each !== null);
  const [least, most] = [Math.min(neutral, ...all), Math.max(neutral, ...all)];
  const room = (most - least || 1) * 0.12;
  const at = (value: number) => `${((value - least + room) / (most - least + 2 * room)) * 100}%`;
  return (
    <div className="interval-plot" role="group" aria-label={label}>
      <dl>
        {rows.map((row) => (
          <div key={row.label}>
            <dt>
              {row.label} <span className="muted numeric">{row.n}</span>
            </dt>
            <dd>
              <strong className="numeric">{write(row.value)}</strong>{" "}
              <span className="muted numeric">
                {row.low === null || row.high === null
                  ? t("no interval")
                  : t("95% interval: {{low}} to {{high}}", { low: write(row.low), high: write(row.high) })}
              </span>
              <span className="interval-track" aria-hidden="true">
                <span className="interval-neutral" style={{ left: at(neutral) }} />
                {row.low === null || row.high === null ? null : (
                  <span
                    className="interval-range"
                    style={{ left: at(row.low), right: `calc(100% - ${at(row.high)})` }}
                  />
                )}
                {row.value === null ? null : (
                  <span className="interval-dot" style={{ left: at(row.value) }} />
                )}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="interval-legend">
        <span className="interval-neutral-mark" aria-hidden="true" /> {neutralLabel}
      </p>
    </div>
  );
}
