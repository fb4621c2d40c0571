import { ImportFailure } from "./import-failure.ts";

/** What a kind of record is made of. `aliases`: other names of each field; `required`: of each group one must be there. */
export type FieldSpec = {
  aliases: Readonly<Record<string, readonly string[]>>;
  required: readonly (readonly string[])[];
};

/**
 * Finds our field for a file's column: as `--map field=Column` says, else by the field's name or an alias, whatever the
 * case and the separators (`InvoiceNo`, `invoice_no`). Null for columns that mean nothing to us.
 */
export function createColumnMapping(spec: FieldSpec, overrides: Readonly<Record<string, string>>) {
  const fields = Object.keys(spec.aliases);
  const byColumn = new Map<string, string>();
  for (const [field, column] of Object.entries(overrides)) {
    if (!fields.includes(field)) {
      throw new ImportFailure(
        "unknown_field",
        `there is no field "${field}" to map; there are ${fields.join(", ")}`,
      );
    }
    byColumn.set(column, field);
  }
  const byAlias = new Map<string, string>();
  for (const [field, aliases] of Object.entries(spec.aliases)) {
    if (overrides[field] !== undefined) continue;
    for (const name of [field, ...aliases]) byAlias.set(normalize(name), field);
  }
  const find = (column: string): string | null =>
    byColumn.get(column) ?? byAlias.get(normalize(column)) ?? null;

  return {
    find,
    /** The field of each column of a header; the first of two columns for one field wins. */
    ofHeader(columns: readonly string[]): (string | null)[] {
      const missing = Object.values(overrides).filter((column) => !columns.includes(column));
      if (missing.length > 0) {
        throw new ImportFailure(
          "missing_column",
          `the file has no column ${missing.join(", ")}; it has ${columns.join(", ")}`,
        );
      }
      const seen = new Set<string>();
      const targets = columns.map((column) => {
        const field = find(column);
        if (field === null || seen.has(field)) return null;
        seen.add(field);
        return field;
      });
      for (const group of spec.required) {
        if (group.some((field) => seen.has(field))) continue;
        throw new ImportFailure(
          "missing_column",
          `no column gives ${group.join(" or ")}: the file has ${columns.join(", ")}. ` +
            `Say which it is, for example --map "${group[0]}=${columns[0]}". Nothing was imported.`,
        );
      }
      return targets;
    },
  };
}
export type ColumnMapping = ReturnType<typeof createColumnMapping>;

function normalize(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
