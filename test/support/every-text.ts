import { z } from "zod";
import type { Database } from "../../sql/database.ts";

/**
 * Every value of every column of every table that may hold text, as text, and what the engine keeps of deletions: to look for
 * what must not be there.
 */
export async function everyText(db: Database): Promise<string[]> {
  const tables = await db.query({
    name: "test/text-columns",
    sql: `SELECT table, groupArray(name) AS columns
          FROM system.columns
          WHERE database = currentDatabase() AND (type LIKE '%String%' OR type LIKE '%Map%' OR type LIKE '%JSON%')
            AND table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND total_rows > 0)
          GROUP BY table
          UNION ALL
          SELECT 'system.mutations', ['command']`,
    row: z.object({ table: z.string(), columns: z.array(z.string()) }),
  });
  const texts: string[] = [];
  for (const { table, columns } of tables) {
    const cells = columns.map((column) => `toString(\`${column}\`)`).join(", ");
    const rows = await db.query({
      name: "test/texts",
      sql: `SELECT DISTINCT '${table}: ' || arrayStringConcat([${cells}], ' | ') AS text FROM ${table}`,
      row: z.object({ text: z.string() }),
    });
    texts.push(...rows.map(({ text }) => text));
  }
  return texts;
}
