import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SwitchTabs } from "../switch-tabs.tsx";
import type { SqlWords } from "./completion.ts";
import { SqlHistoryList } from "./sql-history-list.tsx";
import type { SqlLink } from "./sql-link.ts";
import { SqlSamples } from "./sql-samples.tsx";
import { SqlTables } from "./sql-tables.tsx";

/** What is done with what is picked beside the query. */
export type SqlPick = { name: (name: string) => void; query: (link: SqlLink) => void };

/** What helps to write a query, one part at a time. */
export function SqlSide({ words, onPick }: { words: SqlWords | null; onPick: SqlPick }) {
  const { t } = useTranslation();
  const [part, setPart] = useState<"samples" | "tables" | "history">("samples");
  return (
    <div className="sql-side">
      <SwitchTabs
        label={t("What helps to write a query")}
        tabs={[
          { id: "samples", label: t("Samples") },
          { id: "tables", label: t("Tables") },
          { id: "history", label: t("History") },
        ]}
        chosen={part}
        onChoose={setPart}
      />
      <div className="sql-side-body">
        {part === "samples" ? (
          <SqlSamples onPick={(sql) => onPick.query({ sql, values: {}, chart: null })} />
        ) : null}
        {part === "tables" ? <SqlTables words={words} onPick={onPick.name} /> : null}
        {part === "history" ? (
          <SqlHistoryList onPick={({ sql, values }) => onPick.query({ sql, values, chart: null })} />
        ) : null}
      </div>
    </div>
  );
}
