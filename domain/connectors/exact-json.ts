/** A text, or a number: whole ones of 16 digits and more do not fit into a double. */
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONG_WHOLE_NUMBER = /^-?\d{16,}$/;

/**
 * JSON with whole numbers of 16 digits and more as texts: ids of shop systems are 64-bit integers, which a double would round
 * to the id of something else. Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(
    text.replaceAll(TOKEN, (token) => (LONG_WHOLE_NUMBER.test(token) ? `"${token}"` : token)),
  );
}

/** The value with the members of `names` alone, at every depth: what is not named is not kept. */
export function keepMembers(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => keepMembers(one, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      names.has(name) ? [[name, keepMembers(one, names)]] : [],
    ),
  );
}
