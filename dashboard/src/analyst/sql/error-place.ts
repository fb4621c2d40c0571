/** ClickHouse's error, as far as a person needs it. `at` are places in the text of the query, UTF-16. */
export type SqlError = {
  code: number | null;
  name: string;
  message: string;
  at: { from: number; to: number } | null;
};

/** Splits `Code: 62. DB::Exception: … (SYNTAX_ERROR) (version …)` and finds the place in the query that it speaks of. */
export function readSqlError(text: string, sql: string): SqlError {
  const parts =
    /^Code: (\d+)\. (?:DB::Exception: )?([\s\S]*?)(?: \(([A-Z_0-9]+)\))?(?: \(version [^)]*\))?\s*$/.exec(
      text,
    );
  const message = parts?.[2] ?? text.trim();
  return {
    code: parts?.[1] === undefined ? null : Number(parts[1]),
    name: parts?.[3] ?? "",
    message,
    at: placeOf(message, sql),
  };
}

/** Says a position, or a name of the query that is wrong. */
function placeOf(message: string, sql: string): SqlError["at"] {
  const position = /failed at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return wordAt(sql, characterOfByte(sql, Number(position) - 1));
  const named =
    /(?:identifier|Identifier|Function|Table|Setting|Format|Substitution|Column) [`']?([\w.]+)[`']?/.exec(
      message,
    )?.[1];
  if (named === undefined) return null;
  // A column is named with its database and table; in the query it stands with fewer of them.
  for (let name = named; name !== ""; name = name.slice(name.indexOf(".") + 1)) {
    const from = wordIn(sql, name);
    if (from !== null) return { from, to: from + name.length };
    if (!name.includes(".")) break;
  }
  return null;
}

/** ClickHouse counts bytes of UTF-8. */
function characterOfByte(sql: string, byte: number): number {
  let bytes = 0;
  let at = 0;
  for (const character of sql) {
    if (bytes >= byte) break;
    bytes += new TextEncoder().encode(character).length;
    at += character.length;
  }
  return at;
}

function wordAt(sql: string, from: number): { from: number; to: number } {
  const word = /^(?:\w+|\S)/.exec(sql.slice(from))?.[0] ?? "";
  // At the end of the text there is no character to mark: the last one is.
  return word === ""
    ? { from: Math.max(0, sql.trimEnd().length - 1), to: sql.trimEnd().length }
    : { from, to: from + word.length };
}

function wordIn(sql: string, name: string): number | null {
  const escaped = name.replaceAll(".", "\\.");
  const found = new RegExp(`(?<![\\w.])${escaped}(?!\\w)`, "i").exec(sql);
  return found === null ? null : found.index;
}
