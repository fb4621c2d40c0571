import type { ReportRow } from "../../domain/reports/report.ts";

/** What a fold says that a row has; sums of money are millionths. */
export type Figures = Record<string, bigint | number | string | null>;

/** Columns that are not as the fold has them: counts and sums exactly, what was divided to the last digits of a double. */
export function rowDifferences(row: ReportRow | undefined, figures: Figures, of: string): string[] {
  return Object.entries(figures).flatMap(([column, expected]) => {
    const found = row?.[column];
    return isSame(found, expected) ? [] : [`${column}: ${found}, not ${expected}, of ${of}`];
  });
}

function isSame(found: ReportRow[string] | undefined, expected: Figures[string]): boolean {
  if (typeof expected === "bigint") return found !== null && micros(String(found)) === expected;
  if (typeof expected !== "number" || Number.isInteger(expected)) return found === expected;
  return found !== null && Math.abs(Number(found) - expected) <= 1e-9 * Math.abs(expected);
}

/** Millionths of a decimal. */
function micros(text: string): bigint | null {
  const [, sign = "", whole, part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return whole === undefined ? null : BigInt(`${sign}${whole}${part.padEnd(6, "0")}`);
}
