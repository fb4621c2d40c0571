import { useSyncExternalStore } from "react";
import { createSqlHistory, type HistoryEntry } from "./sql-history.ts";

let made: ReturnType<typeof createSqlHistory> | null = null;

/** This browser's history, read when it is first asked for. */
export function sqlHistory(): ReturnType<typeof createSqlHistory> {
  made ??= createSqlHistory(localStorage);
  return made;
}

export function useSqlHistory(): readonly HistoryEntry[] {
  const history = sqlHistory();
  return useSyncExternalStore(history.subscribe, history.entries);
}
