import { useTranslation } from "react-i18next";
import { Age } from "../../ui/age.tsx";
import { Button } from "../../ui/button.tsx";
import type { HistoryEntry } from "./sql-history.ts";
import { sqlHistory, useSqlHistory } from "./sql-history-store.ts";

/** What was run in this browser; a click brings a query back, and does not run it. */
export function SqlHistoryList({ onPick }: { onPick: (entry: HistoryEntry) => void }) {
  const { t } = useTranslation();
  const entries = useSqlHistory();
  if (entries.length === 0) {
    return <p className="sql-side-note">{t("Queries that are run in this browser are kept here.")}</p>;
  }
  return (
    <>
      <ul className="sql-history">
        {entries.map((entry) => (
          <li key={entry.sql}>
            <button type="button" className="sql-pick" onClick={() => onPick(entry)}>
              <code className="sql-preview">{entry.sql.trim().slice(0, 240)}</code>
              <span className="sql-side-note">
                <Age atMs={entry.atMs} /> ·{" "}
                {entry.rows === null ? t("no rows") : t("{{count}} rows", { count: entry.rows })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button look="quiet" onClick={() => sqlHistory().clear()}>
        {t("Forget all")}
      </Button>
    </>
  );
}
