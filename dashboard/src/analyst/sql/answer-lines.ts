import { z } from "zod";
import type { SqlColumn } from "./sql-answer.ts";

const rowSchema = z.array(z.unknown());
const wordsSchema = z.array(z.string());

/** An error that ClickHouse wrote behind rows, in its own words. */
export class BrokenOffError extends Error {}

/**
 * Takes the lines of `JSONCompactEachRowWithNamesAndTypes` as they come in pieces, up to `maxRows` rows. `tag` marks the block in
 * which the reason stands when an answer breaks off (header `X-ClickHouse-Exception-Tag`).
 */
export function createAnswerLines({ maxRows, tag }: { maxRows: number; tag: string | null }) {
  let rest = "";
  let names: string[] | null = null;
  let types: string[] | null = null;
  const rows: unknown[][] = [];
  let isFull = false;
  /** A line that is no row: the end of an answer that broke off in the middle of one. Nothing behind it is read. */
  let isBroken = false;

  function takeLine(line: string): void {
    if (line === "") return;
    if (names === null) names = wordsSchema.parse(JSON.parse(line));
    else if (types === null) types = wordsSchema.parse(JSON.parse(line));
    else if (rows.length < maxRows) rows.push(rowSchema.parse(JSON.parse(line)));
    else isFull = true;
  }

  function takeWholeLines(): void {
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const line = rest.slice(0, end).trimEnd();
      try {
        takeLine(line);
      } catch {
        isBroken = true;
        return;
      }
      rest = rest.slice(end + 1);
    }
  }

  return {
    /** @returns false when no more rows are wanted. */
    push(text: string): boolean {
      rest += text;
      if (!isBroken) takeWholeLines();
      return !isFull;
    },
    rowCount: () => rows.length,
    /** Throws `BrokenOffError` where a reason stands in place of the rest. */
    end(): { columns: SqlColumn[]; rows: unknown[][]; isWhole: boolean } {
      const reason = tag === null ? null : reasonIn(rest, tag);
      if (reason !== null) throw new BrokenOffError(reason);
      takeLine(rest.trimEnd());
      const columns = (names ?? []).map((name, index) => ({ name, type: types?.[index] ?? "" }));
      return { columns, rows, isWhole: !isFull };
    },
  };
}

/** `__exception__ CRLF tag CRLF reason length SPACE tag CRLF __exception__`, as ClickHouse ends an answer that fails. */
function reasonIn(text: string, tag: string): string | null {
  const begin = `__exception__\r\n${tag}\r\n`;
  const at = text.indexOf(begin);
  if (at < 0) return null;
  const behind = text.slice(at + begin.length);
  return behind.replace(new RegExp(`\\d+ ${tag}[\\s\\S]*$`), "").trim();
}
