import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { SqlWords } from "./completion.ts";
import { createSqlEditor, type SqlEditorHandle } from "./create-sql-editor.ts";
import type { SqlError } from "./error-place.ts";

/** What a page may do with the editor. */
export type SqlEditorTools = Pick<SqlEditorHandle, "setText" | "insert" | "goTo">;

type SqlEditorProps = {
  /** What stands in it at the beginning. From then on the editor has the text, and tells of it. */
  text: string;
  onChange: (text: string) => void;
  onRun: (text: string) => void;
  words: SqlWords | null;
  errorAt: SqlError["at"];
  ref: Ref<SqlEditorTools>;
};

/**
 * Where the query is written. It is not told its own text back: on a busy page that would be the text of a moment ago, in place of
 * what was typed since. Another text comes by `setText`.
 */
export function SqlEditor({ text, onChange, onRun, words, errorAt, ref }: SqlEditorProps) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<SqlEditorHandle>(null);
  const latest = useRef({ text, onChange, onRun, words });
  useEffect(() => {
    latest.current = { text, onChange, onRun, words };
  });
  const label = t("Query in SQL");
  const hint = t("SELECT … (Ctrl-Space completes, Ctrl-Enter runs)");
  useEffect(() => {
    if (host.current === null) return undefined;
    const created = createSqlEditor(host.current, {
      label,
      hint,
      text: latest.current.text,
      words: () => latest.current.words,
      onChange: (next) => latest.current.onChange(next),
      onRun: (typed) => latest.current.onRun(typed),
    });
    editor.current = created;
    return () => created.destroy();
  }, [label, hint]);
  useEffect(() => editor.current?.markError(errorAt), [errorAt]);
  useImperativeHandle(ref, () => ({
    setText: (next: string) => editor.current?.setText(next),
    insert: (name: string) => editor.current?.insert(name),
    goTo: (at: number) => editor.current?.goTo(at),
  }));
  return <div className="sql-editor" ref={host} data-typing />;
}
