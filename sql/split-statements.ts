/**
 * The statements of an SQL script, without their semicolons and the comments between them. A semicolon inside quotes
 * ('…', "…", `…`) or a comment (-- …, /* … *\/) separates nothing. Throws when a quote or comment is not closed.
 */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let text = "";
  let hasCode = false;
  for (let at = 0; at < script.length; ) {
    const character = script.charAt(at);
    if (character === ";") {
      if (hasCode) statements.push(text.trim());
      text = "";
      hasCode = false;
      at += 1;
      continue;
    }
    const end = tokenEnd(script, at);
    const isComment = script.startsWith("--", at) || script.startsWith("/*", at);
    const token = script.slice(at, end);
    if (!isComment && token.trim() !== "") hasCode = true;
    if (hasCode) text += token;
    at = end;
  }
  if (hasCode) statements.push(text.trim());
  return statements;
}

function tokenEnd(script: string, at: number): number {
  if (script.startsWith("--", at)) {
    const lineEnd = script.indexOf("\n", at);
    return lineEnd === -1 ? script.length : lineEnd;
  }
  if (script.startsWith("/*", at)) return closing(script, at, script.indexOf("*/", at + 2), 2);
  const character = script.charAt(at);
  if (character !== "'" && character !== '"' && character !== "`") return at + 1;
  for (let end = at + 1; end < script.length; end += 1) {
    if (script.charAt(end) === "\\") end += 1;
    else if (script.charAt(end) === character) {
      if (script.charAt(end + 1) !== character) return end + 1;
      end += 1;
    }
  }
  return closing(script, at, -1, 1);
}

function closing(script: string, start: number, end: number, length: number): number {
  if (end !== -1) return end + length;
  const line = script.slice(0, start).split("\n").length;
  throw new Error(`line ${line}: what begins with ${script.slice(start, start + 20)} is never closed`);
}
