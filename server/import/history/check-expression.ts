import { z } from "zod";
import { AnalystRefusal } from "../../../sql/analysts/analyst-refusal.ts";
import { checkSyntaxTree } from "../../../sql/analysts/check-syntax-tree.ts";
import { parseSyntaxTree, type SyntaxNode } from "../../../sql/analysts/syntax-tree.ts";
import type { Database } from "../../../sql/database.ts";
import { DatabaseError } from "../../../sql/database-error.ts";
import { ImportFailure } from "../import-failure.ts";

/**
 * Holds an expression of a mapping to what analysts may use: it is run with the rights of the server, over a file that somebody
 * else may have made. Throws `ImportFailure` (`invalid_mapping`).
 */
export async function checkExpression(db: Database, field: string, expression: string): Promise<void> {
  try {
    const functions = await db.query({
      name: "import/functions",
      sql: "SELECT lower(name) AS name FROM system.functions",
      row: z.object({ name: z.string() }),
    });
    // Parsed as a whole statement of its own first: what closes the parenthesis early, or hides its end, does not parse.
    const [whole] = await db.query({
      name: "import/format-expression",
      sql: "SELECT formatQuerySingleLine({query:String}) AS text",
      params: { query: `SELECT (${expression}\n) AS value` },
      row: z.object({ text: z.string() }),
    });
    const lines = await db.query({
      name: "import/check-expression",
      sql: `SELECT explain FROM (EXPLAIN AST ${whole?.text ?? ""})`,
      row: z.object({ explain: z.string() }),
    });
    const tree = parseSyntaxTree(lines.map(({ explain }) => explain));
    const known = {
      database: db.name,
      tables: new Set<string>(),
      functions: new Set(functions.map(({ name }) => name)),
    };
    // The list of what is open is of whole queries, which end in their format.
    const format = { kind: "Identifier", name: "Null", children: [] };
    checkSyntaxTree({ ...tree, children: [...tree.children, format] }, known, format.name);
    if (readsMore(tree)) throw new AnalystRefusal("ACCESS_DENIED", "it reads more than the row of the file");
  } catch (error) {
    if (!(error instanceof AnalystRefusal) && !(error instanceof DatabaseError)) throw error;
    throw new ImportFailure(
      "invalid_mapping",
      `the expression of ${field} cannot be used: ${error.message.replace(/:? In scope SELECT formatQuerySingleLine.*$/s, "")}. It is SQL over the columns of the file, with functions of docs/sql.md`,
    );
  }
}

/** A SELECT without a table has one of one row, which is where ours begins; any other table or query is more. */
function readsMore(node: SyntaxNode): boolean {
  if (node.kind === "Subquery") return true;
  if (node.kind === "TableIdentifier") return node.name !== "system.one";
  if (node.kind === "TableExpression") {
    return node.children.some((child) => child.kind !== "TableIdentifier" || readsMore(child));
  }
  if (node.kind === "TablesInSelectQuery" && node.children.length > 1) return true;
  return node.children.some(readsMore);
}
