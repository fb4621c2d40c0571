import type { ReportRow } from "../../../domain/reports/report.ts";
import { numberOf } from "../format/figure.ts";

/** Picks a column of a report's first row; of the first row for which `isWanted`, where it is given. */
export function cellOf(column: string, isWanted: (row: ReportRow) => boolean = () => true) {
  return (rows: readonly ReportRow[]): number | null => numberOf(rows.find(isWanted)?.[column]);
}

/** The same of a column in minutes, as seconds. */
export function minutesOf(column: string, isWanted?: (row: ReportRow) => boolean) {
  const pick = cellOf(column, isWanted);
  return (rows: readonly ReportRow[]): number | null => {
    const minutes = pick(rows);
    return minutes === null ? null : minutes * 60;
  };
}
