import { z } from "zod";

const entrySchema = z.object({
  sql: z.string(),
  values: z.record(z.string(), z.string()),
  atMs: z.number(),
  /** Null where the query failed or was cancelled. */
  rows: z.number().nullable(),
});
export type HistoryEntry = z.infer<typeof entrySchema>;

const KEY = "onhand.sql-history";
const MOST = 100;
/** A browser keeps some 5 MB for a site in all; the longest queries are not worth half of it. */
const MAX_SQL_LENGTH = 20_000;

/** What was run in this browser, newest first, each query once. */
export function createSqlHistory(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">) {
  let entries: readonly HistoryEntry[] = read(storage);
  const listeners = new Set<() => void>();

  function set(next: readonly HistoryEntry[]): void {
    entries = next;
    try {
      if (next.length === 0) storage.removeItem(KEY);
      else storage.setItem(KEY, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing, or no more, has the history of this page.
    }
    for (const listener of listeners) listener();
  }

  return {
    entries: () => entries,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(entry: HistoryEntry): void {
      if (entry.sql.length > MAX_SQL_LENGTH) return;
      set([entry, ...entries.filter(({ sql }) => sql !== entry.sql)].slice(0, MOST));
    },
    clear: () => set([]),
  };
}

function read(storage: Pick<Storage, "getItem">): readonly HistoryEntry[] {
  try {
    const parsed = z.array(entrySchema).safeParse(JSON.parse(storage.getItem(KEY) ?? "[]"));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
