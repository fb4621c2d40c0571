import { AnalystRefusal } from "./analyst-refusal.ts";

/** A node of ClickHouse's own parse. `name` is what follows its kind: of a function, a table, a column; else empty. */
export type SyntaxNode = { kind: string; name: string; children: SyntaxNode[] };

const NAMED = new Set(["Function", "Identifier", "TableIdentifier"]);

/**
 * The answer of EXPLAIN AST as a tree. A line that does not fit in its place means that a name or a text broke the lines, and
 * refuses the query: what is checked must be what is run.
 */
export function parseSyntaxTree(lines: readonly string[]): SyntaxNode {
  const path: { node: SyntaxNode; wanted: number }[] = [];
  let root: SyntaxNode | null = null;
  for (const line of lines) {
    const match =
      /^( *)([A-Za-z]+(?:::[A-Za-z]+)?)(?: (.*?))??( \(alias .*?\))?( \(children (\d+)\))?$/s.exec(line);
    const depth = match?.[1]?.length ?? -1;
    const kind = match?.[2] ?? "";
    if (match === null || depth > path.length || (depth === 0) !== (root === null)) throw brokenTree();
    for (const left of path.splice(depth)) assertWhole(left);
    const node = { kind, name: NAMED.has(kind) ? (match[3] ?? "") : "", children: [] };
    path.at(-1)?.node.children.push(node);
    path.push({ node, wanted: Number(match[6] ?? 0) });
    root ??= node;
  }
  for (const left of path) assertWhole(left);
  if (root === null) throw brokenTree();
  return root;
}

function assertWhole({ node, wanted }: { node: SyntaxNode; wanted: number }): void {
  if (node.children.length !== wanted) throw brokenTree();
}

function brokenTree(): AnalystRefusal {
  return new AnalystRefusal("SYNTAX_ERROR", "The query is not understood: a name in it is too strange");
}
