/** A value that a query asks for: `{name:Type}`. */
export type QueryParameter = { name: string; type: string };

/** Texts, quoted names, comments, and a parameter: what stands in the first ones is none. */
const PARTS =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|--[^\n]*|\/\*[\s\S]*?\*\/|\{\s*([A-Za-z_]\w*)\s*:\s*([^{}]+?)\s*\}/g;

/** The parameters of a query in their order, each once. */
export function queryParameters(sql: string): QueryParameter[] {
  const found = new Map<string, string>();
  for (const [, name, type] of sql.matchAll(PARTS)) {
    if (name !== undefined && type !== undefined && !found.has(name)) found.set(name, type);
  }
  return [...found].map(([name, type]) => ({ name, type }));
}

/**
 * A value of JSON as ClickHouse's HTTP interface takes it for a parameter: lists as `['a','b']`, and the escapes of tab-separated
 * text for the rest. What a person types is sent by {@link escapeValue} too.
 */
export function parameterText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inList).join(",")}]`;
  return value === null ? "\\N" : plainText(value);
}

/** Maps and tuples as JSON, which ClickHouse reads as well. */
function plainText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function inList(value: unknown): string {
  if (Array.isArray(value)) return parameterText(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return `'${plainText(value).replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** What a person typed, in the escapes of tab-separated text; `\N` stays what it is: nothing. */
export function escapeValue(typed: string): string {
  if (typed === "\\N") return typed;
  return typed.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n");
}
