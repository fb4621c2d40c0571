import { AnalystRefusal } from "./analyst-refusal.ts";

/** A piece of a query as ClickHouse's formatter writes it. `text` is as it stands there; `depth` counts open brackets. */
export type Token = {
  kind: "word" | "quoted" | "string" | "number" | "sign";
  text: string;
  depth: number;
  start: number;
  end: number;
};

const PIECES =
  /\s+|(?<quoted>`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*")|(?<string>'(?:[^'\\]|\\.|'')*')|(?<word>[A-Za-z_][A-Za-z0-9_$]*)|(?<number>\d[\w.]*)|(?<sign>[^\s\w])/gsy;

/**
 * The pieces of a query that ClickHouse has parsed and written anew on one line: there are no comments any more, and every
 * text and name is quoted in one way. Refuses names with control characters and whatever is no piece.
 */
export function tokensOf(canonical: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  let at = 0;
  PIECES.lastIndex = 0;
  for (let match = PIECES.exec(canonical); match !== null; match = PIECES.exec(canonical)) {
    const start = match.index;
    at = start + match[0].length;
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0];
    if (kind === undefined) continue;
    const text = match[0];
    if (kind === "quoted" && (text.includes("\\") || /\p{Cc}/u.test(text))) {
      throw new AnalystRefusal(
        "SYNTAX_ERROR",
        "Names with control characters or backslashes are not taken here",
      );
    }
    if (kind === "sign" && ")]}".includes(text)) depth -= 1;
    tokens.push({ kind: toKind(kind), text, depth, start, end: at });
    if (kind === "sign" && "([{".includes(text)) depth += 1;
    if (kind === "sign" && text === ";") throw new AnalystRefusal("SYNTAX_ERROR", "One statement at a time");
  }
  if (at !== canonical.length || depth !== 0) {
    throw new AnalystRefusal("SYNTAX_ERROR", `Not understood from position ${at} on`);
  }
  return tokens;
}

function toKind(name: string): Token["kind"] {
  switch (name) {
    case "quoted":
    case "string":
    case "word":
    case "number":
      return name;
    default:
      return "sign";
  }
}

/** The name that a word or a quoted name stands for; null for other pieces. */
export function nameOf(token: Token | undefined): string | null {
  if (token?.kind === "word") return token.text;
  if (token?.kind !== "quoted") return null;
  const quote = token.text[0] ?? "";
  return token.text.slice(1, -1).replaceAll(quote + quote, quote);
}
