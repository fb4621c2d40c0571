import type { ReportRow } from "../../domain/reports/report.ts";

/** What a fold says that a row has: bigints are millionths of money. */
export type Figures = Record<string, bigint | number | string | null>;

/** Columns that are not as the fold has them: counts and sums exactly, what was divided to the last digits of a double. */
export function differences(row: ReportRow | undefined, figures: Figures, of: unknown): string[] {
  return Object.entries(figures).flatMap(([column, expected]) => {
    const found = row?.[column];
    return isSame(found, expected) ? [] : [`${column}: ${found}, not ${expected}, of ${JSON.stringify(of)}`];
  });
}

function isSame(found: ReportRow[string] | undefined, expected: Figures[string]): boolean {
  if (typeof expected === "bigint") return micros(String(found)) === expected;
  if (typeof expected !== "number" || typeof found !== "number") return found === expected;
  if (Number.isInteger(expected) && Number.isInteger(found)) return found === expected;
  // What was divided may be whole on one side and a digit of a double off on the other.
  return Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
}

/** Millionths of a decimal; null for what is none. */
function micros(text: string): bigint | null {
  const [, sign = "", whole, part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return whole === undefined ? null : BigInt(`${sign}${whole}${part.padEnd(6, "0")}`);
}
