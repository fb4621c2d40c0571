import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";

/** What there is to name: tables with their columns, and functions. As the server tells analysts. */
export type SqlWords = {
  tables: readonly { name: string; comment: string; columns: readonly SqlWordColumn[] }[];
  functions: readonly { name: string; isAggregate: boolean }[];
};
type SqlWordColumn = { name: string; type: string; comment: string };

// biome-ignore format: in the order of a query
const KEYWORDS = [
  "SELECT", "DISTINCT", "FROM", "FINAL", "PREWHERE", "WHERE", "GROUP BY", "WITH TOTALS", "WITH ROLLUP", "HAVING", "WINDOW", "QUALIFY",
  "ORDER BY", "WITH FILL", "LIMIT", "LIMIT BY", "OFFSET", "SETTINGS", "FORMAT", "UNION ALL", "UNION DISTINCT", "INTERSECT", "EXCEPT",
  "WITH", "AS", "AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "ILIKE", "IS NULL", "IS NOT NULL", "CASE", "WHEN", "THEN", "ELSE", "END",
  "JOIN", "LEFT JOIN", "INNER JOIN", "FULL JOIN", "CROSS JOIN", "ASOF JOIN", "ANY", "ALL", "ARRAY JOIN", "ON", "USING", "OVER",
  "PARTITION BY", "ROWS BETWEEN", "ASC", "DESC", "NULLS FIRST", "NULLS LAST", "INTERVAL", "DAY", "WEEK", "MONTH", "YEAR", "DESCRIBE",
  "SHOW TABLES",
];

const TABLE_PLACE = /\b(?:from|join)\s+(?:\w+\.)?$/i;

/** Completes names: behind `table.` its columns, behind FROM tables, else columns of the tables in the query, functions and words. */
export function createSqlCompletion(words: () => SqlWords | null) {
  return (context: CompletionContext): CompletionResult | null => {
    const known = words();
    const word = context.matchBefore(/\w*/);
    if (known === null || word === null || isInText(context)) return null;
    // Who has left the editor meanwhile is not followed by a list.
    if (context.view?.hasFocus === false) return null;
    const before = context.state.sliceDoc(0, word.from);
    const sql = context.state.doc.toString();
    const result = (options: Completion[]): CompletionResult => ({
      from: word.from,
      options,
      validFor: /^\w*$/,
    });

    const owner = /([A-Za-z_]\w*)\.$/.exec(before)?.[1];
    if (owner !== undefined) {
      const table = tableOf(owner, sql, known);
      return table === undefined
        ? null
        : result(table.columns.map((column) => columnOption(column, table.name)));
    }
    if (word.from === word.to && !context.explicit) return null;
    if (TABLE_PLACE.test(before)) return result([...tableOptions(known), ...subqueryNames(sql)]);
    const used = usedTables(sql, known);
    const columns = used.flatMap((table) => table.columns.map((column) => columnOption(column, table.name)));
    return result([
      ...once(columns),
      ...known.functions.map(functionOption),
      ...tableOptions(known),
      ...KEYWORDS.map((label) => ({ label, type: "keyword", boost: -20 })),
    ]);
  };
}

/** Within a text or a comment nothing is named. */
function isInText(context: CompletionContext): boolean {
  const before = context.state.sliceDoc(0, context.pos);
  const bare = before.replaceAll(/'(?:[^'\\]|\\[\s\S])*'|--[^\n]*\n|\/\*[\s\S]*?\*\//g, "");
  return /'|--|\/\*/.test(bare);
}

function columnOption({ name, type, comment }: SqlWordColumn, table: string): Completion {
  const info = comment === "" ? {} : { info: comment };
  return { label: name, type: "property", detail: `${type} · ${table}`, boost: 30, ...info };
}

const tableOptions = ({ tables }: SqlWords): Completion[] =>
  tables.map(({ name, comment }) => ({
    label: name,
    type: "type",
    detail: "table",
    info: comment,
    boost: 10,
  }));

const functionOption = ({ name, isAggregate }: SqlWords["functions"][number]): Completion => ({
  label: name,
  apply: `${name}(`,
  type: "function",
  detail: isAggregate ? "aggregate" : "function",
});

/** The names of WITH … AS (…). */
const subqueryNames = (sql: string): Completion[] =>
  [...sql.matchAll(/\b([A-Za-z_]\w*)\s+AS\s*\(/gi)].map(([, label = ""]) => ({
    label,
    type: "type",
    boost: 20,
  }));

/** What may stand behind a table and is no name for it. */
const NO_ALIAS =
  "(?:on|using|where|prewhere|group|order|limit|join|left|right|inner|full|cross|asof|any|all|semi|anti|global|array|final|sample|union|" +
  "intersect|except|having|window|qualify|settings|format|offset)\\b";
const NAMED_TABLE = new RegExp(
  `\\b(?:from|join)\\s+(?:\\w+\\.)?([A-Za-z_]\\w*)(?:\\s+final\\b)?(?:\\s+(?:as\\s+)?(?!${NO_ALIAS})([A-Za-z_]\\w*))?`,
  "gi",
);

/** Tables behind FROM and JOIN, with the names that the query gives them. */
function namedTables(sql: string): { table: string; alias: string | undefined }[] {
  return [...sql.matchAll(NAMED_TABLE)].map(([, table = "", alias]) => ({ table, alias }));
}

function usedTables(sql: string, { tables }: SqlWords): SqlWords["tables"][number][] {
  const names = new Set(namedTables(sql).map(({ table }) => table));
  return tables.filter(({ name }) => names.has(name));
}

function tableOf(owner: string, sql: string, { tables }: SqlWords): SqlWords["tables"][number] | undefined {
  const named = namedTables(sql).find(({ alias }) => alias === owner)?.table ?? owner;
  return tables.find(({ name }) => name === named);
}

/** A column that several tables of the query have stands once. */
function once(options: readonly Completion[]): Completion[] {
  return [...new Map(options.map((option) => [option.label, option])).values()];
}
