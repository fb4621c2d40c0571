import { z } from "zod";
import { createAnswerLines } from "./answer-lines.ts";
import { askSql, type SqlQuestion } from "./ask-sql.ts";
import type { SqlAnswer, SqlCounts } from "./sql-answer.ts";

/** So many rows are shown; more are for an export. */
export const MAX_SHOWN_ROWS = 10_000;
const ROWS_FORMAT = "JSONCompactEachRowWithNamesAndTypes";
const MAX_TEXT_LENGTH = 200_000;

/**
 * Runs a query and takes as much of its answer as is shown; the rest is not waited for, and the query is stopped. A query with a
 * FORMAT of its own is answered by its text. `onRows` hears how many rows there are so far.
 */
export async function runSql(
  question: SqlQuestion,
  { signal, onRows }: { signal: AbortSignal; onRows(count: number): void },
): Promise<SqlAnswer> {
  const response = await askSql(question, { format: ROWS_FORMAT, signal });
  const format = response.headers.get("x-clickhouse-format") ?? "";
  const counts = countsOf(response.headers.get("x-clickhouse-summary"));
  const pieces = textOf(response);
  if (format === ROWS_FORMAT) {
    const tag = response.headers.get("x-clickhouse-exception-tag");
    const lines = createAnswerLines({ maxRows: MAX_SHOWN_ROWS, tag });
    try {
      for await (const piece of pieces) {
        if (!lines.push(piece)) break;
        onRows(lines.rowCount());
      }
    } catch (error) {
      // A connection that is cut says why in its last words, if it says anything.
      if (!signal.aborted) lines.end();
      throw error;
    }
    return { kind: "rows", ...lines.end(), counts };
  }
  let text = "";
  for await (const piece of pieces) {
    text += piece;
    if (text.length > MAX_TEXT_LENGTH) break;
  }
  const isWhole = text.length <= MAX_TEXT_LENGTH;
  return { kind: "text", format, text: text.slice(0, MAX_TEXT_LENGTH), isWhole, counts };
}

/** The body in pieces; who leaves the loop early lets go of the rest, and the server stops. */
async function* textOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const summarySchema = z.object({
  read_rows: z.coerce.number(),
  read_bytes: z.coerce.number(),
  elapsed_ns: z.coerce.number(),
});

/** Zeros mean that the query had not ended when its answer began. */
function countsOf(summary: string | null): SqlCounts {
  const parsed = summarySchema.safeParse(JSON.parse(summary ?? "null"));
  if (!parsed.success || parsed.data.elapsed_ns === 0) return null;
  const { read_rows: readRows, read_bytes: readBytes, elapsed_ns: elapsedNs } = parsed.data;
  return { readRows, readBytes, elapsedMs: elapsedNs / 1e6 };
}
