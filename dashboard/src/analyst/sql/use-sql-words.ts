import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { askSql } from "./ask-sql.ts";
import type { SqlWords } from "./completion.ts";

const WORDS_SQL = `
SELECT * FROM (
SELECT 'table' AS kind, name AS owner, '' AS word, '' AS type, comment, toUInt64(0) AS position
FROM system.tables
UNION ALL
SELECT 'column', table, name, type, comment, toUInt64(position) FROM system.columns
UNION ALL
SELECT 'function', '', name, toString(is_aggregate), '', toUInt64(0) FROM system.functions
)
ORDER BY kind, owner, position, word
FORMAT JSONCompact`;

const answerSchema = z.object({
  data: z.array(z.tuple([z.string(), z.string(), z.string(), z.string(), z.string(), z.unknown()])),
});

/** What the server lets analysts name, asked once for the page: one query, since each waits for its turn. */
export function useSqlWords(isAllowed: boolean) {
  return useQuery({
    queryKey: ["sql-words"],
    enabled: isAllowed,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<SqlWords> => {
      const response = await askSql({ sql: WORDS_SQL, values: {} }, { format: "JSONCompact", signal });
      return wordsOf(answerSchema.parse(await response.json()).data);
    },
  });
}

function wordsOf(rows: z.infer<typeof answerSchema>["data"]): SqlWords {
  const columns = new Map<string, { name: string; type: string; comment: string }[]>();
  const functions: SqlWords["functions"][number][] = [];
  const tables: { name: string; comment: string }[] = [];
  for (const [kind, owner, name, type, comment] of rows) {
    if (kind === "column") columns.set(owner, [...(columns.get(owner) ?? []), { name, type, comment }]);
    else if (kind === "function") functions.push({ name, isAggregate: type === "1" });
    else tables.push({ name: owner, comment });
  }
  return {
    tables: tables.map(({ name, comment }) => ({ name, comment, columns: columns.get(name) ?? [] })),
    functions,
  };
}
