import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../../format/bytes.ts";
import { formatCompact, formatSeconds, formatWhole } from "../../format/number.ts";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { saveFile } from "../save-file.ts";
import { EXPORT_FORMATS, type ExportFormat, exportSql } from "./export-sql.ts";
import { MAX_SHOWN_ROWS } from "./run-sql.ts";
import type { SqlRun } from "./use-sql-run.ts";

/** How much came and what it took, and the way to all of it. */
export function SqlSummary({ run }: { run: Extract<SqlRun, { state: "answered" }> }) {
  const { t } = useTranslation();
  const { answer, tookMs, question } = run;
  const { counts } = answer;
  return (
    <div className="sql-summary">
      <p role="status">
        {answer.kind === "text" ? (
          <strong>{t("A text of the format {{format}}", { format: answer.format })}</strong>
        ) : (
          <strong>{t("{{count}} rows", { count: answer.rows.length })}</strong>
        )}
        <span className="muted numeric">
          {counts === null
            ? null
            : ` · ${t("read {{rows}} rows, {{bytes}}", { rows: formatCompact(counts.readRows), bytes: formatBytes(counts.readBytes) })}`}
          {` · ${formatSeconds((counts?.elapsedMs ?? tookMs) / 1000)}`}
        </span>
      </p>
      {answer.isWhole ? null : (
        <p className="sql-cap" role="note">
          {answer.kind === "text"
            ? t("Only the beginning is shown; an export has all of it.")
            : t("The first {{rows}} rows are shown; an export has all of them.", {
                rows: formatWhole(MAX_SHOWN_ROWS),
              })}
        </p>
      )}
      <Exports question={question} />
    </div>
  );
}

function Exports({ question }: { question: Extract<SqlRun, { state: "answered" }>["question"] }) {
  const { t } = useTranslation();
  const [bytes, setBytes] = useState<number | null>(null);
  const controller = useRef<AbortController>(null);
  async function take(format: ExportFormat): Promise<void> {
    const mine = new AbortController();
    controller.current = mine;
    setBytes(0);
    try {
      const file = await exportSql(question, format, { signal: mine.signal, onBytes: setBytes });
      saveFile(file.blob, file.name);
    } catch (error) {
      if (mine.signal.aborted) return;
      showToast("bad", t("Nothing was exported"), error instanceof Error ? error.message : String(error));
    } finally {
      setBytes(null);
    }
  }
  if (bytes !== null) {
    return (
      <div className="sql-exports">
        <span role="status">{t("Exporting: {{bytes}}", { bytes: formatBytes(bytes) })}</span>
        <Button onClick={() => controller.current?.abort()}>{t("Cancel the export")}</Button>
      </div>
    );
  }
  return (
    <div className="sql-exports" role="group" aria-label={t("Export all rows")}>
      <span className="muted">{t("Export")}</span>
      {EXPORT_FORMATS.map((format) => (
        <Button key={format.label} look="quiet" onClick={() => void take(format)}>
          {format.label}
        </Button>
      ))}
    </div>
  );
}
