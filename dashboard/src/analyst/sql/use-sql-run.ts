import { useEffect, useRef, useState } from "react";
import type { SqlQuestion } from "./ask-sql.ts";
import { type SqlError, readSqlError } from "./error-place.ts";
import { runSql } from "./run-sql.ts";
import type { SqlAnswer } from "./sql-answer.ts";

export type SqlRun =
  | { state: "idle" }
  | { state: "running"; question: SqlQuestion; startedAtMs: number; rows: number }
  | { state: "answered"; question: SqlQuestion; answer: SqlAnswer; tookMs: number }
  | { state: "failed"; question: SqlQuestion; error: SqlError; tookMs: number }
  | { state: "cancelled"; question: SqlQuestion; tookMs: number };

/** Runs one query at a time; the next one, Cancel, and leaving the page stop the one before, on the server too. */
export function useSqlRun({ onEnd }: { onEnd(question: SqlQuestion, rows: number | null): void }) {
  const [run, setRun] = useState<SqlRun>({ state: "idle" });
  const controller = useRef<AbortController>(null);
  useEffect(() => () => controller.current?.abort(), []);

  async function start(question: SqlQuestion): Promise<void> {
    controller.current?.abort();
    const mine = new AbortController();
    controller.current = mine;
    const startedAtMs = Date.now();
    const isCurrent = () => controller.current === mine;
    setRun({ state: "running", question, startedAtMs, rows: 0 });
    try {
      const answer = await runSql(question, {
        signal: mine.signal,
        onRows: (rows) => isCurrent() && setRun({ state: "running", question, startedAtMs, rows }),
      });
      if (!isCurrent()) return;
      setRun({ state: "answered", question, answer, tookMs: Date.now() - startedAtMs });
      onEnd(question, answer.kind === "rows" ? answer.rows.length : null);
    } catch (error) {
      if (!isCurrent()) return;
      const tookMs = Date.now() - startedAtMs;
      if (mine.signal.aborted) return setRun({ state: "cancelled", question, tookMs });
      const text = error instanceof Error ? error.message : String(error);
      setRun({ state: "failed", question, error: readSqlError(text, question.sql), tookMs });
      onEnd(question, null);
    }
  }

  return { run, start, cancel: () => controller.current?.abort() };
}
