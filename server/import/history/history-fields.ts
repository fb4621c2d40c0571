import { createColumnMapping } from "../column-mapping.ts";
import { ImportFailure } from "../import-failure.ts";
import type { ImportOptions } from "../import-options.ts";
import { ORDER_FIELDS } from "../kinds/order-line.ts";
import {
  type FieldSource,
  HISTORY_FIELDS,
  type HistoryField,
  type HistoryMapping,
} from "./history-mapping.ts";
import type { SourceFile } from "./source-file.ts";

export type FieldSources = Partial<Record<HistoryField, FieldSource>>;

const NUMBERS: readonly HistoryField[] = ["quantity", "unitPrice"];

/**
 * Where each field comes from: as the mapping says, else by the names of the file's columns, else by an option. Throws
 * `ImportFailure` (`unknown_column`, `invalid_mapping`, `missing_column`) with what is there and what to do.
 */
export function findFields(
  file: SourceFile,
  mapping: HistoryMapping | undefined,
  options: ImportOptions,
): FieldSources {
  const columns = [...file.columns.keys()];
  const asked = mapping?.fields ?? {};
  const fields: FieldSources = {};
  const names = createColumnMapping(ORDER_FIELDS, {});
  for (const column of columns) {
    const field = HISTORY_FIELDS.find((one) => one === (column === "lineNo" ? column : names.find(column)));
    if (field !== undefined) fields[field] ??= { column };
  }
  for (const field of HISTORY_FIELDS) {
    const source = asked[field];
    if (source === undefined) continue;
    assertFits(field, source, columns);
    fields[field] = source;
  }
  const byOption: Partial<Record<HistoryField, string | undefined>> = {
    channel: options.channel,
    method: options.method,
    locationId: options.location,
    currency: options.currency,
  };
  for (const field of HISTORY_FIELDS) {
    const constant = byOption[field];
    if (constant !== undefined) fields[field] ??= { constant };
  }
  const groups = [...ORDER_FIELDS.required, ["currency"]];
  const missing = groups.filter(
    (group) => !HISTORY_FIELDS.some((field) => group.includes(field) && fields[field]),
  );
  if (missing.length === 0) return fields;
  throw new ImportFailure(
    "missing_column",
    `nothing says ${missing.map((group) => group.join(" or ")).join(", ")}. The file has ${columns.join(", ")}: name a column, a constant ` +
      `or an expression for each under "fields" of the mapping file`,
  );
}

function assertFits(field: HistoryField, source: FieldSource, columns: readonly string[]): void {
  if (source.column !== undefined && !columns.includes(source.column)) {
    throw new ImportFailure(
      "unknown_column",
      `the mapping takes ${field} from the column "${source.column}", which the file does not have; it has ${columns.join(", ")}`,
    );
  }
  const isTime = field === "orderedAt";
  if (!isTime && (source.format !== undefined || source.timeZone !== undefined)) {
    throw new ImportFailure(
      "invalid_mapping",
      `${field} is no time: "format" and "timeZone" are of orderedAt alone`,
    );
  }
  if (!NUMBERS.includes(field) && source.unit !== undefined) {
    throw new ImportFailure(
      "invalid_mapping",
      `${field} has no unit: "unit" is of ${NUMBERS.join(" and ")} alone`,
    );
  }
}
