import { AnalystRefusal } from "./analyst-refusal.ts";
import { COMBINATORS, OPEN_AGGREGATES, OPEN_TABLE_FUNCTIONS } from "./open-aggregates.ts";
import { OPEN_FUNCTIONS } from "./open-functions.ts";
import { CLOSED_TABLES, OPEN_SYSTEM_TABLES, OPEN_TABLES, REPLACED_SYSTEM_TABLES } from "./open-tables.ts";
import type { SyntaxNode } from "./syntax-tree.ts";
import { words } from "./words.ts";

/** What the database has, as far as it decides what a name may mean. Names of functions are in lower case. */
export type KnownNames = { database: string; tables: ReadonlySet<string>; functions: ReadonlySet<string> };

const OPEN_KINDS = new Set(
  words(`
    SelectWithUnionQuery SelectIntersectExceptQuery SelectQuery DescribeQuery Subquery WithElement ExpressionList Function
    Identifier Literal Asterisk QualifiedAsterisk OrderByElement TablesInSelectQuery TablesInSelectQueryElement
    TableExpression TableIdentifier TableJoin ArrayJoin WindowDefinition WindowListElement InterpolateElement Collation
    SampleRatio ColumnsTransformerList ColumnsExceptTransformer ColumnsReplaceTransformer
    ColumnsReplaceTransformer::Replacement ColumnsRegexpMatcher ColumnsListMatcher QualifiedColumnsRegexpMatcher
    QualifiedColumnsListMatcher
  `),
);
/** The right side of these is read as a table where it is a name. */
const TABLE_ON_THE_RIGHT = /^(global)?(not)?(null)?in(ignoreset)?$/;

const openFunctions = new Set(OPEN_FUNCTIONS.map((name) => name.toLowerCase()));
const openAggregates = new Set(OPEN_AGGREGATES.map((name) => name.toLowerCase()));
const openTableFunctions = new Set(OPEN_TABLE_FUNCTIONS.map((name) => name.toLowerCase()));
const combinators = COMBINATORS.map((name) => name.toLowerCase());
const openTables = new Set([...OPEN_TABLES, ...Object.values(REPLACED_SYSTEM_TABLES)]);
const openSystemTables = new Set(OPEN_SYSTEM_TABLES);

/** Throws `AnalystRefusal` unless the query is a SELECT (or DESCRIBE) of open tables, with open functions, in `format`. */
export function checkSyntaxTree(root: SyntaxNode, known: KnownNames, format: string): void {
  if (root.kind !== "SelectWithUnionQuery" && root.kind !== "DescribeQuery") {
    throw new AnalystRefusal(
      "READONLY",
      "Only SELECT, DESCRIBE, SHOW TABLES and SHOW DATABASES are run here; nothing was changed",
    );
  }
  const [query, last, ...more] = root.children;
  if (query === undefined || last?.kind !== "Identifier" || last.name !== format || more.length > 0) {
    throw new AnalystRefusal(
      "READONLY",
      "An answer goes to who asks and nowhere else: leave INTO OUTFILE out",
    );
  }
  check(query, root, known);
}

function check(node: SyntaxNode, parent: SyntaxNode, known: KnownNames): void {
  if (!OPEN_KINDS.has(node.kind)) throw new AnalystRefusal("ACCESS_DENIED", refusedKind(node.kind));
  if (node.kind === "Function") checkFunction(node, parent, known);
  if (node.kind === "TableIdentifier") checkTable(node.name, known);
  if (node.kind === "Identifier") checkColumn(node.name, known);
  for (const child of node.children) check(child, node, known);
}

function refusedKind(kind: string): string {
  if (kind === "Set") return "SETTINGS stands at the end of the whole query only";
  if (kind === "ColumnsApplyTransformer") return "APPLY is not taken here: name the columns";
  return `${kind} is not taken here`;
}

function checkFunction(node: SyntaxNode, parent: SyntaxNode, known: KnownNames): void {
  const name = node.name.toLowerCase();
  if (parent.kind === "TableExpression") {
    if (openTableFunctions.has(name)) return;
    throw new AnalystRefusal("ACCESS_DENIED", `Table function ${node.name} is not open to analysts`);
  }
  if (!isOpenFunction(name))
    throw new AnalystRefusal("FUNCTION_NOT_ALLOWED", `Function ${node.name} is not open to analysts`);
  const right = node.children[0]?.children[1];
  if (TABLE_ON_THE_RIGHT.test(name) && right?.kind === "Identifier") checkTable(right.name, known);
}

/** @param name in lower case */
export function isOpenFunction(name: string): boolean {
  return openFunctions.has(name) || isOpenAggregate(name);
}

function isOpenAggregate(name: string): boolean {
  if (openAggregates.has(name)) return true;
  return combinators.some(
    (ending) => name.endsWith(ending) && isOpenAggregate(name.slice(0, -ending.length)),
  );
}

/** A name alone may stand for a function too: `arrayMap(file, …)` calls it. */
function checkColumn(name: string, { functions }: KnownNames): void {
  const lower = name.toLowerCase();
  if (!functions.has(lower) || isOpenFunction(lower)) return;
  throw new AnalystRefusal(
    "FUNCTION_NOT_ALLOWED",
    `${name} is a function that is not open to analysts; where a column is meant, write it with its table`,
  );
}

/** @param name as EXPLAIN AST writes it: with its database where the query has it. */
function checkTable(name: string, known: KnownNames): void {
  const prefix = `${known.database}.`;
  const isOwn = name.startsWith(prefix);
  const table = isOwn ? name.slice(prefix.length) : name;
  if (openTables.has(table)) return;
  if (name.startsWith("system.") && openSystemTables.has(name.slice("system.".length))) return;
  // A name that is no table is a part of the query (WITH), or unknown: ClickHouse says so.
  if (!isOwn && !name.includes(".") && !known.tables.has(table)) return;
  const reason = isOwn || known.tables.has(table) ? CLOSED_TABLES[table] : undefined;
  throw new AnalystRefusal(
    "ACCESS_DENIED",
    `Table ${name} is not open to analysts${reason === undefined ? "" : `: ${reason}`}`,
  );
}
