/** A table, or a view with the SELECT that it is; `definition` is empty for a table. */
export type StoredDefinition = { name: string; definition: string };

/**
 * The tables that a view reads, through all views between, sorted. Every word of a definition that names a table counts, so that there
 * may be one too many and never one too few.
 */
export function tablesBehind(view: string, definitions: readonly StoredDefinition[]): string[] {
  const byName = new Map(definitions.map((each) => [each.name, each.definition]));
  const seen = new Set<string>();
  const tables: string[] = [];
  const visit = (name: string): void => {
    const definition = byName.get(name);
    if (definition === undefined || seen.has(name)) return;
    seen.add(name);
    if (definition === "") tables.push(name);
    else for (const word of definition.match(/\w+/g) ?? []) visit(word);
  };
  visit(view);
  return tables.sort();
}
