import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatSeconds } from "../../format/number.ts";
import { Button } from "../../ui/button.tsx";
import { useNowMs } from "../../ui/clock.ts";
import { Dialog } from "../../ui/dialog.tsx";
import type { ChartChoice } from "../chart-choice.ts";
import { copyText } from "../copy-text.ts";
import type { SqlQuestion } from "./ask-sql.ts";
import type { SqlWords } from "./completion.ts";
import { writeSqlLink } from "./sql-link.ts";
import { type SqlPick, SqlSide } from "./sql-side.tsx";
import type { SqlRun } from "./use-sql-run.ts";

type SqlToolbarProps = {
  run: SqlRun;
  question: SqlQuestion;
  chart: ChartChoice | null;
  words: SqlWords | null;
  onRun: () => void;
  onCancel: () => void;
  onPick: SqlPick;
};

/** What is done with the query: run, stopped, passed on; and on narrow screens the way to tables, samples and history. */
export function SqlToolbar({ run, question, chart, words, onRun, onCancel, onPick }: SqlToolbarProps) {
  const { t } = useTranslation();
  const [isSideShown, setSideShown] = useState(false);
  const isEmpty = question.sql.trim() === "";
  const copyLink = async () =>
    copyText(t, `${location.origin}/analyst/sql${await writeSqlLink({ ...question, chart })}`);
  return (
    <div className="toolbar sql-toolbar">
      <Button look="primary" onClick={onRun} disabled={isEmpty} aria-keyshortcuts="Control+Enter Meta+Enter">
        {t("Run")} <kbd aria-hidden="true">Ctrl ⏎</kbd>
      </Button>
      {run.state === "running" ? (
        <>
          <Button onClick={onCancel}>{t("Cancel")}</Button>
          <Running startedAtMs={run.startedAtMs} rows={run.rows} />
        </>
      ) : null}
      <div className="sql-toolbar-end">
        <Button look="quiet" disabled={isEmpty} onClick={() => void copyLink()}>
          {t("Copy link")}
        </Button>
        <Button look="quiet" className="sql-side-opener" onClick={() => setSideShown(true)}>
          {t("Tables, samples, history")}
        </Button>
      </div>
      {isSideShown ? (
        <Dialog title={t("Tables, samples, history")} isDrawer onClose={() => setSideShown(false)}>
          <SqlSide
            words={words}
            onPick={{
              name: (name) => {
                setSideShown(false);
                onPick.name(name);
              },
              query: (link) => {
                setSideShown(false);
                onPick.query(link);
              },
            }}
          />
        </Dialog>
      ) : null}
    </div>
  );
}

function Running({ startedAtMs, rows }: { startedAtMs: number; rows: number }) {
  const { t } = useTranslation();
  const seconds = Math.max(0, useNowMs() - startedAtMs) / 1000;
  return (
    <span className="sql-running">
      <span className="sql-progress" aria-hidden="true" />
      <span role="status">
        {rows === 0 ? t("Runs, or waits for its turn") : t("{{count}} rows so far", { count: rows })}
      </span>
      <span className="numeric" aria-hidden="true">
        {formatSeconds(seconds)}
      </span>
    </span>
  );
}
