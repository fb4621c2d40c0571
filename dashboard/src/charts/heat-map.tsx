import type { ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { formatFigure, formatShortFigure, numberOf } from "../format/figure.ts";
import "./heat-map.css";

export type HeatMapProps = {
  rows: readonly ReportRow[];
  /** The columns of the row's name, the column's name, and the value. */
  y: string;
  x: string;
  value: string;
  unit: ReportUnit;
  currency?: string | null;
  yWord?: (value: string) => string;
  xWord?: (value: string) => string;
  /** What the first column names, such as a cohort. */
  yLabel: string;
  /** A column that says of how many; it is in the cell's title. */
  n?: string;
  /** The ends of the scale; without them the smallest and the largest value. */
  scale?: readonly [number, number];
  label: string;
  /** What a click on a cell does. */
  onPick?: (cell: { x: string; y: string }) => void;
};

const STEPS = 7;

/** A table whose cells are coloured by their value. The value stands in each: colour only repeats it. */
export function HeatMap(props: HeatMapProps) {
  const { rows, x, y, value, unit, currency = null, label, yLabel, n } = props;
  const columns = [...new Set(rows.map((row) => String(row[x] ?? "")))];
  const lines = [...new Set(rows.map((row) => String(row[y] ?? "")))];
  const cells = new Map(rows.map((row) => [`${String(row[y] ?? "")}\n${String(row[x] ?? "")}`, row]));
  const known = rows.map((row) => numberOf(row[value])).filter((each) => each !== null);
  const [low, high] = props.scale ?? [Math.min(...known), Math.max(...known)];
  return (
    <div className="heat-map" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{yLabel}</th>
            {columns.map((each) => (
              <th key={each} scope="col">
                {props.xWord?.(each) ?? each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line}>
              <th scope="row">{props.yWord?.(line) ?? line}</th>
              {columns.map((column) => {
                const row = cells.get(`${line}\n${column}`);
                const figure = row === undefined ? null : numberOf(row[value]);
                if (row === undefined || figure === null) return <td key={column} className="heat-none" />;
                const size = n === undefined ? null : numberOf(row[n]);
                const words = formatFigure(figure, unit, currency);
                return (
                  <td
                    key={column}
                    className={`heat-cell heat-${stepOf(figure, low, high)}`}
                    title={size === null ? words : `${words}, n = ${formatFigure(size, "count", null)}`}
                  >
                    {props.onPick === undefined ? (
                      formatShortFigure(figure, unit, currency)
                    ) : (
                      <button type="button" onClick={() => props.onPick?.({ x: column, y: line })}>
                        {formatShortFigure(figure, unit, currency)}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** 1, the palest, to 7. */
function stepOf(value: number, low: number, high: number): number {
  if (high <= low) return Math.ceil(STEPS / 2);
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return 1 + Math.min(STEPS - 1, Math.floor(share * STEPS));
}
