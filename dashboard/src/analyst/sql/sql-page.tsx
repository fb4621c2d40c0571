import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHead } from "../../app/page-head.tsx";
import { useSession } from "../../session/session-context.ts";
import { Notice } from "../../ui/notice.tsx";
import type { ChartChoice } from "../chart-choice.ts";
import { mayAskSql } from "../may-ask-sql.ts";
import type { SqlQuestion } from "./ask-sql.ts";
import { queryParameters } from "./query-parameters.ts";
import { SqlEditor, type SqlEditorTools } from "./sql-editor.tsx";
import type { SqlLink } from "./sql-link.ts";
import { sqlHistory } from "./sql-history-store.ts";
import "./sql-page.css";
import { SqlParameters } from "./sql-parameters.tsx";
import { SqlResult } from "./sql-result.tsx";
import { SqlSide } from "./sql-side.tsx";
import { SqlToolbar } from "./sql-toolbar.tsx";
import { useSqlAddress } from "./use-sql-address.ts";
import { useSqlRun } from "./use-sql-run.ts";
import { useSqlWords } from "./use-sql-words.ts";

/** Questions in SQL, for who may ask them. */
export function SqlPage() {
  const { t } = useTranslation();
  const { role } = useSession();
  return (
    <>
      <PageHead title={t("SQL")} />
      <div className="page-body">
        {mayAskSql(role) ? (
          <SqlDesk />
        ) : (
          <Notice icon="key" title={t("SQL is for analysts")}>
            {t(
              "Who is signed in with the role {{role}} may not ask in SQL. Ask an admin for an analyst's key; the reports are open to you.",
              { role },
            )}
          </Notice>
        )}
      </div>
    </>
  );
}

function SqlDesk() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [values, setValues] = useState<Record<string, string>>({});
  const [chart, setChart] = useState<ChartChoice | null>(null);
  const [isFromLink, setFromLink] = useState(false);
  const editor = useRef<SqlEditorTools>(null);
  const words = useSqlWords(true).data ?? null;
  const parameters = useMemo(() => queryParameters(text), [text]);
  const question = questionOf(text, values);
  const { run, start, cancel } = useSqlRun({
    onEnd: (asked, rows) => sqlHistory().add({ ...asked, atMs: Date.now(), rows }),
  });

  /** A query that somebody else wrote, or that was written before: it is shown, and not run. */
  function show(link: SqlLink, isForeign: boolean): void {
    cancel();
    editor.current?.setText(link.sql);
    setValues({ ...link.values });
    setChart(link.chart);
    setFromLink(isForeign);
  }
  const address = useSqlAddress((link) => show(link, true));

  function runNow(sql: string): void {
    if (sql.trim() === "") return;
    const asked = questionOf(sql, values);
    setFromLink(false);
    address.write({ ...asked, chart });
    void start(asked);
  }
  function choose(next: ChartChoice | null): void {
    setChart(next);
    if (run.state === "answered") address.write({ ...run.question, chart: next });
  }
  const pick = {
    name: (name: string) => editor.current?.insert(name),
    query: (link: SqlLink) => show(link, false),
  };

  return (
    <div className="sql-desk">
      <div className="sql-main">
        {isFromLink ? (
          <div className="banner" role="status">
            {t("This query came with a link. Read it first: it runs when you say so.")}
          </div>
        ) : null}
        <SqlEditor
          ref={editor}
          text={text}
          onChange={setText}
          onRun={runNow}
          words={words}
          errorAt={run.state === "failed" && run.question.sql === text ? run.error.at : null}
        />
        <SqlParameters
          parameters={parameters}
          values={values}
          onChange={(name, value) => setValues((last) => ({ ...last, [name]: value }))}
        />
        <SqlToolbar
          run={run}
          question={question}
          chart={chart}
          words={words}
          onRun={() => runNow(text)}
          onCancel={cancel}
          onPick={pick}
        />
        <SqlResult run={run} chart={chart} onChart={choose} onPlace={(at) => editor.current?.goTo(at)} />
      </div>
      <aside className="sql-aside" aria-label={t("Tables, samples and history")}>
        <SqlSide words={words} onPick={pick} />
      </aside>
    </div>
  );
}

/** The query with the values that it asks for, and no others. */
function questionOf(sql: string, values: Readonly<Record<string, string>>): SqlQuestion {
  const asked = queryParameters(sql).flatMap(({ name }) => {
    const value = values[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { sql, values: Object.fromEntries(asked) };
}
