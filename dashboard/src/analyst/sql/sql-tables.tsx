import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../ui/field.tsx";
import type { SqlWords } from "./completion.ts";

/** Which tables there are, with what their columns mean; a click puts a name into the query. */
export function SqlTables({ words, onPick }: { words: SqlWords | null; onPick: (name: string) => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  if (words === null) return <p className="sql-side-note">{t("The tables are being asked for …")}</p>;
  const wanted = search.trim().toLowerCase();
  const fits = (text: string) => text.toLowerCase().includes(wanted);
  const tables = words.tables.filter(
    (table) => fits(table.name) || fits(table.comment) || table.columns.some(({ name }) => fits(name)),
  );
  return (
    <>
      <TextField
        label={t("Find a table or a column")}
        type="search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {tables.length === 0 ? <p className="sql-side-note">{t("No table or column has this name.")}</p> : null}
      <ul className="sql-tables">
        {tables.map((table) => (
          <li key={table.name}>
            <details>
              <summary>
                <code>{table.name}</code>
              </summary>
              <p className="sql-side-note">{table.comment}</p>
              <button type="button" className="sql-pick" onClick={() => onPick(table.name)}>
                {t("Put the name into the query")}
              </button>
              <ul>
                {table.columns.map((column) => (
                  <li key={column.name}>
                    <button type="button" className="sql-pick" onClick={() => onPick(column.name)}>
                      <code>{column.name}</code> <span className="muted">{column.type}</span>
                    </button>
                    {column.comment === "" ? null : <p className="sql-side-note">{column.comment}</p>}
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
