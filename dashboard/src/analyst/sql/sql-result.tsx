import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { ChartChoice } from "../chart-choice.ts";
import { SqlRows } from "./sql-rows.tsx";
import { SqlSummary } from "./sql-summary.tsx";
import type { SqlRun } from "./use-sql-run.ts";

type SqlResultProps = {
  run: SqlRun;
  chart: ChartChoice | null;
  onChart: (choice: ChartChoice | null) => void;
  onPlace: (at: number) => void;
};

/** What became of the query. */
export function SqlResult({ run, chart, onChart, onPlace }: SqlResultProps) {
  const { t } = useTranslation();
  switch (run.state) {
    case "idle":
      return (
        <Notice icon="search" title={t("No answer yet")}>
          {t(
            "Write a query, or begin from a table or a sample. Nothing that is asked here changes anything.",
          )}
        </Notice>
      );
    case "running":
      return null;
    case "cancelled":
      return (
        <Notice icon="block" title={t("Cancelled")}>
          {t("The query was stopped, on the server too.")}
        </Notice>
      );
    case "failed": {
      const { at, message, name } = run.error;
      const place = at === null ? null : lineAndColumn(run.question.sql, at.from);
      return (
        <div className="sql-error" role="alert">
          <strong>{name === "" ? t("The query failed") : name}</strong>
          <p>{message}</p>
          {at === null || place === null ? null : (
            <Button onClick={() => onPlace(at.from)}>
              {t("Line {{line}}, column {{column}}", { line: place.line, column: place.column })}
            </Button>
          )}
        </div>
      );
    }
    case "answered":
      return (
        <section className="sql-result" aria-label={t("Result")}>
          <SqlSummary run={run} />
          {run.answer.kind === "text" ? (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
            <pre className="sql-text" tabIndex={0} aria-label={t("Result")}>
              {run.answer.text}
            </pre>
          ) : (
            <SqlRows columns={run.answer.columns} rows={run.answer.rows} chart={chart} onChart={onChart} />
          )}
        </section>
      );
    default:
      return run satisfies never;
  }
}

function lineAndColumn(sql: string, at: number): { line: number; column: number } {
  const lines = sql.slice(0, at).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
