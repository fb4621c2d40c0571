import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Database } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";

const LOOK_MS = 500;

/** Asks ClickHouse now and then how many rows the statement of that name has read, until it is stopped. What it cannot learn it leaves. */
export function watchRows(
  db: Database,
  name: string,
  onRows: (rows: number) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const watching = watch().catch(() => undefined);

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await wait(LOOK_MS, undefined, { signal: stopping.signal });
      const looks = db.stream({
        name: "import/rows-read",
        sql: loadQuery("import/rows-read"),
        params: { name },
        row: z.object({ rows: z.number() }),
      });
      for await (const rows of looks) for (const row of rows) onRows(row.rows);
    }
  }

  return {
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
