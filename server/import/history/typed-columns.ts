import type { FieldSource } from "./history-mapping.ts";
import type { SourceFile } from "./source-file.ts";

/** A value and when it is not one, as SQL over the row. */
export type TypedValue = { value: string; isWrong: string };

/**
 * What a column of Parquet or Arrow holds as what it is, where its type says so and the mapping asks for nothing else: text would
 * have to be made of it and read again. Null where it has to.
 * @param column the name that the SQL has for it.
 */
export function typedColumn(
  kind: "units" | "money" | "instant" | "number",
  source: FieldSource | undefined,
  file: SourceFile,
  column: string,
): TypedValue | null {
  if (source?.column === undefined || source.unit !== undefined || source.format !== undefined) return null;
  const type = (file.columns.get(source.column) ?? "").replace(/^Nullable\((.*)\)$/, "$1");
  const isInteger = /^U?Int(8|16|32|64)$/.test(type);
  switch (kind) {
    case "units":
      if (!isInteger) return null;
      return {
        value: `toInt64(ifNull(${column}, 0))`,
        isWrong: `isNull(${column}) OR ${column} > 999999999 OR ${column} < -999999999`,
      };
    case "number":
      if (!isInteger) return null;
      return {
        value: `toUInt32(ifNull(${column}, 0))`,
        isWrong: `isNull(${column}) OR ${column} < 1 OR ${column} > 4294967295`,
      };
    case "money": {
      if (!/^Decimal\(\d+, [0-6]\)$/.test(type)) return null;
      const amount = `accurateCastOrNull(${column}, 'Decimal(18, 6)')`;
      return { value: `ifNull(${amount}, toDecimal64(0, 6))`, isWrong: `isNull(${amount})` };
    }
    case "instant":
      // With a zone it is an instant, whatever zone the mapping has for those without.
      if (!/^DateTime(64)?\(.*'/.test(type)) return null;
      return {
        value: `toDateTime64(ifNull(${column}, toDateTime64(0, 3)), 3, 'UTC')`,
        isWrong: `isNull(${column})`,
      };
    default:
      return kind satisfies never;
  }
}
