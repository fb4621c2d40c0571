import { nameOf, type Token } from "./tokens.ts";

/** A query without its last clauses, and what they say. */
export type SplitQuery = {
  body: Token[];
  format: string | null;
  settings: { name: string; value: string }[];
};

/**
 * Takes `SETTINGS name = value, …` and `FORMAT name` from the end of a query, in any order, once or twice. A column that is called
 * format or settings is none of them: what follows it does not read as a clause to the end.
 */
export function splitTail(tokens: readonly Token[]): SplitQuery {
  for (let at = 0; at < tokens.length; at += 1) {
    if (!isClause(tokens[at])) continue;
    const tail = parseTail(tokens, at);
    if (tail !== null) return { body: tokens.slice(0, at), ...tail };
  }
  return { body: [...tokens], format: null, settings: [] };
}

function isClause(token: Token | undefined): boolean {
  return (
    token?.kind === "word" && token.depth === 0 && (token.text === "FORMAT" || token.text === "SETTINGS")
  );
}

function parseTail(tokens: readonly Token[], start: number): Omit<SplitQuery, "body"> | null {
  let format: string | null = null;
  const settings: SplitQuery["settings"] = [];
  let at = start;
  while (at < tokens.length) {
    const clause = tokens[at];
    if (!isClause(clause)) return null;
    at += 1;
    if (clause?.text === "FORMAT") {
      const name = nameOf(tokens[at]);
      if (name === null || format !== null) return null;
      format = name;
      at += 1;
      continue;
    }
    for (;;) {
      const setting = parseSetting(tokens, at);
      if (setting === null) return null;
      settings.push({ name: setting.name, value: setting.value });
      at = setting.next;
      if (tokens[at]?.text !== ",") break;
      at += 1;
    }
  }
  return { format, settings };
}

function parseSetting(
  tokens: readonly Token[],
  at: number,
): { name: string; value: string; next: number } | null {
  const name = nameOf(tokens[at]);
  if (name === null || tokens[at + 1]?.text !== "=") return null;
  const isNegative = tokens[at + 2]?.text === "-";
  const value = tokens[at + (isNegative ? 3 : 2)];
  const next = at + (isNegative ? 4 : 3);
  if (value?.kind === "number") return { name, value: `${isNegative ? "-" : ""}${value.text}`, next };
  if (isNegative) return null;
  if (value?.kind === "string") return { name, value: unquote(value.text), next };
  // true and false; a word such as DEFAULT stays a word, and is refused where a number or a known value is wanted.
  return value?.kind === "word"
    ? { name, value: value.text === "true" ? "1" : value.text === "false" ? "0" : value.text, next }
    : null;
}

function unquote(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(.)|''/gs, (_, escaped: string | undefined) => escaped ?? "'");
}
