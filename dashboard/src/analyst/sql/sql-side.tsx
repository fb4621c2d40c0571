import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SqlWords } from "./completion.ts";
import { SqlHistoryList } from "./sql-history-list.tsx";
import type { SqlLink } from "./sql-link.ts";
import { SqlTables } from "./sql-tables.tsx";

/** What is done with what is picked beside the query. */
export type SqlPick = { name: (name: string) => void; query: (link: SqlLink) => void };

const PARTS = ["tables", "history"] as const;
type Part = (typeof PARTS)[number];

/** What helps to write a query, one part at a time. */
export function SqlSide({ words, onPick }: { words: SqlWords | null; onPick: SqlPick }) {
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>("tables");
  return (
    <div className="sql-side">
      <div className="tabs" role="group" aria-label={t("What helps to write a query")}>
        {PARTS.map((one) => (
          <button
            key={one}
            type="button"
            className={one === part ? "tab active" : "tab"}
            aria-pressed={one === part}
            onClick={() => setPart(one)}
          >
            {partLabel(t, one)}
          </button>
        ))}
      </div>
      <div className="sql-side-body">
        {part === "tables" ? <SqlTables words={words} onPick={onPick.name} /> : null}
        {part === "history" ? (
          <SqlHistoryList onPick={({ sql, values }) => onPick.query({ sql, values, chart: null })} />
        ) : null}
      </div>
    </div>
  );
}

function partLabel(t: TFunction, part: Part): string {
  switch (part) {
    case "tables":
      return t("Tables");
    case "history":
      return t("History");
    default:
      return part satisfies never;
  }
}
