import type { ByteSession } from "../byte-engine.ts";
import { AnalystRefusal } from "./analyst-refusal.ts";
import { checkSyntaxTree } from "./check-syntax-tree.ts";
import { type AnalystLimits, PARSE_SETTINGS, querySettings } from "./limits.ts";
import { OPEN_FORMATS } from "./open-formats.ts";
import { judgeSetting } from "./open-settings.ts";
import { REPLACED_SYSTEM_TABLES } from "./open-tables.ts";
import { splitTail } from "./split-tail.ts";
import { parseSyntaxTree } from "./syntax-tree.ts";
import { nameOf, type Token, tokensOf } from "./tokens.ts";

/** A query as an analyst sends it. */
export type AnalystQuery = {
  text: string;
  /** Where the query has no FORMAT. */
  defaultFormat: string;
  /** As in the URL, beside the query: settings, not yet judged. */
  settings: ReadonlyMap<string, string>;
  /** Values of `{name:Type}`, as ClickHouse's HTTP interface takes them. */
  params: ReadonlyMap<string, string>;
};

export type PreparedQuery = { sql: string; format: string };

const MAX_PARAMETERS = 200;
const PARAMETER_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** What holds for all queries on an engine. */
export type AnalystContext = {
  database: string;
  isEmbedded: boolean;
  limits: AnalystLimits;
  /** All functions that the engine has, in lower case. */
  functions: ReadonlySet<string>;
};

/**
 * Makes of an analyst's text a query that may be run on this session, whose settings it sets for good. What is run is what ClickHouse's
 * own formatter writes of the text: one statement without comments, of which ClickHouse's own parse (EXPLAIN AST) is held to
 * the lists of open tables, functions, formats and settings. Throws `AnalystRefusal`, or what ClickHouse throws.
 */
export async function prepareQuery(
  session: ByteSession,
  query: AnalystQuery,
  context: AnalystContext,
): Promise<PreparedQuery> {
  await session.set(PARSE_SETTINGS);
  const canonical = await session.ask("SELECT formatQuerySingleLine({analyst_query:String})", {
    analyst_query: query.text,
  });
  const tables = await session.ask("SELECT name FROM system.tables WHERE database = currentDatabase()");
  const text = understandShow(canonical.trimEnd());
  const { body, format, settings } = splitTail(tokensOf(text));
  const chosen = format ?? query.defaultFormat;
  if (OPEN_FORMATS[chosen] === undefined) {
    throw new AnalystRefusal("UNKNOWN_FORMAT", `Format ${chosen} is not given out here`);
  }
  const namesFunctions = text.includes("functions");
  await session.set(allSettings(query, settings, { ...context, namesFunctions }));
  const sql = textOf(body, text, context.database);
  const explained = await session.ask(`EXPLAIN AST ${sql} FORMAT ${chosen}`);
  const known = {
    database: context.database,
    tables: new Set(tables.split("\n")),
    functions: context.functions,
  };
  checkSyntaxTree(parseSyntaxTree(explained.trimEnd().split("\n")), known, chosen);
  return { sql, format: chosen };
}

/** SHOW DATABASES and SHOW TABLES as questions to what tools read. */
function understandShow(text: string): string {
  const databases = /^SHOW DATABASES( FORMAT \w+)?$/.exec(text);
  if (databases !== null) return `SELECT name FROM system.databases ORDER BY name${databases[1] ?? ""}`;
  const tables = /^SHOW TABLES(?: FROM [\w`]+)?( (?:NOT )?I?LIKE '(?:[^'\\]|\\.)*')?( FORMAT \w+)?$/.exec(
    text,
  );
  if (tables === null) return text;
  const condition = tables[1] === undefined ? "" : ` WHERE name${tables[1]}`;
  return `SELECT name FROM system.tables${condition} ORDER BY name${tables[2] ?? ""}`;
}

/** All settings of the session: ours, then what the analyst may choose of how answers look, then the values. */
function allSettings(
  query: AnalystQuery,
  clause: readonly { name: string; value: string }[],
  context: AnalystContext & { namesFunctions: boolean },
): Record<string, string | number> {
  const chosen: Record<string, string> = {};
  const limits = { ...context.limits };
  for (const [name, value] of [...query.settings, ...clause.map((one) => [one.name, one.value] as const)]) {
    const verdict = judgeSetting(name, value, context.limits);
    if (verdict.kind === "refused") {
      throw new AnalystRefusal(
        "SETTING_CONSTRAINT_VIOLATION",
        `${verdict.reason}: what there is stands in docs/sql.md`,
      );
    }
    if (verdict.kind === "set") chosen[verdict.name] = verdict.value;
    if (verdict.kind === "lower") limits[verdict.name] = verdict.value;
  }
  if (query.params.size > MAX_PARAMETERS) {
    throw new AnalystRefusal("BAD_ARGUMENTS", `At most ${MAX_PARAMETERS} parameters`);
  }
  const values: Record<string, string> = {};
  for (const [name, value] of query.params) {
    if (!PARAMETER_NAME.test(name))
      throw new AnalystRefusal("BAD_ARGUMENTS", `"${name.slice(0, 64)}" is no name of a parameter`);
    values[`param_${name}`] = value;
  }
  const { readonly, ...own } = querySettings(limits, context);
  return { ...own, ...chosen, ...values, readonly: readonly ?? 1 };
}

/** The query's text, with our views in place of what tools read of ClickHouse's own tables. */
function textOf(body: readonly Token[], text: string, database: string): string {
  let sql = "";
  let from = body[0]?.start ?? 0;
  for (const [at, token] of body.entries()) {
    const view = body[at + 1]?.text === "." ? REPLACED_SYSTEM_TABLES[nameOf(body[at + 2]) ?? ""] : undefined;
    if (view === undefined || nameOf(token) !== "system" || body[at - 1]?.text === ".") continue;
    sql += `${text.slice(from, token.start)}\`${database}\`.${view}`;
    from = body[at + 2]?.end ?? token.end;
  }
  return sql + text.slice(from, body.at(-1)?.end ?? from);
}
