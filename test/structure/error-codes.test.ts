import { describe, expect, it } from "vitest";
import { PROBLEMS } from "../../server/problems.ts";
import { readProjectFile, readSources, sectionOf, tableRows } from "./source-text.ts";

/** Calls whose arguments name a code: the first literal with an underscore in it, or a constant that holds one. */
const calls =
  /(?:\b(?:refuse|reject|refuseRead|answer|end|close|HttpProblem|ImportFailure|MigrationError)|#deadLetter)\(/g;
const codeLiteral = /"([a-z][a-z0-9]*(?:_[a-z0-9]+)+)"/;
/** `code: "x"`, also with a condition before it and another code after it; and what the embedded broker turns away. */
const codeMembers =
  /\bcode: (?:[^,"\n]*\? )?"([a-z][a-z0-9_]*)"(?: : "([a-z][a-z0-9_]*)")?|\breason: "([a-z_]+)", returnCode/g;
/** `type …Code = | "a" | "b"` and the verdicts of raw reads. */
const codeUnions = /(?:type DatabaseErrorCode|const READ_VERDICTS) =([^;]*);/g;

/** Not for people: zod's own, and verdicts that are no trouble. */
const noCodes = new Set(["custom", "accepted", "stray", "waiting"]);

function argumentsAt(text: string, start: number): string {
  let depth = 1;
  let at = start;
  for (; depth > 0 && at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")") depth -= 1;
  }
  return text.slice(start, at - 1);
}

function codesIn(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(calls)) {
    const args = argumentsAt(text, match.index + match[0].length);
    const constant = /\b([A-Z][A-Z_]{3,})\b/.exec(args.replaceAll(/"[^"]*"|`[^`]*`/g, ""))?.[1];
    const held = constant && new RegExp(`const ${constant} = ("[a-z_0-9]+")`).exec(text)?.[1];
    const code = codeLiteral.exec(args)?.[1] ?? (held ? codeLiteral.exec(held)?.[1] : undefined);
    if (code !== undefined) found.push(code);
  }
  for (const [, first, second, reason] of text.matchAll(codeMembers))
    found.push(first ?? reason ?? "", second ?? "");
  for (const [, members = ""] of text.matchAll(codeUnions)) {
    found.push(...[...members.matchAll(/"([a-z_]+)"/g)].map(([, code]) => code ?? ""));
  }
  return found.filter((code) => code !== "" && !noCodes.has(code));
}

const sources = readSources(
  ["domain", "sql", "ingest", "server", "client", "simulators", "cli"],
  ["cli/bench", "simulators/chain"],
);
const inSources = new Set([...Object.keys(PROBLEMS), ...sources.flatMap(codesIn)]);
const document = readProjectFile("docs/errors.md");
const inDocument = tableRows(document).flatMap(([first = ""]) => /^`([a-z0-9_]+)`$/.exec(first)?.[1] ?? []);

describe("docs/errors.md", () => {
  it("has every code that the sources give out", () => {
    expect([...inSources].filter((code) => !inDocument.includes(code)).sort()).toEqual([]);
  });

  it("has no code that the sources have not", () => {
    expect(inDocument.filter((code) => !inSources.has(code)).sort()).toEqual([]);
  });

  it("says of every code what it means for stock and what to do", () => {
    const empty = tableRows(document).filter((cells) => cells.some((cell) => cell === ""));
    expect(empty).toEqual([]);
  });

  it("shows the HTTP problems as the server answers them", () => {
    const expected = Object.entries(PROBLEMS).map(([code, { status, title, remedy }]) => [
      `\`${code}\``,
      String(status),
      title,
      remedy,
    ]);
    expect(tableRows(sectionOf(document, "HTTP and WebSocket"))).toEqual(expected);
  });

  it("is compared with codes of every kind", () => {
    for (const one of [
      "gtin_check_digit",
      "message_format_unknown",
      "unknown_topic",
      "id_conflict",
      "in_future",
      "unreachable",
      "missing_column",
      "newer_database",
      "wrong_key",
      "unauthenticated",
    ]) {
      expect([...inSources]).toContain(one);
    }
    expect(codesIn('refuse("a_b", c)')).toEqual(["a_b"]);
    expect(codesIn('code: a > 0 ? "x_y" : "in_z",')).toEqual(["x_y", "in_z"]);
  });
});
