import type { ChartColumn } from "../chart-choice.ts";

export type SqlColumn = { name: string; type: string };

/** What a query read, where the server knew it when it began to answer; a long answer begins before it has ended. */
export type SqlCounts = { readRows: number; readBytes: number; elapsedMs: number } | null;

/** An answer as far as it is shown. `isWhole`: nothing was left out. Cells are JSON: wide numbers are texts. */
export type SqlAnswer =
  | { kind: "rows"; columns: SqlColumn[]; rows: unknown[][]; isWhole: boolean; counts: SqlCounts }
  | { kind: "text"; format: string; text: string; isWhole: boolean; counts: SqlCounts };

/** What values of a ClickHouse type are, for their side of the cell and for charts. */
export function kindOfType(type: string): ChartColumn["is"] {
  const bare = type.replaceAll(/^(?:(?:Nullable|LowCardinality)\()+|\)+$/g, "");
  if (/^(?:U?Int\d|Float|BFloat|Decimal)/.test(bare)) return "number";
  return bare.startsWith("Date") ? "time" : "text";
}
